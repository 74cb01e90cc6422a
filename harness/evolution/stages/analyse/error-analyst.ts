import { type LoopLimits, runEpisode } from "../../../agent/loop.ts";
import { bashTool } from "../../../agent/tools.ts";
import { keptMessages } from "../../../agent/transcript.ts";
import { digestOf } from "../../../canonical.ts";
import type {
  Clock,
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
import type { UnitOf } from "../../unit.ts";
import { type AnalysisResult, droppedAnalysis } from "./analysis.ts";
import { type Briefing, briefingFiles, briefingInputs } from "./briefing.ts";
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
export interface AgenticAnswering {
  readonly model: Model;
  readonly seed: number;
  readonly limits: LoopLimits;
  readonly clock: Clock;
}

/** `trajectory.md` is read in parts, so that it need not be short. */
const TRAJECTORY_CHARS = 200_000;

/** One failed trajectory, what its explanation is proven on, and what the analyst is told besides. */
interface FailureCase {
  readonly trajectory: Trajectory;
  readonly check: FixCheck;
  readonly briefing: Briefing;
}

/**
 * The agentic error analyst (paper, section 2.3): a loop in a sandbox of its own with the trajectory,
 * the agent's files, the inputs and the reference.
 *
 * It is believed only when the harness has seen one of its fixes pass. The last turn is kept for
 * handing in: an analyst that has passed and ran out of turns is asked once more, for that alone.
 */
export function errorAnalysisUnit(
  trajectory: Trajectory,
  check: FixCheck,
  by: AgenticAnswering,
  briefing: Briefing = {},
): UnitOf<ProvenAnalysis> {
  return {
    stage: "analyse",
    version: 2,
    inputs: {
      kind: "error",
      trajectory: trajectory.row,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompts[check.domain.fix].digest,
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
    opening = await openingFor(failure);
    sandbox = await check.sandboxes.open(await filesFor(failure), check.domain.commands);
  } catch (error) {
    return unitResult(droppedAnalysis("broken"), {
      ...{ broken: `sandbox: ${messageOf(error)}`, spent: nothingSpent, elapsedMs: 0 },
    });
  }
  try {
    const { steps } = failure.trajectory;
    const tools = [
      bashTool(sandbox),
      ...(check.domain.tools?.(check.options, sandbox) ?? []),
      tryFixTool(check, record),
    ];
    const episode = await episodeOf(
      { opening, tools, handIn: handInTool(record, steps.length), record },
      by,
      { unit: at.key, seed: by.seed, signal: at.signal },
    );
    // An episode of the check that no model will ever answer stops everything, as the analyst's own would.
    if (record.fault !== undefined) throw record.fault;
    const { outcome, elapsedMs, messages } = episode;
    const result = analysisFrom(episode, record, steps.length);
    return unitResult(
      { ...result, gate: storedFixRecord(record, check) },
      {
        ...(outcome.kind === "broken" ? { broken: outcome.error } : {}),
        ...{ spent: plusSpent(episode.spent, record.spent), elapsedMs, messages },
      },
    );
  } finally {
    await sandbox.close();
  }
}

function unitResult(
  result: ProvenAnalysis,
  {
    broken,
    messages,
    ...paid
  }: Pick<UnitResult, "spent" | "elapsedMs"> & {
    /** What of the infrastructure failed. */
    readonly broken?: string;
    readonly messages?: readonly Message[];
  },
): UnitResult {
  return {
    result: result as unknown as JsonObject,
    ...(broken === undefined ? {} : { grade: { kind: "ungraded", because: broken } }),
    ...paid,
    ...(messages === undefined ? {} : { transcript: { messages: keptMessages(messages) } }),
  };
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
  files.set("reference.txt", domain.reveal(task).text);
  for (const { path, text } of briefingFiles(briefing)) files.set(path, text);
  return files;
}

async function openingFor({ trajectory, check, briefing }: FailureCase): Promise<Message[]> {
  const limit = String(LESSON_LIMIT);
  const user = [
    trajectory.prompt,
    `The agent's episode ended as: ${trajectory.outcome}. The grader's verdict: failed (${trajectory.because}).`,
    `\`trajectory.md\` has ${trajectory.steps.length} steps.`,
    ...briefingFiles(briefing).map(({ note }) => note),
  ];
  const images = await picturesOf(check);
  const system =
    check.domain.fix === "advice"
      ? prompts.advice.fill({ limit, episodes: String(ADVICE_EPISODES) })
      : prompts.command.fill({ limit });
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

type EpisodeContext = Parameters<typeof runEpisode>[3];

/** The analyst's loop, with a last turn for handing in where a fix has passed. */
async function episodeOf(
  { opening, tools, handIn, record }: Desk,
  { model, clock, limits }: AgenticAnswering,
  context: EpisodeContext,
): Promise<Episode> {
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
  switch (outcome.kind) {
    case "submitted": {
      const { causes, memories } = handedIn(outcome.submission);
      const { items, faults: found } = readLessons(memories, { steps: stepCount });
      const tally = { faults: found.map(({ kind }) => kind), repairs: 0 };
      if (!isProven) {
        const gaveUp = items.length === 0 && record.tries === 0;
        return droppedAnalysis(gaveUp ? "gave-up" : unprovenReason(record), tally);
      }
      if (items.length === 0) return droppedAnalysis("no-memories", tally);
      return { end: { kind: "explained" }, causes, memories: items, ...tally };
    }
    case "out-of-turns":
      return droppedAnalysis(
        !isProven && record.tries > 0 ? unprovenReason(record) : "out-of-turns",
      );
    case "malformed-too-often":
      return droppedAnalysis("malformed");
    default:
      return droppedAnalysis(outcome.kind);
  }
}
