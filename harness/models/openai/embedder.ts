import type { Clock, JsonObject } from "../../contracts/index.ts";
import type { Surroundings } from "../provider.ts";
import { openAiClient, withSignalOfItsOwn } from "./client.ts";
import { type OpenAiConfig, type OpenAiEntry, publicEndpoint } from "./config.ts";
import { faultOf } from "./faults.ts";
import { Pace } from "./pace.ts";
import { endpointAt } from "./provider.ts";

/** Turns texts into vectors at an endpoint. */
export interface EndpointEmbedder {
  readonly id: string;
  /** Everything that decides the vectors. */
  readonly identity: JsonObject;
  /**
   * One vector a text, in order; one attempt.
   *
   * @throws {ModelFault} when the endpoint gives none.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}

/**
 * The embedding model that a study names, with address and key from the environment.
 *
 * @throws {InputError} when a key is missing for an endpoint that needs one.
 */
export function openEmbedder(
  entry: Pick<OpenAiEntry, "name" | "baseURL" | "apiKeyEnv" | "timeoutMs">,
  at: Surroundings,
  clock: Clock,
): EndpointEmbedder {
  const { name, timeoutMs } = entry;
  const endpoint = endpointAt(`embedder ${name}`, entry, at);
  return endpointEmbedder({ name, ...endpoint, timeoutMs }, { clock });
}

/** An embedding model behind any endpoint that speaks OpenAI's embeddings. */
export function endpointEmbedder(
  config: Pick<OpenAiConfig, "name" | "baseURL" | "apiKey" | "timeoutMs">,
  deps: { readonly clock: Clock },
): EndpointEmbedder {
  const whole: OpenAiConfig = { ...config, provider: "openai" };
  const timeoutMs = new Pace(whole).timeoutMs();
  const client = openAiClient(whole, timeoutMs);
  let reached = false;
  return {
    id: config.name,
    identity: { provider: "openai", name: config.name, endpoint: publicEndpoint(whole) },
    async embed(texts, signal) {
      try {
        const { data } = await withSignalOfItsOwn(signal, (own) =>
          client.embeddings.create(
            { model: config.name, input: [...texts], encoding_format: "float" },
            { signal: own },
          ),
        );
        reached = true;
        // Servers name the place of a vector; the order of the list is not promised.
        return [...data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      } catch (thrown) {
        signal.throwIfAborted();
        throw faultOf(thrown, whole, { reached, timeoutMs, nowIso: deps.clock.nowIso() });
      }
    },
  };
}
