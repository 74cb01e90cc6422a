import type { ModelRequest, Rng, RoleTurn } from "../../contracts/index.ts";
import { imagesOf, observations, systemText, taskText } from "./conversation.ts";
import { knownOf, type Mind, type Role } from "./mind.ts";
import { sizes } from "./sizes.ts";
import { bodyOfSkill, habitsAfter, openFile, referencesIn } from "./skill-reading.ts";
import { subjectOf } from "./subjects.ts";
import { bash, say } from "./turns.ts";

/** The probability that a habit is forgotten in an episode, at temperature 1. */
const forgetting = 0.06;

/**
 * The part of the agent: reads the skill and its files, and works on the task as its subject does.
 *
 * @param temperature scales how often a habit is forgotten for an episode; at 0 none is.
 */
export function agentRole(temperature: number): Role {
  return (request, mind) => play(request, mind, temperature);
}

async function play(request: ModelRequest, mind: Mind, temperature: number): Promise<RoleTurn> {
  const task = taskText(request);
  const subject = subjectOf(task, mind.subjects);
  const body = bodyOfSkill(systemText(request));
  const traits = sizes[mind.size];
  const observed = observations(request);
  const habits = habitsAfter(subject, knownOf(mind, subject), { body, observed }, traits);
  const turn = await subject.play({
    task,
    images: imagesOf(request),
    observed,
    habits: remembered(habits, mind.rng, temperature),
    request,
  });
  if (request.tools.length === 0) return spoken(turn);
  const isFirst = request.messages.every(({ role }) => role !== "assistant");
  return isFirst && traits.followsReferences ? opening(turn, referencesIn(body)) : turn;
}

/** A turn of an agent that has no tools: what it would hand in is said at the end. */
function spoken({ text, calls }: RoleTurn): RoleTurn {
  const answer = calls.find(({ name }) => name === "submit")?.arguments["answer"];
  return say(`${text}\n\nAnswer:\n${answer ?? "unknown"}`, []);
}

/** A first turn that opens files of the skill, too; what would end the episode waits for them. */
function opening(turn: RoleTurn, files: readonly string[]): RoleTurn {
  if (files.length === 0) return turn;
  const isLast = turn.calls.some(({ name }) => name === "submit");
  const calls = isLast ? [] : turn.calls;
  const text = isLast ? "I read the files of the skill first." : turn.text;
  return say(text, [
    ...calls,
    ...files.map((file, at) => bash(openFile(file), `c0-${calls.length + at}`)),
  ]);
}

/** The habits that are not forgotten in this episode; the draws are the same at every turn of it. */
function remembered(habits: ReadonlySet<string>, rng: Rng, temperature: number): Set<string> {
  const chance = forgetting * temperature;
  if (chance <= 0) return new Set(habits);
  return new Set([...habits].filter((habit) => rng.fork(`forget ${habit}`).next() >= chance));
}
