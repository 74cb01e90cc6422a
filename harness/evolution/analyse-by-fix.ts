import { trimObservation } from "../agent/trim-observation.ts";
import { digestOf } from "../canonical.ts";
import type { JsonObject, Skill, Unit } from "../contracts.ts";
import { messageOf } from "../errors.ts";
import { loadPrompt } from "../prompts.ts";
import { type AnalysisResult, analysisJson, causesIn, type DropReason } from "./analysis.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "./ask.ts";
import { fenced } from "./fence.ts";
import { skillListing } from "./listing.ts";
import { MEMORY_LIMIT, type MemoryItem, readMemories } from "./memory-item.ts";
import { type GateRecord, type GateTask, tryFix } from "./quality-gate.ts";
import { readJson } from "./read-json.ts";
import { redact } from "./screen.ts";
import { type Trajectory, trajectoryText } from "./trajectory.ts";
import { answerResult } from "./unit-result.ts";

const prompt = loadPrompt(new URL("./prompts/error-triage.md", import.meta.url));

/** About how much of the trajectory, and of each input file, the call gets to see, in characters. */
const TRAJECTORY_CHARS = 40_000;
const FILE_CHARS = 20_000;

interface Fix {
  /** Empty where the analyst is not sure. */
  readonly command: string;
  readonly causes: readonly string[];
  readonly memories: readonly MemoryItem[];
}

/**
 * An error analysis in one call whose fix has to pass the quality gate all the same: cheap where the
 * cause is plain. Where it is dropped, the agentic analyst takes over.
 */
export function analyseByFix(
  trajectory: Trajectory,
  parent: Skill,
  gate: GateTask,
  by: Answering,
): Unit {
  return {
    stage: "analyse",
    version: 1,
    inputs: {
      kind: "triage",
      trajectory: trajectory.row,
      task: digestOf(gate.task),
      domain: gate.domain.name,
      grader: gate.domain.grader,
      options: gate.options,
      parent: parent.digest,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
      characters: [TRAJECTORY_CHARS, FILE_CHARS],
      sandbox: gate.sandboxes.name,
    },
    about: { task: gate.task.id, model: by.model.id, seed: by.seed, side: "failure" },
    async run(at) {
      const answer = await ask(await questionOf(trajectory, parent, gate), by, at);
      const record: GateRecord = { tries: 0, quoting: 0, inputFree: 0, passed: undefined };
      const { command = "", memories = [] } = answer.value ?? {};
      try {
        if (command !== "" && memories.length > 0) await tryFix(command, gate, record, at.signal);
      } catch (error) {
        at.signal.throwIfAborted();
        const because = `sandbox: ${messageOf(error)}`;
        return answerResult({ ...answer, end: "broken", because }, resultOf("broken", answer));
      }
      return answerResult(answer, {
        ...resultOf(dropReason(answer, record), answer),
        gate: { ...record, passed: record.passed ?? null },
      });
    },
  };
}

async function questionOf(
  trajectory: Trajectory,
  parent: Skill,
  gate: GateTask,
): Promise<Question<Fix>> {
  const files = [...(await gate.domain.files(gate.task, gate.options))].flatMap(
    ([path, content]) =>
      typeof content === "string"
        ? [`### ${path}\n\n${fenced(trimObservation(redact(content).text, FILE_CHARS))}`]
        : [],
  );
  return {
    system: prompt.fill({ limit: String(MEMORY_LIMIT) }),
    user: [
      "## The trajectory",
      `The grader failed it: ${trajectory.because}`,
      fenced(trajectoryText(trajectory, TRAJECTORY_CHARS), "markdown"),
      "## The reference",
      fenced(gate.domain.reveal(gate.task).text),
      ...(files.length === 0 ? [] : ["## The input files", ...files]),
      skillListing(parent),
    ].join("\n\n"),
    read: (reply) => readFix(reply, trajectory.steps.length),
    worth: ({ command, memories }) => (command === "" ? 0 : memories.length),
  };
}

function readFix(reply: string, stepCount: number): Reading<Fix> {
  const json = readJson(reply, ["memories"]);
  if (json.kind === "unreadable")
    return {
      value: undefined,
      faults: [{ kind: json.fault, where: "reply", problem: json.problem }],
    };
  const { fix, causes, memories } = json.value;
  const { items, faults } = readMemories(memories, stepCount);
  const command = typeof fix === "string" ? fix.trim() : "";
  return { value: { command, causes: causesIn(causes), memories: items }, faults };
}

function dropReason(answer: Answer<Fix>, record: GateRecord): DropReason | undefined {
  if (answer.end !== "answered") return answer.end;
  if (answer.value === undefined) return "unreadable";
  if (record.passed !== undefined) return undefined;
  if (record.tries === 0) return answer.value.command === "" ? "gave-up" : "no-memories";
  return record.quoting + record.inputFree > 0 ? "copied-reference" : "no-fix-passed";
}

function resultOf(reason: DropReason | undefined, answer: Answer<Fix>): JsonObject {
  const faults = [...(answer.repaired ?? []), ...answer.faults].map((fault) => fault.kind);
  const repairs = answer.repaired ? 1 : 0;
  const { causes = [], memories = [] } = answer.value ?? {};
  const result: AnalysisResult =
    reason === undefined
      ? { end: { kind: "explained" }, causes, memories, faults, repairs }
      : { end: { kind: "dropped", reason }, causes: [], memories: [], faults, repairs };
  return analysisJson(result);
}
