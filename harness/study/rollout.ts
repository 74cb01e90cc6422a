import { noSandbox, runDirectEpisode } from "../agent/direct-episode.ts";
import {
  type DirectBudget,
  directMessage,
  directOpening,
  directSystem,
} from "../agent/direct-opening.ts";
import { type LoopLimits, runEpisode } from "../agent/loop.ts";
import { agentOpening, skillFiles } from "../agent/opening.ts";
import { textProtocolDigest } from "../agent/protocols/text.ts";
import { bashTool, submitTool } from "../agent/tools.ts";
import { transcriptOf } from "../agent/transcript.ts";
import { digestOf, sha256 } from "../canonical.ts";
import type {
  Clock,
  DirectForm,
  Domain,
  DomainOptions,
  Episode,
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

/** How the tasks of a split are put in one call without tools, and how much goes into its prompt. */
export interface DirectSetting {
  readonly form: DirectForm;
  readonly budget: DirectBudget;
}

/** What the episodes of one arm have in common. */
export interface RolloutSetting {
  readonly domain: Domain;
  readonly options: DomainOptions;
  readonly model: Model;
  readonly limits: LoopLimits;
  readonly sandboxes: SandboxProvider;
  readonly clock: Clock;
  /** Absent where an agent works with tools. */
  readonly direct?: DirectSetting | undefined;
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
  const { domain, options, model, direct } = setting;
  const factsOfArm = direct === undefined ? agentFacts(setting) : directFacts(direct);
  const armDigests = new Map<string, string>();
  const armDigestOf = (task: Task, skill: Skill | undefined): string =>
    keptIn(armDigests, skill?.digest ?? "", () =>
      digestOf({
        domain: domain.name,
        grader: domain.grader,
        options,
        model: model.identity,
        skill: skill?.digest ?? "",
        ...factsOfArm(task, skill),
      }),
    );
  const messageOf = (task: Task) =>
    direct === undefined
      ? domain.prompt(task, options)
      : directMessage(direct.form, task, direct.budget);
  const taskDigests = new WeakMap<Task, string>();
  /** Of everything about a task that agent or grader can see. */
  const taskDigestOf = (task: Task): string =>
    keptIn(taskDigests, task, () => {
      const facts = digestOf([task.id, task.group, task.input, task.reference]);
      return sha256(`${facts} ${sha256(messageOf(task))}`);
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
      ...(direct === undefined ? {} : { interaction: "direct" }),
    },
    run({ key, signal }) {
      const at = { unit: key, seed: seed + repeat * 1_000_003, signal };
      return direct === undefined
        ? runWithTools(setting, task, skill, at)
        : runDirectly({ ...setting, direct }, task, skill, at);
    },
  });
}

/** What decides the episodes of an arm beside its task, its model and its skill. */
type ArmFactsOf = (task: Task, skill: Skill | undefined) => JsonObject;

function agentFacts(setting: RolloutSetting): ArmFactsOf {
  const { domain, options, model, limits, sandboxes } = setting;
  return (task, skill) => {
    const [system] = agentOpening(setting, task, skill);
    return {
      limits: { ...limits },
      sandbox: sandboxes.name,
      tools: toolSpecs(domain, options),
      protocol: model.protocol === "text" ? textProtocolDigest : "native",
      ...(system === undefined ? {} : { system: system.text }),
    };
  };
}

/** Turns and sandbox decide nothing of a direct episode. */
function directFacts({ form, budget }: DirectSetting): ArmFactsOf {
  return (_, skill) => ({
    interaction: "direct",
    budget: { ...budget },
    system: directSystem(form, skill, budget),
  });
}

/** Of an episode: its unit, its sampling seed, and what stops it. */
interface EpisodeContext {
  readonly unit: string;
  readonly seed: number;
  readonly signal: AbortSignal;
}

async function runDirectly(
  setting: RolloutSetting & { readonly direct: DirectSetting },
  task: Task,
  skill: Skill | undefined,
  at: EpisodeContext,
): Promise<UnitResult> {
  const { domain, options, model, clock, direct } = setting;
  const material = await materialOf(task, setting);
  if ("unusable" in material) return notRun(`task: ${material.unusable}`);
  const { form, budget } = direct;
  const opening = directOpening(
    directSystem(form, skill, budget),
    directMessage(form, task, budget),
    material.images,
  );
  const answerIn = (reply: string) => domain.answerIn?.(reply, options);
  const episode = await runDirectEpisode(opening, { model, clock, answerIn }, at);
  return gradedEpisode(setting, task, episode, { sandbox: noSandbox, given: new Map() });
}

async function runWithTools(
  setting: RolloutSetting,
  task: Task,
  skill: Skill | undefined,
  at: EpisodeContext,
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
    return await gradedEpisode(setting, task, episode, { sandbox, given });
  } finally {
    await sandbox.close();
  }
}

/** Collects and grades what an episode came to. @param left where it worked, and the files it began with. */
async function gradedEpisode(
  setting: RolloutSetting,
  task: Task,
  episode: Episode,
  left: {
    readonly sandbox: Sandbox;
    readonly given: ReadonlyMap<string, Uint8Array | string>;
  },
): Promise<UnitResult> {
  let evidence: JsonObject | undefined;
  const grade = await scoreOutcome(episode.outcome, async (submission) => {
    const collected = await collect(setting, task, submission, left.sandbox);
    if ("kind" in collected) return collected;
    evidence = collected.evidence;
    return setting.domain.grade(task, collected.evidence);
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
    transcript: await transcriptOf(episode, left.sandbox, left.given),
  };
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
    case "no-answer":
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
