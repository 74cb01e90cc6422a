import { type LoopLimits, runEpisode } from "../agent/loop.ts";
import { agentOpening, skillFiles } from "../agent/opening.ts";
import { textProtocolDigest } from "../agent/protocols/text.ts";
import { bashTool, submitTool } from "../agent/tools.ts";
import { transcriptOf } from "../agent/transcript.ts";
import { digestOf, sha256 } from "../canonical.ts";
import type {
  Clock,
  Domain,
  DomainOptions,
  Grade,
  Image,
  Json,
  JsonObject,
  Model,
  Outcome,
  Sandbox,
  SandboxProvider,
  Skill,
  Task,
  Tool,
  Unit,
  UnitResult,
} from "../contracts/index.ts";
import { InputError, messageOf, unreachable } from "../errors.ts";
import { keptIn } from "../kept.ts";
import { nothingSpent } from "../models/spent.ts";
import { endingResult } from "./endings.ts";

/** What the episodes of one arm have in common. */
export interface RolloutSetting {
  readonly domain: Domain;
  readonly options: DomainOptions;
  readonly model: Model;
  readonly limits: LoopLimits;
  readonly sandboxes: SandboxProvider;
  readonly clock: Clock;
}

/** Makes the units of one setting; digests that many units share are computed once. */
export type RolloutMaker = (
  task: Task,
  skill: Skill | undefined,
  seed: number,
  repeat?: number,
) => Unit;

/**
 * Stage 1 of the paper (section 2.2): one episode of one task, graded.
 *
 * @returns a function from task, skill and seed to a unit. `repeat` gives further episodes of the
 * same seed, each with draws of its own.
 */
export function rolloutMaker(setting: RolloutSetting): RolloutMaker {
  const { domain, options, model, limits, sandboxes } = setting;
  const shared = {
    domain: domain.name,
    grader: domain.grader,
    options,
    model: model.identity,
    limits: { ...limits },
    sandbox: sandboxes.name,
  };
  const armDigests = new Map<string, string>();
  const armDigestOf = (task: Task, skill: Skill | undefined): string =>
    keptIn(armDigests, skill?.digest ?? "", () => {
      const [system] = agentOpening(setting, task, skill);
      const tools = toolSpecs(domain, options);
      const protocol = model.protocol === "text" ? textProtocolDigest : "native";
      const given = { protocol, tools, system: system?.text, skill: skill?.digest ?? "" };
      return digestOf({ ...shared, ...given });
    });
  const taskDigests = new WeakMap<Task, string>();
  /** Of everything about a task that agent or grader can see. */
  const taskDigestOf = (task: Task): string =>
    keptIn(taskDigests, task, () => {
      const facts = digestOf([task.id, task.group, task.input, task.reference]);
      return sha256(`${facts} ${sha256(domain.prompt(task, options))}`);
    });
  return (task, skill, seed, repeat = 0) => ({
    stage: "rollout",
    version: 2,
    inputs: { arm: armDigestOf(task, skill), task: taskDigestOf(task), seed, repeat },
    about: {
      task: task.id,
      model: model.id,
      skill: skill === undefined ? null : `${skill.name}@${skill.digest.slice(0, 12)}`,
      seed,
      repeat,
    },
    run: ({ key, signal }) =>
      runRollout(setting, task, skill, { unit: key, seed: seed + repeat * 1_000_003, signal }),
  });
}

async function runRollout(
  setting: RolloutSetting,
  task: Task,
  skill: Skill | undefined,
  at: { readonly unit: string; readonly seed: number; readonly signal: AbortSignal },
): Promise<UnitResult> {
  const { domain, options, model, clock, limits } = setting;
  const material = await materialOf(task, setting);
  if ("unusable" in material) return notRun(`task: ${material.unusable}`);
  const given = new Map<string, Uint8Array | string>([
    ...material.files,
    ...(skill === undefined ? [] : skillFiles(skill)),
  ]);
  let sandbox: Sandbox;
  try {
    sandbox = await setting.sandboxes.open(given, domain.commands);
  } catch (error) {
    return notRun(`sandbox: ${messageOf(error)}`);
  }
  try {
    const tools = toolsIn(sandbox, domain, options);
    const opening = agentOpening(setting, task, skill, material.images);
    const answerIn = (reply: string) => domain.answerIn?.(reply, options);
    const episode = await runEpisode(opening, { model, tools, clock, answerIn }, limits, at);
    let evidence: JsonObject | undefined;
    const grade = await scoreOutcome(episode.outcome, async (submission) => {
      const collected = await collect(setting, task, submission, sandbox);
      if ("kind" in collected) return collected;
      evidence = collected.evidence;
      return domain.grade(task, collected.evidence);
    });
    return {
      result: {
        ...endingResult(episode),
        turns: episode.turns,
        ...(evidence === undefined ? {} : { evidence }),
      },
      grade,
      spent: episode.spent,
      elapsedMs: Math.round(episode.elapsedMs),
      transcript: await transcriptOf(episode, sandbox, given),
    };
  } finally {
    await sandbox.close();
  }
}

/**
 * Turns how an episode ended into a grade: the one place that says who pays for what.
 *
 * The agent pays (0) for ending without an answer; nobody pays for our own faults, so a broken
 * episode is ungraded, is counted apart and runs again.
 *
 * @param gradeSubmission called only for a submitted outcome.
 */
async function scoreOutcome(
  outcome: Outcome,
  gradeSubmission: (submission: Json) => Promise<Grade>,
): Promise<Grade> {
  switch (outcome.kind) {
    case "submitted":
      return gradeSubmission(outcome.submission);
    case "out-of-turns":
    case "out-of-tokens":
    case "out-of-time":
    case "context-exceeded":
    case "malformed-too-often":
    case "repeated":
    case "cut-off":
    case "refused":
      return { kind: "graded", score: 0, passed: false, because: outcome.kind };
    case "broken":
      return { kind: "ungraded", because: `${outcome.where}: ${outcome.error}` };
    default:
      return unreachable(outcome);
  }
}

/** What an episode of a task begins with, or why the task's own data cannot be used. */
async function materialOf(
  task: Task,
  { domain, options }: RolloutSetting,
): Promise<
  | {
      readonly files: ReadonlyMap<string, Uint8Array | string>;
      readonly images: readonly Image[];
    }
  | { readonly unusable: string }
> {
  try {
    const files = await domain.files(task, options);
    return { files, images: (await domain.images?.(task, options)) ?? [] };
  } catch (error) {
    if (error instanceof InputError) return { unusable: error.message };
    throw error;
  }
}

async function collect(
  { domain, options }: RolloutSetting,
  task: Task,
  submission: Json,
  sandbox: Sandbox,
): Promise<{ readonly evidence: JsonObject } | Extract<Grade, { kind: "ungraded" }>> {
  try {
    return { evidence: await domain.collect(task, submission, sandbox, options) };
  } catch (error) {
    return { kind: "ungraded", because: `sandbox: ${messageOf(error)}` };
  }
}

function toolsIn(sandbox: Sandbox, domain: Domain, options: DomainOptions): readonly Tool[] {
  return [bashTool(sandbox), ...(domain.tools?.(options, sandbox) ?? []), submitTool()];
}

/** The tools' descriptions, without a sandbox behind them. */
function toolSpecs(domain: Domain, options: DomainOptions): Json {
  const nowhere = {} as Sandbox;
  return toolsIn(nowhere, domain, options).map(({ spec }) => spec) as unknown as Json;
}

/** An episode that never began. */
function notRun(because: string): UnitResult {
  return {
    result: { outcome: "broken", turns: 0 },
    grade: { kind: "ungraded", because },
    spent: nothingSpent,
    elapsedMs: 0,
  };
}
