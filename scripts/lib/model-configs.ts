import type { Spent } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { costOf } from "../../harness/models/cost.ts";
import type { ModelConfig } from "../../harness/models/openai/config.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import type { ModelEntry } from "../../harness/study/config/schema.ts";

const openAi = "https://api.openai.com/v1";

/** Whether a missing key is refused: a plan contacts nobody. */
type Keys = "needed" | "optional";
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The models of a study that authors, users or roles name, with addresses and keys from the
 * environment: `OPENAI_BASE_URL`, and the variable a model names in `apiKeyEnv` (`OPENAI_API_KEY`).
 *
 * @throws {InputError} when a key is missing for an endpoint that needs one.
 */
export function modelConfigs(
  study: Study,
  env: Environment,
  keys: Keys = "needed",
): ReadonlyMap<string, ModelConfig> {
  const roles = Object.entries(study.roles).flatMap(([, named]) =>
    typeof named === "string" ? [named] : Object.values(named),
  );
  const used = new Set([...study.authors, ...study.users, ...roles]);
  const configs = new Map<string, ModelConfig>();
  for (const id of used) {
    const entry = study.models[id];
    if (entry === undefined) throw new Error(`no model ${id}`);
    configs.set(id, modelConfig(id, entry, env, keys));
  }
  return configs;
}

/**
 * One model, with its address and key.
 *
 * @throws {InputError} when a key is missing for an endpoint that needs one.
 */
export function modelConfig(
  id: string,
  entry: ModelEntry,
  env: Environment,
  keys: Keys = "needed",
): ModelConfig {
  if (entry.provider === "builtin") return { ...entry, id } as ModelConfig;
  const { apiKeyEnv: _, ...rest } = entry;
  return {
    ...rest,
    id,
    ...endpointAt(`model ${id} (${entry.name})`, entry, env, keys),
  } as ModelConfig;
}

/**
 * Address and key of an endpoint, from its entry and the environment.
 *
 * @param who for the message.
 * @throws {InputError} when a key is missing for an endpoint that needs one.
 */
export function endpointAt(
  who: string,
  entry: { readonly baseURL?: string | undefined; readonly apiKeyEnv?: string | undefined },
  env: Environment,
  keys: Keys = "needed",
): { readonly baseURL: string; readonly apiKey: string } {
  const { apiKeyEnv = "OPENAI_API_KEY" } = entry;
  const baseURL = entry.baseURL ?? (env["OPENAI_BASE_URL"] || openAi);
  const apiKey = env[apiKeyEnv] ?? "";
  if (keys === "needed" && apiKey === "" && baseURL.startsWith("https://api.openai.com")) {
    throw new InputError({
      where: apiKeyEnv,
      problem: `not set, and ${who} at ${baseURL} needs a key`,
      fix: `Set ${apiKeyEnv}, or point OPENAI_BASE_URL at your own endpoint, such as http://localhost:8000/v1.`,
    });
  }
  // Servers of one's own usually want no key, but the client does not start without one.
  return { baseURL, apiKey: apiKey === "" ? "none" : apiKey };
}

/** The cost of what a model's calls took, in USD; undefined where price or usage is unknown. */
export function modelCosts(
  configs: ReadonlyMap<string, ModelConfig>,
): (model: string, spent: Spent) => number | undefined {
  return (model, spent) => {
    const config = configs.get(model);
    if (config === undefined) return undefined;
    // The embedded model is free, which is known.
    return config.provider === "builtin" ? 0 : costOf(spent, config.price);
  };
}
