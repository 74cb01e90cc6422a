import { trimObservation } from "../../../agent/tools.ts";
import { digestOf } from "../../../canonical.ts";
import type { JsonObject, Unit } from "../../../contracts/index.ts";
import { ModelFault, messageOf } from "../../../errors.ts";
import { readReply } from "../../../lenient-json.ts";
import { plusSpent } from "../../../models/spent.ts";
import { loadPrompt } from "../../../prompts.ts";
import { fenced } from "../../fence.ts";
import { skillListing } from "../../prompts/listing.ts";
import { redact } from "../../screen.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";
import { type AnalysisResult, analysisJson, causesIn, type DropReason } from "./analysis.ts";
import { type Briefing, briefingInputs, differenceSection, pastSection } from "./briefing.ts";
import { freshRecord, type GateRecord, type GateTask, recordJson } from "./fix-check.ts";
import { MEMORY_LIMIT, type MemoryItem, readMemories } from "./lesson.ts";
import { picturesOf, withPictures } from "./pictures.ts";
import { gateInputs, tryFix } from "./try-fix.ts";

/** By what proves an explanation. */
const prompts = {
  command: loadPrompt(new URL("../../prompts/error-triage.md", import.meta.url)),
  advice: loadPrompt(new URL("../../prompts/error-triage-advice.md", import.meta.url)),
};

/** About how much of the trajectory, and of each input file, the call gets to see, in characters. */
const TRAJECTORY_CHARS = 40_000;
const FILE_CHARS = 20_000;

interface Fix {
  /** A command or advice; empty where the analyst is not sure. */
  readonly fix: string;
  readonly causes: readonly string[];
  readonly memories: readonly MemoryItem[];
}

/**
 * An error analysis in one call whose fix has to pass the quality gate all the same: cheap where the
 * cause is plain. Where it is dropped, the agentic analyst takes over.
 */
export function analyseByFix(
  trajectory: Trajectory,
  gate: GateTask,
  by: Answering,
  briefing: Briefing = {},
): Unit {
  const prompt = prompts[gate.domain.fix];
  return {
    stage: "analyse",
    version: 2,
    inputs: {
      kind: "triage",
      trajectory: trajectory.row,
      task: digestOf(gate.task),
      domain: gate.domain.name,
      grader: gate.domain.grader,
      options: gate.options,
      parent: gate.parent.digest,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
      characters: [TRAJECTORY_CHARS, FILE_CHARS],
      sandbox: gate.sandboxes.name,
      ...gateInputs(gate),
      ...briefingInputs(briefing),
    },
    about: { task: gate.task.id, model: by.model.id, seed: by.seed, side: "failure" },
    async run(at) {
      const answer = await ask(await questionOf(trajectory, gate, briefing), by, at);
      const record = freshRecord();
      const { fix = "", memories = [] } = answer.value ?? {};
      const paid = () => ({ ...answer, spent: plusSpent(answer.spent, record.spent) });
      try {
        if (fix !== "" && memories.length > 0) await tryFix(fix, gate, record, at.signal);
      } catch (error) {
        at.signal.throwIfAborted();
        if (error instanceof ModelFault && error.kind === "permanent") throw error;
        const because = `sandbox: ${messageOf(error)}`;
        return answerResult({ ...paid(), end: "broken", because }, resultOf("broken", answer));
      }
      return answerResult(paid(), {
        ...resultOf(dropReason(answer, record), answer),
        gate: recordJson(record, gate),
      });
    },
  };
}

async function questionOf(
  trajectory: Trajectory,
  gate: GateTask,
  briefing: Briefing,
): Promise<Question<Fix>> {
  const files = [...(await gate.domain.files(gate.task, gate.options))].flatMap(
    ([path, content]) =>
      typeof content === "string"
        ? [`### ${path}\n\n${fenced(trimObservation(redact(content).text, FILE_CHARS))}`]
        : [],
  );
  return {
    system: prompts[gate.domain.fix].fill({ limit: String(MEMORY_LIMIT) }),
    ...withPictures(await picturesOf(gate)),
    user: [
      "## The trajectory",
      `The grader failed it: ${trajectory.because}`,
      fenced(trajectoryText(trajectory, TRAJECTORY_CHARS), "markdown"),
      "## The reference",
      fenced(gate.domain.reveal(gate.task).text),
      ...differenceSection(briefing),
      ...(files.length === 0 ? [] : ["## The input files", ...files]),
      skillListing(gate.parent),
      ...pastSection(briefing),
    ].join("\n\n"),
    read: (reply) => readFix(reply, trajectory.steps.length),
    worth: ({ fix, memories }) => (fix === "" ? 0 : memories.length),
  };
}

function readFix(reply: string, stepCount: number): Reading<Fix> {
  const json = readReply(reply, ["memories"]);
  if (json.kind === "unreadable")
    return {
      value: undefined,
      faults: [{ kind: json.fault, where: "reply", problem: json.problem }],
    };
  const { fix: raw, causes, memories } = json.value;
  const { items, faults } = readMemories(memories, stepCount);
  const fix = typeof raw === "string" ? raw.trim() : "";
  return { value: { fix, causes: causesIn(causes), memories: items }, faults };
}

function dropReason(answer: Answer<Fix>, record: GateRecord): DropReason | undefined {
  if (answer.end !== "answered") return answer.end;
  if (answer.value === undefined) return "unreadable";
  if (record.passed !== undefined) return undefined;
  if (record.tries === 0) return answer.value.fix === "" ? "gave-up" : "no-memories";
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
