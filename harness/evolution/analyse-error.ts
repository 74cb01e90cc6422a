import { type LoopLimits, runEpisode } from "../agent/loop.ts";
import { bashTool, type Tool } from "../agent/tools.ts";
import { digestOf } from "../canonical.ts";
import type {
  Clock,
  Episode,
  Json,
  JsonObject,
  Message,
  Model,
  Sandbox,
  Skill,
  Unit,
  UnitResult,
} from "../contracts.ts";
import { messageOf } from "../errors.ts";
import { nothingSpent, plusSpent } from "../models/spent.ts";
import { loadPrompt } from "../prompts.ts";
import { type AnalysisResult, analysisJson, causesIn, type DropReason } from "./analysis.ts";
import { MEMORY_LIMIT, memorySchema, readMemories } from "./memory-item.ts";
import { type GateRecord, type GateTask, tryFixTool } from "./quality-gate.ts";
import { isObject, readJson } from "./read-json.ts";
import { redact } from "./screen.ts";
import { type Trajectory, trajectoryText } from "./trajectory.ts";

const prompt = loadPrompt(new URL("./prompts/error-analyst.md", import.meta.url));

/** What an error analyst works with. */
export interface ErrorAnalyst {
  readonly model: Model;
  readonly seed: number;
  readonly limits: LoopLimits;
  readonly clock: Clock;
}

/** `trajectory.md` is read in parts, so that it need not be short. */
const TRAJECTORY_CHARS = 200_000;

/**
 * The agentic error analyst (paper, section 2.3): a loop in a sandbox of its own with the trajectory,
 * the agent's files, the inputs and the reference.
 *
 * It is believed only when the harness has seen one of its fixes pass. The last turn is kept for
 * handing in: an analyst that has passed and ran out of turns is asked once more, for that alone.
 */
export function analyseError(
  trajectory: Trajectory,
  parent: Skill,
  gate: GateTask,
  by: ErrorAnalyst,
): Unit {
  const { task } = trajectory;
  return {
    stage: "analyse",
    version: 1,
    inputs: {
      kind: "error",
      trajectory: trajectory.row,
      task: digestOf(task),
      domain: gate.domain.name,
      grader: gate.domain.grader,
      options: gate.options,
      parent: parent.digest,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      limits: by.limits as unknown as JsonObject,
      sandbox: gate.sandboxes.name,
    },
    about: { task: task.id, model: by.model.id, seed: by.seed, side: "failure" },
    async run(at) {
      const record: GateRecord = { tries: 0, quoting: 0, inputFree: 0, passed: undefined };
      const handIn = handInTool(record, trajectory.steps.length);
      let sandbox: Sandbox;
      try {
        sandbox = await gate.sandboxes.open(await filesFor(trajectory, parent, gate));
      } catch (error) {
        return notOpened(messageOf(error));
      }
      try {
        const tools = [bashTool(sandbox), tryFixTool(gate, record), handIn];
        const where = { unit: at.key, seed: by.seed, signal: at.signal };
        const turns = Math.max(1, by.limits.turns - 1);
        const work = await runEpisode(
          openingFor(trajectory),
          { model: by.model, tools, clock: by.clock },
          { ...by.limits, turns },
          where,
        );
        const episode = isUnfinished(work, record) ? await lastTurn(work, handIn, by, where) : work;
        const { outcome } = episode;
        return {
          result: {
            ...analysisJson(resultOf(episode, record, trajectory.steps.length)),
            gate: { ...record, passed: record.passed ?? null },
          },
          ...(outcome.kind === "broken"
            ? { grade: { kind: "ungraded" as const, because: outcome.error } }
            : {}),
          spent: episode.spent,
          elapsedMs: episode.elapsedMs,
          transcript: { messages: episode.messages } as unknown as Json,
        };
      } finally {
        await sandbox.close();
      }
    },
  };
}

function notOpened(error: string): UnitResult {
  const end = { kind: "dropped", reason: "broken" } as const;
  return {
    result: analysisJson({ end, causes: [], memories: [], faults: [], repairs: 0 }),
    grade: { kind: "ungraded", because: `sandbox: ${error}` },
    spent: nothingSpent,
    elapsedMs: 0,
  };
}

async function filesFor(
  trajectory: Trajectory,
  parent: Skill,
  gate: GateTask,
): Promise<Map<string, Uint8Array | string>> {
  const files = new Map<string, Uint8Array | string>();
  for (const [path, content] of await gate.domain.files(gate.task, gate.options))
    files.set(path, typeof content === "string" ? redact(content).text : content);
  for (const [path, text] of trajectory.files) files.set(`left/${path}`, text);
  for (const [path, text] of parent.files) files.set(`skill/${path}`, text);
  files.set("trajectory.md", trajectoryText(trajectory, TRAJECTORY_CHARS));
  files.set("reference.txt", gate.domain.reveal(gate.task).text);
  return files;
}

function openingFor(trajectory: Trajectory): Message[] {
  const user = [
    trajectory.prompt,
    `The agent's episode ended as: ${trajectory.outcome}. The grader's verdict: failed (${trajectory.because}).`,
    `\`trajectory.md\` has ${trajectory.steps.length} steps.`,
  ];
  return [
    { role: "system", text: prompt.fill({ limit: String(MEMORY_LIMIT) }) },
    { role: "user", text: user.join("\n\n") },
  ];
}

/** Ends the analysis; what does not fit is said back, as it is for any tool. */
function handInTool(record: GateRecord, stepCount: number): Tool {
  let unproven = 0;
  return {
    spec: {
      name: "submit",
      description:
        "Hand in the analysis. This ends it. Empty lists say that no explanation was found.",
      parameters: {
        type: "object",
        properties: {
          causes: { type: "array", items: { type: "string" } },
          memories: { type: "array", items: memorySchema },
        },
        required: ["causes", "memories"],
      },
    },
    async run(args) {
      if (Array.isArray(args["memories"]) && args["memories"].length === 0)
        return { kind: "end", submission: args };
      if (record.passed === undefined) {
        unproven++;
        // Once is a slip, twice is an analyst that will not prove anything.
        if (unproven > 1) return { kind: "end", submission: args };
        return {
          kind: "observation",
          text: "Not taken: no fix has passed yet. Use try_fix first, or submit empty lists to give up.",
        };
      }
      const { items, faults } = readMemories(args["memories"], stepCount);
      if (items.length > 0) return { kind: "end", submission: args };
      const text = faults.map((fault) => `${fault.where}: ${fault.problem}`).join("\n");
      return { kind: "observation", text: `Not taken:\n${text}` };
    },
  };
}

function isUnfinished(episode: Episode, record: GateRecord): boolean {
  return record.passed !== undefined && episode.outcome.kind === "out-of-turns";
}

async function lastTurn(
  work: Episode,
  handIn: Tool,
  by: ErrorAnalyst,
  where: Parameters<typeof runEpisode>[3],
): Promise<Episode> {
  const reminder = "This is your last turn. A fix has passed: call submit with what you found.";
  const rest = await runEpisode(
    [...work.messages, { role: "user", text: reminder }],
    { model: countingOn(by.model, work.spent.calls), tools: [handIn], clock: by.clock },
    { ...by.limits, turns: 1 },
    where,
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

function resultOf(episode: Episode, record: GateRecord, stepCount: number): AnalysisResult {
  const dropped = (reason: DropReason, faults: readonly string[] = []): AnalysisResult => {
    return { end: { kind: "dropped", reason }, causes: [], memories: [], faults, repairs: 0 };
  };
  const unproven: DropReason =
    record.quoting + record.inputFree > 0 ? "copied-reference" : "no-fix-passed";
  switch (episode.outcome.kind) {
    case "submitted": {
      const analysis = submitted(episode.outcome.submission);
      const { items, faults } = readMemories(analysis["memories"], stepCount);
      const kinds = faults.map((fault) => fault.kind);
      if (record.passed === undefined)
        return dropped(items.length === 0 && record.tries === 0 ? "gave-up" : unproven, kinds);
      if (items.length === 0) return dropped("no-memories", kinds);
      const causes = causesIn(analysis["causes"]);
      return { end: { kind: "explained" }, causes, memories: items, faults: kinds, repairs: 0 };
    }
    case "out-of-turns":
      return dropped(record.passed === undefined && record.tries > 0 ? unproven : "out-of-turns");
    case "malformed-too-often":
      return dropped("malformed");
    default:
      return dropped(episode.outcome.kind);
  }
}

/** The arguments of `submit`, or the JSON of an answer given as text (the text protocol allows both). */
function submitted(submission: Json): JsonObject {
  if (isObject(submission)) return submission;
  const reading = readJson(String(submission), ["memories"]);
  return reading.kind === "read" ? reading.value : {};
}
