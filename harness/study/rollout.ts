import { keptMessages } from "../agent/kept-messages.ts";
import { type LoopLimits, runEpisode } from "../agent/loop.ts";
import { agentOpening, skillFiles } from "../agent/opening.ts";
import { textProtocolDigest } from "../agent/protocols/text.ts";
import { bashTool, submitTool } from "../agent/tools.ts";
import { digestOf, sha256 } from "../canonical.ts";
import type {
  Clock,
  Domain,
  DomainOptions,
  Episode,
  Grade,
  Image,
  Json,
  JsonObject,
  Model,
  Sandbox,
  SandboxProvider,
  Skill,
  Task,
  Tool,
  Unit,
  UnitResult,
} from "../contracts/index.ts";
import { InputError, messageOf } from "../errors.ts";
import { scoreOutcome } from "./score-outcome.ts";
import { taskDigest } from "./select-tasks.ts";

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

/** Bytes of a file the agent left that its transcript keeps. */
const keptFileChars = 20_000;
const keptFiles = 20;

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
  const armDigestOf = (task: Task, skill: Skill | undefined): string => {
    const name = skill?.digest ?? "";
    let digest = armDigests.get(name);
    if (digest === undefined) {
      const [system] = agentOpening(domain, task, options, skill);
      const tools = toolSpecs(domain, options);
      const protocol = model.protocol === "text" ? textProtocolDigest : "native";
      digest = digestOf({ ...shared, protocol, tools, system: system?.text, skill: name });
      armDigests.set(name, digest);
    }
    return digest;
  };
  const taskDigests = new WeakMap<Task, string>();
  const taskDigestOf = (task: Task): string => {
    let digest = taskDigests.get(task);
    if (digest === undefined) {
      digest = sha256(`${taskDigest(task)} ${sha256(domain.prompt(task, options))}`);
      taskDigests.set(task, digest);
    }
    return digest;
  };
  return (task, skill, seed, repeat = 0) => ({
    stage: "rollout",
    version: 1,
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
    const opening = agentOpening(domain, task, options, skill, material.images);
    const episode = await runEpisode(opening, { model, tools, clock }, limits, at);
    let evidence: JsonObject | undefined;
    const grade = await scoreOutcome(episode.outcome, async () => {
      const { outcome } = episode;
      const submission = outcome.kind === "submitted" ? outcome.submission : null;
      const collected = await collect(domain, task, submission, sandbox, options);
      if ("kind" in collected) return collected;
      evidence = collected.evidence;
      return domain.grade(task, collected.evidence);
    });
    return {
      result: {
        outcome: episode.outcome.kind,
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
  domain: Domain,
  task: Task,
  submission: Json,
  sandbox: Sandbox,
  options: DomainOptions,
): Promise<{ readonly evidence: JsonObject } | Extract<Grade, { kind: "ungraded" }>> {
  try {
    return { evidence: await domain.collect(task, submission, sandbox, options) };
  } catch (error) {
    return { kind: "ungraded", because: `sandbox: ${messageOf(error)}` };
  }
}

/** The messages, how it ended, and the files that the agent made or changed. */
async function transcriptOf(
  episode: Episode,
  sandbox: Sandbox,
  given: ReadonlyMap<string, Uint8Array | string>,
): Promise<Json> {
  const files: [string, string][] = [];
  for (const path of await sandbox.list().catch(() => [])) {
    if (files.length >= keptFiles) break;
    const bytes = await sandbox.read(path).catch(() => undefined);
    if (bytes === undefined || sameBytes(bytes, given.get(path))) continue;
    files.push([path, Buffer.from(bytes).toString("utf8").slice(0, keptFileChars)]);
  }
  return {
    messages: keptMessages(episode.messages),
    outcome: episode.outcome as unknown as Json,
    files,
  };
}

function sameBytes(bytes: Uint8Array, original: Uint8Array | string | undefined): boolean {
  return original !== undefined && Buffer.from(original).equals(bytes);
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
    spent: { calls: 0, inputTokens: 0, outputTokens: 0, unmetered: 0, retries: [] },
    elapsedMs: 0,
  };
}
