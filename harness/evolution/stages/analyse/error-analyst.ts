import { isLostToForm } from "../../../agent/form-watch.ts";
import { type LoopLimits, runEpisode } from "../../../agent/loop.ts";
import { bashTool } from "../../../agent/tools.ts";
import { digestOf } from "../../../canonical.ts";
import type {
  Episode,
  JsonObject,
  Message,
  Model,
  Sandbox,
  Tool,
  UnitContext,
  UnitResult,
} from "../../../contracts/index.ts";
import { messageOf } from "../../../errors.ts";
import { nothingSpent, plusSpent } from "../../../models/spent.ts";
import { loadPrompt } from "../../../prompts.ts";
import { withoutSecrets } from "../../screen.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type Answering, type UnitOf, unitResult } from "../../unit.ts";
import { type AnalysisResult, droppedAnalysis } from "./analysis.ts";
import { type Briefing, briefingFiles, briefingInputs } from "./briefing.ts";
import { failureSections } from "./failure-sections.ts";
import {
  ADVICE_EPISODES,
  type FixCheck,
  type FixRecord,
  fixCheckInputs,
  newFixRecord,
  type ProvenAnalysis,
  picturesOf,
  storedFixRecord,
  unprovenReason,
} from "./fix-check.ts";
import { handedIn, handInTool } from "./hand-in.ts";
import { LESSON_LIMIT, readLessons } from "./lesson.ts";
import { tryFixTool } from "./try-fix.ts";

/** By what proves an explanation. */
const prompts = {
  command: loadPrompt(new URL("../../prompts/error-analyst.md", import.meta.url)),
  advice: loadPrompt(new URL("../../prompts/error-analyst-advice.md", import.meta.url)),
};

/** What an error analyst works with. */
interface AgenticAnswering extends Omit<Answering, "repair"> {
  readonly limits: LoopLimits;
}

/** `trajectory.md` is read in parts, so that it need not be short. */
const TRAJECTORY_CHARS = 200_000;

/** What of the trajectory, and of each text file of the task, stands in the first message, in characters. */
const shown = {
  trajectoryChars: 24_000,
  fileChars: 1_500,
  filesTitle: "## The input files, or how they begin",
} as const;

/** One failed trajectory, what its explanation is proven on, and what the analyst is told besides. */
interface FailureCase {
  readonly trajectory: Trajectory;
  readonly check: FixCheck;
  readonly briefing: Briefing;
}

/**
 * The agentic error analyst (paper, section 2.3): a loop in a sandbox with the trajectory, the agent's
 * files, the inputs and the reference. It is believed only when the harness has seen one of its fixes
 * pass; the last turn is kept for handing in.
 */
export function errorAnalysisUnit(
  trajectory: Trajectory,
  check: FixCheck,
  by: AgenticAnswering,
  briefing: Briefing = {},
): UnitOf<ProvenAnalysis> {
  return {
    stage: "analyse",
    version: 3,
    inputs: {
      kind: "error",
      trajectory: trajectory.row,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompts[check.fix].digest,
      limits: { ...by.limits },
      ...fixCheckInputs(check),
      ...toolInputs(check),
      ...briefingInputs(briefing),
    },
    about: { task: check.task.id, model: by.model.id, seed: by.seed, side: "failure" },
    run: (at) => explain({ trajectory, check, briefing }, by, at),
  };
}

/** The domain's own tools decide an analysis too; their descriptions depend on the options alone. */
function toolInputs({ domain, options }: FixCheck): JsonObject {
  const tools = domain.tools?.(options, {} as Sandbox) ?? [];
  return tools.length === 0 ? {} : { tools: digestOf(tools.map(({ spec }) => spec)) };
}

async function explain(
  failure: FailureCase,
  by: AgenticAnswering,
  at: UnitContext,
): Promise<UnitResult> {
  const { check } = failure;
  const record = newFixRecord();
  let sandbox: Sandbox;
  let opening: readonly Message[];
  try {
    opening = await openingFor(failure, by.limits.turns);
    sandbox = await check.sandboxes.open(await filesFor(failure), check.domain.commands);
  } catch (error) {
    const broken = `sandbox: ${messageOf(error)}`;
    return unitResult(droppedAnalysis("broken"), { broken, spent: nothingSpent, elapsedMs: 0 });
  }
  try {
    const { steps } = failure.trajectory;
    const tools = [
      bashTool(sandbox),
      ...(check.domain.tools?.(check.options, sandbox) ?? []),
      tryFixTool(check, record),
    ];
    const desk = { opening, tools, handIn: handInTool(record, steps.length), record };
    const episode = await episodeOf(desk, by, at);
    // An episode of the check that no model will ever answer stops everything, as the analyst's own would.
    if (record.fault !== undefined) throw record.fault;
    const { outcome, elapsedMs, messages } = episode;
    const result = analysisFrom(episode, record, steps.length);
    const broken = outcome.kind === "broken" ? outcome.error : undefined;
    const spent = plusSpent(episode.spent, record.spent);
    return unitResult(
      { ...result, gate: storedFixRecord(record, check) },
      { broken, spent, elapsedMs, messages },
    );
  } finally {
    await sandbox.close();
  }
}

async function filesFor({
  trajectory,
  check,
  briefing,
}: FailureCase): Promise<Map<string, Uint8Array | string>> {
  const { domain, task, options, parent } = check;
  const files = new Map<string, Uint8Array | string>();
  for (const [path, content] of await domain.files(task, options))
    files.set(path, typeof content === "string" ? withoutSecrets(content).text : content);
  for (const [path, text] of trajectory.files) files.set(`left/${path}`, text);
  for (const [path, text] of parent.files) files.set(`skill/${path}`, text);
  files.set("trajectory.md", trajectoryText(trajectory, TRAJECTORY_CHARS));
  // A text without a last line end runs together with the next one where several are printed.
  files.set("reference.txt", `${domain.reveal(task).text.trimEnd()}\n`);
  for (const { path, text } of briefingFiles(briefing)) files.set(path, `${text.trimEnd()}\n`);
  return files;
}

/** What an analyst always needs stands in its first message; the files have the rest. */
async function openingFor(
  { trajectory, check, briefing }: FailureCase,
  turns: number,
): Promise<Message[]> {
  const { fix } = check;
  const left = trajectory.files.map(([path]) => `\`left/${path}\``);
  const user = [
    ...(await failureSections(trajectory, check, briefing, shown)),
    "## Your working directory",
    `It has the input files, \`trajectory.md\` with observations in full, \`reference.txt\` and \`skill/\`${left.length === 0 ? "" : `; the agent left ${left.join(", ")}`}.`,
    ...briefingFiles(briefing).flatMap(({ note }) => note ?? []),
  ];
  const images = await picturesOf(check);
  const tries = fix === "advice" ? { episodes: String(ADVICE_EPISODES) } : { turns: String(turns) };
  const system = prompts[fix].fill({ limit: String(LESSON_LIMIT), ...tries });
  return [
    { role: "system", text: system },
    { role: "user", text: user.join("\n\n"), ...(images.length === 0 ? {} : { images }) },
  ];
}

/** What an analyst's loop begins with, and where it ends. */
interface Desk {
  readonly opening: readonly Message[];
  readonly tools: readonly Tool[];
  readonly handIn: Tool;
  readonly record: FixRecord;
}

/** The analyst's loop, with a last turn for handing in where a fix has passed. */
async function episodeOf(
  { opening, tools, handIn, record }: Desk,
  { model, clock, limits, seed }: AgenticAnswering,
  { key, signal }: UnitContext,
): Promise<Episode> {
  const context = { unit: key, seed, signal };
  const work = await runEpisode(
    opening,
    { model, tools: [...tools, handIn], clock },
    { ...limits, turns: Math.max(1, limits.turns - 1) },
    context,
  );
  if (record.passed === undefined || work.outcome.kind !== "out-of-turns") return work;
  const reminder = "This is your last turn. A fix has passed: call submit with what you found.";
  const rest = await runEpisode(
    [...work.messages, { role: "user", text: reminder }],
    { model: countingOn(model, work.spent.calls), tools: [handIn], clock },
    { ...limits, turns: 1 },
    context,
  );
  return {
    ...rest,
    turns: work.turns + rest.turns,
    spent: plusSpent(work.spent, rest.spent),
    elapsedMs: work.elapsedMs + rest.elapsedMs,
  };
}

/** The model, with the calls of its unit numbered from `made` on: a number stands for one call only. */
function countingOn(model: Model, made: number): Model {
  const { id, identity, protocol, label } = model;
  return {
    ...{ id, identity, protocol, label },
    complete: (request, context) =>
      model.complete(request, { ...context, call: context.call + made }),
  };
}

/** What came of the analyst's loop, by how it ended and what the harness saw pass. */
function analysisFrom({ outcome }: Episode, record: FixRecord, stepCount: number): AnalysisResult {
  const isProven = record.passed !== undefined;
  const isTried = record.tries > 0;
  if (isLostToForm(outcome.kind)) return droppedAnalysis("malformed");
  if (outcome.kind === "out-of-turns" && !isProven && isTried)
    return droppedAnalysis(unprovenReason(record));
  if (outcome.kind !== "submitted") return droppedAnalysis(outcome.kind);
  const { causes, memories: given } = handedIn(outcome.submission);
  const { items: memories, faults } = readLessons(given, { steps: stepCount });
  const tally = { faults: faults.map(({ kind }) => kind), repairs: 0 };
  if (!isProven && memories.length === 0 && !isTried) return droppedAnalysis("gave-up", tally);
  if (!isProven) return droppedAnalysis(unprovenReason(record), tally);
  if (memories.length === 0) return droppedAnalysis("no-memories", tally);
  return { end: { kind: "explained" }, causes, memories, ...tally };
}
