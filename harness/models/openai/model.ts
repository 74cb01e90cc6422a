import type { Clock, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { seededRng } from "../../rng.ts";
import { limited } from "../wrappers/limited.ts";
import { retrying } from "../wrappers/retrying.ts";
import type { PatientContext } from "../wrappers/waits.ts";
import { openAiClient, withSignalOfItsOwn } from "./client.ts";
import {
  type OpenAiConfig,
  openAiDefaults,
  openAiIdentity,
  redactSecrets,
  secretsOf,
  timeoutAfter,
} from "./config.ts";
import { EndpointError, faultOf, isContentRefusal } from "./faults.ts";
import { readCompletion } from "./reply.ts";
import { bodyOf } from "./request.ts";

/** A model that finds out how many calls its endpoint takes, and tries transient faults again. */
export function openEndpoint(config: OpenAiConfig, { clock }: { readonly clock: Clock }): Model {
  const endpoint = openaiModel(config, { clock });
  const slots = limited(endpoint, { clock }, config.concurrency ?? openAiDefaults.concurrency);
  // Back-off is no part of a result; the start time keeps processes apart that share an endpoint.
  const rng = seededRng(`${endpoint.id} ${clock.nowIso()}`);
  return retrying(slots, { clock, rng });
}

/**
 * A model behind any endpoint that speaks OpenAI's chat completions.
 *
 * One attempt a call: retries and limits are wrappers. The key is in no reply and in no fault.
 */
export function openaiModel(config: OpenAiConfig, deps: { readonly clock: Clock }): Model {
  const client = openAiClient(config, timeoutAfter(0, config));
  const secrets = secretsOf(config);
  let reached = false;

  const completionText = async (
    request: ModelRequest,
    signal: AbortSignal,
    timeout: number,
  ): Promise<string> => {
    const body = bodyOf(request, config);
    const text = await withSignalOfItsOwn(signal, async (own) => {
      // The client takes whole milliseconds only.
      const options = { signal: own, timeout: Math.ceil(timeout) };
      const response = await client.chat.completions.create(body, options).asResponse();
      return response.text();
    });
    return redactSecrets(text, secrets);
  };

  return {
    id: config.id ?? config.name,
    identity: openAiIdentity(config),
    protocol: config.protocol ?? "native",
    label: config.name,
    async complete(request: ModelRequest, context: PatientContext): Promise<Reply> {
      const timeoutMs = timeoutAfter(context.failures ?? 0, config);
      try {
        const text = await completionText(request, context.signal, timeoutMs);
        reached = true;
        return readCompletion(text);
      } catch (thrown) {
        context.signal.throwIfAborted();
        const said = EndpointError.from(thrown);
        if (said !== undefined) reached = true;
        if (said !== undefined && isContentRefusal(said)) {
          const text = redactSecrets(said.message, secrets);
          return { kind: "refused", text, usage: undefined, retries: [] };
        }
        throw faultOf(said ?? thrown, config, { reached, timeoutMs, nowIso: deps.clock.nowIso() });
      }
    },
  };
}
