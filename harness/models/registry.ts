import type { Clock, Model, Subject } from "../contracts/index.ts";
import { InputError, InputErrors } from "../errors.ts";
import { seededRng } from "../rng.ts";
import { type ModelConfig, openAiDefaults, openAiIdentity } from "./openai/config.ts";
import { openaiModel } from "./openai/model.ts";
import { checkModel } from "./openai/probe.ts";
import { type Cassettes, openCassettes } from "./recorded/cassettes.ts";
import { recorded } from "./recorded/recorded.ts";
import { openRecording, type Recording } from "./recorded/recording.ts";
import { replayed } from "./recorded/replayed.ts";
import { ruleBasedModel } from "./rule-based/model.ts";
import { type LimitChange, limited } from "./wrappers/limited.ts";
import { defaultRetryPolicy, type RetryPolicy, retrying } from "./wrappers/retrying.ts";

/** What models are made with. */
export interface CreateDeps {
  readonly clock: Clock;
  /** @default `defaultRetryPolicy` */
  readonly retry?: RetryPolicy | undefined;
  /** Directory to write every answered call to. */
  readonly record?: string | undefined;
  /** Directory to answer every call from; no endpoint is contacted. */
  readonly replay?: string | undefined;
  /** What the rule-based agent knows of each domain; called only when that agent runs. */
  readonly subjects?: (() => Promise<readonly [Subject, ...Subject[]]>) | undefined;
}

/** The models of a study, and what they have in common. */
export interface ModelRoom {
  readonly models: ReadonlyMap<string, Model>;
  /**
   * Contacts every endpoint once, within five seconds; does nothing where calls are replayed.
   *
   * @throws {InputErrors} one line a problem, with the models that have it.
   */
  check(): Promise<void>;
  /** How many calls each endpoint's model had in flight, and how its limit moved. */
  concurrency(): ReadonlyMap<string, Concurrency>;
  /** Finishes the recording. */
  close(): Promise<void>;
}

/** The story of a model's limit. */
export interface Concurrency {
  readonly peakInFlight: number;
  readonly history: readonly LimitChange[];
}

/**
 * Makes the models of a study.
 *
 * @param configs by the id a study calls them by.
 * @throws {InputError} when a directory cannot be recorded to or replayed from.
 */
export async function createModelRoom(
  configs: ReadonlyMap<string, ModelConfig>,
  deps: CreateDeps,
): Promise<ModelRoom> {
  if (deps.record !== undefined && deps.replay !== undefined) {
    throw new InputError({
      where: "--record and --replay",
      problem: "exclude each other",
      fix: "Record with one run, and replay with the next.",
    });
  }
  const cassettes = deps.replay === undefined ? undefined : await openCassettes(deps.replay);
  const recording = deps.record === undefined ? undefined : await openRecording(deps.record);
  const limits = new Map<string, () => Concurrency>();
  const models = new Map<string, Model>();
  for (const [id, config] of configs) {
    const made = createModel({ ...config, id }, { ...deps, cassettes, recording });
    models.set(id, made.model);
    if (made.concurrency) limits.set(id, made.concurrency);
  }
  return {
    models,
    check: () => (cassettes === undefined ? checkAll(configs, deps) : Promise.resolve()),
    concurrency: () => new Map([...limits].map(([id, of]) => [id, of()])),
    async close() {
      await recording?.close();
      await cassettes?.close();
    },
  };
}

interface Tapes {
  readonly cassettes: Cassettes | undefined;
  readonly recording: Recording | undefined;
}

/** Composes one model: recorded(retrying(limited(endpoint))), the embedded one, or a replayed one. */
function createModel(
  config: ModelConfig,
  deps: CreateDeps & Tapes,
): { readonly model: Model; readonly concurrency?: () => Concurrency } {
  const { cassettes, recording, clock } = deps;
  const taped = (model: Model) => (recording === undefined ? model : recorded(model, recording));
  const id = config.id ?? config.name;
  if (config.provider === "builtin") {
    const { name, params = {} } = config;
    const subjects = deps.subjects ?? (() => Promise.reject(new Error("no subjects were given")));
    const model = ruleBasedModel({ id, name, params }, subjects);
    return { model: cassettes === undefined ? taped(model) : replayed(model, cassettes) };
  }
  if (cassettes !== undefined) {
    const identity = openAiIdentity(config);
    const protocol = config.protocol ?? "native";
    return { model: replayed({ id, identity, protocol, label: config.name }, cassettes) };
  }
  const endpoint = openaiModel(config, { clock });
  const slots = limited(endpoint, { clock }, config.concurrency ?? openAiDefaults.concurrency);
  // Back-off is no part of a result; the start time keeps processes apart that share an endpoint.
  const rng = seededRng(`${id} ${clock.nowIso()}`);
  const model = retrying(slots, { clock, rng }, deps.retry ?? defaultRetryPolicy);
  const concurrency = () => ({ peakInFlight: slots.peakInFlight(), history: slots.history() });
  return { model: taped(model), concurrency };
}

async function checkAll(
  configs: ReadonlyMap<string, ModelConfig>,
  deps: { readonly clock: Clock },
): Promise<void> {
  const alike = new Map<string, { readonly ids: string[]; readonly error: InputError }>();
  const checks = [...configs].map(async ([id, config]) => {
    if (config.provider !== "openai") return;
    try {
      await checkModel({ ...config, id }, deps);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const said = error.message.replace(`model ${id}: `, "");
      const others = alike.get(said);
      if (others === undefined) alike.set(said, { ids: [id], error });
      else others.ids.push(id);
    }
  });
  for (const check of await Promise.allSettled(checks))
    if (check.status === "rejected") throw check.reason;
  const problems = [...alike].map(([said, { ids, error }]) => {
    if (ids.length > 1) error.message = `models ${ids.join(", ")}: ${said}`;
    return error;
  });
  if (problems.length > 0) throw new InputErrors(problems);
}
