import type { Skill, UnitResult } from "../../../contracts/index.ts";
import { ModelFault } from "../../../errors.ts";
import { plusSpent } from "../../../models/spent.ts";
import { skillOf } from "../../../skills/read-skill.ts";
import { withoutSecrets } from "../../screen.ts";
import { trajectoryOf, trajectoryText } from "../../trajectory.ts";
import { valueAdvised } from "./copied-value.ts";
import { ADVICE_EPISODES, type FixCheck, type FixRecord } from "./fix-check.ts";

/** Advice is a few sentences; a longer one does the task instead of advising on it. */
const ADVICE_CHARS = 1500;

/** About how much of the new episode the analyst gets to see, in characters. */
const EPISODE_CHARS = 6000;

/**
 * Has the agent do the task anew with the parent skill and a piece of advice, without the reference,
 * and grades that: the proof of an explanation where no command can compute the answer.
 */
export async function tryAdvice(
  raw: string,
  check: FixCheck,
  record: FixRecord,
  signal: AbortSignal,
): Promise<string> {
  const { domain, options, task, attempt, parent } = check;
  if (attempt === undefined) throw new Error(`no way to run an episode of ${task.id} with advice`);
  const advice = withoutSecrets(raw.trim()).text;
  if (advice === "" || advice.length > ADVICE_CHARS)
    return `NOT RUN: advice has 1 to ${ADVICE_CHARS} characters, this has ${advice.length}.`;
  record.tries++;
  const reference = { items: domain.reveal(task).items, prompt: domain.prompt(task, options) };
  const named = valueAdvised(advice, reference);
  if (named !== undefined) {
    record.quoting++;
    return `REJECTED: the advice gives away ${JSON.stringify(named)}, a value of the reference. Say how to find it.`;
  }
  if (record.episodes >= ADVICE_EPISODES)
    return `NOT RUN: all ${ADVICE_EPISODES} episodes are used. Hand in what has passed, or give up.`;
  record.episodes++;
  const episode = await attempt(advised(parent, advice), signal).catch((error: unknown) => {
    if (error instanceof ModelFault && error.kind === "permanent") record.fault = error;
    throw error;
  });
  record.spent = plusSpent(record.spent, episode.spent);
  const { grade } = episode;
  if (grade?.kind !== "graded") return `NOT GRADED: ${grade?.because ?? "no grade"}`;
  if (!grade.passed) return `FAIL: ${grade.because}\n${whatHappened(check, episode)}`;
  record.passed ??= advice;
  return `PASS\n${whatHappened(check, episode)}`;
}

/** The parent with a section of advice at the end of its SKILL.md: a skill of its own, with its own digest. */
export function advised(parent: Skill, advice: string): Skill {
  const body = (parent.files.get("SKILL.md") ?? "").trimEnd();
  return skillOf(
    new Map([...parent.files, ["SKILL.md", `${body}\n\n## Advice\n\n${advice}\n`]]),
    parent.name,
  );
}

function whatHappened({ task }: FixCheck, episode: UnitResult): string {
  const trajectory = trajectoryOf(task, { key: "", ...episode }, episode.transcript);
  return trajectoryText(trajectory, EPISODE_CHARS);
}
