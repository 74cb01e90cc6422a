import { InputError } from "../../errors.ts";
import type { DeclaredModel, ModelProvider, Surroundings } from "../provider.ts";
import { costOf } from "../spent.ts";
import {
  type OpenAiConfig,
  type OpenAiEntry,
  openAiDefaults,
  openAiIdentity,
  openAiSchema,
  publicEndpoint,
} from "./config.ts";

/** Models behind any endpoint that speaks OpenAI's chat completions. */
export const openai: ModelProvider<OpenAiEntry> & { readonly schema: typeof openAiSchema } = {
  name: "openai",
  isLanguageModel: true,
  schema: openAiSchema,
  declare(id, entry, at) {
    const { apiKeyEnv: _, ...rest } = entry;
    const endpoint = endpointAt(`model ${id} (${entry.name})`, entry, at);
    return declaredEndpoint({ ...rest, id, ...endpoint });
  },
  publicEntry(entry) {
    const { provider, name, baseURL } = entry;
    const address = baseURL && { baseURL: publicEndpoint({ provider, name, baseURL }) };
    return { ...entry, ...address } as ReturnType<ModelProvider<unknown>["publicEntry"]>;
  },
};

/** A model behind an endpoint whose address and key are known. */
export function declaredEndpoint(config: OpenAiConfig): DeclaredModel {
  return {
    id: config.id ?? config.name,
    identity: openAiIdentity(config),
    protocol: config.protocol ?? "native",
    label: config.name,
    episodes: openAiDefaults.concurrency,
    costOf: (spent) => costOf(spent, config.price),
    open: async (deps) => (await import("./model.ts")).openEndpoint(config, deps),
    check: async (clock) => (await import("./probe.ts")).checkModel(config, { clock }),
    describe: async (clock) => (await import("./probe.ts")).describeEndpoint(config, { clock }),
  };
}

/**
 * Address and key of an endpoint, from its entry and the environment: `OPENAI_BASE_URL`, and the
 * variable that the entry names in `apiKeyEnv`.
 *
 * @param who for the message.
 * @throws {InputError} when a key is missing for an endpoint that needs one.
 */
export function endpointAt(
  who: string,
  entry: Pick<OpenAiEntry, "baseURL" | "apiKeyEnv">,
  { env, keys }: Surroundings,
): { readonly baseURL: string; readonly apiKey: string } {
  const { apiKeyEnv = "OPENAI_API_KEY" } = entry;
  const baseURL = entry.baseURL ?? (env["OPENAI_BASE_URL"] || openAiDefaults.baseURL);
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
