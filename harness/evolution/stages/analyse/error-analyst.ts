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
  Unit,
  UnitResult,
} from "../../../contracts/index.ts";
import { messageOf } from "../../../errors.ts";
import { nothingSpent, plusSpent } from "../../../models/spent.ts";
import { loadPrompt } from "../../../prompts.ts";
import { redact } from "../../screen.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type AnalysisResult, analysisJson, causesIn, type DropReason } from "./analysis.ts";
import { type Briefing, briefingFiles, briefingInputs, briefingNote } from "./briefing.ts";
import { freshRecord, type GateRecord, type GateTask, recordJson } from "./fix-check.ts";
import { handedIn, handInTool } from "./hand-in.ts";
import { MEMORY_LIMIT, readMemories } from "./lesson.ts";
import { picturesOf, withPictures } from "./pictures.ts";
import { ADVICE_EPISODES } from "./try-advice.ts";
import { gateInputs, tryFixTool } from "./try-fix.ts";

/** By what proves an explanation. */
const prompts = {
  command: loadPrompt(new URL("../../prompts/error-analyst.md", import.meta.url)),
  advice: loadPrompt(new URL("../../prompts/error-analyst-advice.md", import.meta.url)),
};

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
  gate: GateTask,
  by: ErrorAnalyst,
  briefing: Briefing = {},
): Unit {
  const { task } = trajectory;
  return {
    stage: "analyse",
    version: 2,
    inputs: {
      kind: "error",
      trajectory: trajectory.row,
      task: digestOf(task),
      domain: gate.domain.name,
      grader: gate.domain.grader,
      options: gate.options,
      parent: gate.parent.digest,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompts[gate.domain.fix].digest,
      limits: by.limits as unknown as JsonObject,
      sandbox: gate.sandboxes.name,
      ...gateInputs(gate),
      ...toolInputs(gate),
      ...briefingInputs(briefing),
    },
    about: { task: task.id, model: by.model.id, seed: by.seed, side: "failure" },
    async run(at) {
      const record = freshRecord();
      const handIn = handInTool(record, trajectory.steps.length);
      let sandbox: Sandbox;
      let opening: readonly Message[];
      try {
        opening = await openingFor(trajectory, gate, briefing);
        const files = await filesFor(trajectory, gate, briefing);
        sandbox = await gate.sandboxes.open(files, gate.domain.commands);
      } catch (error) {
        return notOpened(messageOf(error));
      }
      try {
        const tools = [
          bashTool(sandbox),
          ...(gate.domain.tools?.(gate.options, sandbox) ?? []),
          tryFixTool(gate, record),
          handIn,
        ];
        const where = { unit: at.key, seed: by.seed, signal: at.signal };
        const turns = Math.max(1, by.limits.turns - 1);
        const work = await runEpisode(
          opening,
          { model: by.model, tools, clock: by.clock },
          { ...by.limits, turns },
          where,
        );
        const episode = isUnfinished(work, record) ? await lastTurn(work, handIn, by, where) : work;
        // An episode of the gate that no model will ever answer stops everything, as the analyst's own would.
        if (record.fault !== undefined) throw record.fault;
        const { outcome } = episode;
        return {
          result: {
            ...analysisJson(resultOf(episode, record, trajectory.steps.length)),
            gate: recordJson(record, gate),
          },
          ...(outcome.kind === "broken"
            ? { grade: { kind: "ungraded" as const, because: outcome.error } }
            : {}),
          spent: plusSpent(episode.spent, record.spent),
          elapsedMs: episode.elapsedMs,
          transcript: { messages: keptMessages(episode.messages) },
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
  gate: GateTask,
  briefing: Briefing,
): Promise<Map<string, Uint8Array | string>> {
  const files = new Map<string, Uint8Array | string>();
  for (const [path, content] of await gate.domain.files(gate.task, gate.options))
    files.set(path, typeof content === "string" ? redact(content).text : content);
  for (const [path, text] of trajectory.files) files.set(`left/${path}`, text);
  for (const [path, text] of gate.parent.files) files.set(`skill/${path}`, text);
  files.set("trajectory.md", trajectoryText(trajectory, TRAJECTORY_CHARS));
  files.set("reference.txt", gate.domain.reveal(gate.task).text);
  for (const [path, text] of briefingFiles(briefing)) files.set(path, text);
  return files;
}

/** The domain's own tools decide an analysis too; their descriptions depend on the options alone. */
function toolInputs({ domain, options }: GateTask): JsonObject {
  const tools = domain.tools?.(options, {} as Sandbox) ?? [];
  return tools.length === 0 ? {} : { tools: digestOf(tools.map(({ spec }) => spec)) };
}

async function openingFor(
  trajectory: Trajectory,
  gate: GateTask,
  briefing: Briefing,
): Promise<Message[]> {
  const { fix } = gate.domain;
  const limit = String(MEMORY_LIMIT);
  const user = [
    trajectory.prompt,
    `The agent's episode ended as: ${trajectory.outcome}. The grader's verdict: failed (${trajectory.because}).`,
    `\`trajectory.md\` has ${trajectory.steps.length} steps.`,
    ...briefingNote(briefing),
  ];
  const system =
    fix === "advice"
      ? prompts.advice.fill({ limit, episodes: String(ADVICE_EPISODES) })
      : prompts.command.fill({ limit });
  return [
    { role: "system", text: system },
    { role: "user", text: user.join("\n\n"), ...withPictures(await picturesOf(gate)) },
  ];
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
      const analysis = handedIn(episode.outcome.submission);
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
