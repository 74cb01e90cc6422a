import type { Clock, JsonObject } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import type { Surroundings } from "../provider.ts";
import { openAiClient, withSignalOfItsOwn } from "./client.ts";
import {
  type OpenAiConfig,
  openAiDefaults,
  publicEndpoint,
  redactSecrets,
  secretsOf,
} from "./config.ts";
import { faultOf } from "./faults.ts";
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
  entry: {
    readonly name: string;
    readonly baseURL?: string | undefined;
    readonly apiKeyEnv?: string | undefined;
    readonly timeoutMs?: number | undefined;
  },
  at: Surroundings,
  clock: Clock,
): EndpointEmbedder {
  const { name, timeoutMs } = entry;
  const limits = timeoutMs === undefined ? {} : { timeoutMs };
  const endpoint = endpointAt(`embedder ${name}`, entry, at);
  return endpointEmbedder({ name, ...endpoint, ...limits }, { clock });
}

/** An embedding model behind any endpoint that speaks OpenAI's embeddings. */
export function endpointEmbedder(
  config: Pick<OpenAiConfig, "name" | "baseURL" | "apiKey" | "timeoutMs">,
  deps: { readonly clock: Clock },
): EndpointEmbedder {
  const whole: OpenAiConfig = { ...config, provider: "openai" };
  const timeoutMs = config.timeoutMs ?? openAiDefaults.timeoutMs;
  const client = openAiClient(whole, timeoutMs);
  const endpoint = publicEndpoint(whole);
  let reached = false;
  return {
    id: config.name,
    identity: { provider: "openai", name: config.name, endpoint },
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
        const at = { endpoint, model: config.name, reached, timeoutMs };
        const fault = faultOf(thrown, { ...at, nowIso: deps.clock.nowIso() });
        const { kind, fix, status } = fault;
        const message = redactSecrets(fault.message, secretsOf(whole));
        throw new ModelFault({ kind, message, fix, status });
      }
    },
  };
}
