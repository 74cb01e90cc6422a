import type { Clock, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { seededRng } from "../../rng.ts";
import type { ModelDeps } from "../provider.ts";
import { Gate, limited } from "../wrappers/limited.ts";
import { retrying } from "../wrappers/retrying.ts";
import type { PatientContext } from "../wrappers/waits.ts";
import { watched } from "../wrappers/watched.ts";
import { workOf } from "../wrappers/work.ts";
import { openAiClient, withSignalOfItsOwn } from "./client.ts";
import {
  endpointOf,
  type OpenAiConfig,
  openAiDefaults,
  openAiIdentity,
  redactSecrets,
  secretsOf,
} from "./config.ts";
import { EndpointError, faultOf, isContentRefusal, isShapeRefusal } from "./faults.ts";
import { Pace } from "./pace.ts";
import { readCompletion } from "./reply.ts";
import { bodyOf } from "./request.ts";

/** A model that finds out how many calls its endpoint takes, and tries transient faults again. */
export function openEndpoint(
  config: OpenAiConfig,
  { clock, calls, gates = new Map() }: Pick<ModelDeps, "clock" | "calls" | "gates">,
): Model {
  const endpoint = openaiModel(config, { clock });
  const most = config.concurrency ?? openAiDefaults.concurrency;
  const place = `${endpointOf(config)} ${config.name} ${most}`;
  const gate = gates.get(place) ?? new Gate(clock, most);
  gates.set(place, gate);
  // Back-off is no part of a result; the start time keeps processes apart that share an endpoint.
  const rng = seededRng(`${endpoint.id} ${clock.nowIso()}`);
  return retrying(limited(watched(endpoint, calls), gate), { clock, rng });
}

/**
 * A model behind any endpoint that speaks OpenAI's chat completions.
 *
 * One attempt a call: retries and limits are wrappers. The key is in no reply and in no fault. A form of reply
 * that the endpoint refuses is left out, of this request and of all later ones that have it.
 */
export function openaiModel(config: OpenAiConfig, { clock }: { readonly clock: Clock }): Model {
  const pace = new Pace(config);
  const client = openAiClient(config, pace.timeoutMs());
  const secrets = secretsOf(config);
  const isShaped = (config.jsonSchema ?? "auto") !== "off";
  const refusedShapes = new Set<string>();
  let reached = false;

  const send = async (
    request: ModelRequest,
    signal: AbortSignal,
    timeout: number,
  ): Promise<Reply> => {
    const sentAt = clock.ticksMs();
    const body = bodyOf(request, config);
    const text = await withSignalOfItsOwn(signal, async (own) => {
      const response = await client.chat.completions
        .create(body, { signal: own, timeout })
        .asResponse();
      return response.text();
    });
    reached = true;
    const reply = readCompletion(redactSecrets(text, secrets));
    pace.answered(clock.ticksMs() - sentAt, reply.usage, workOf(reply.usage));
    return reply;
  };

  const shaped = ({ shape, ...request }: ModelRequest): ModelRequest =>
    shape !== undefined && isShaped && !refusedShapes.has(shape.name)
      ? { ...request, shape }
      : request;

  const complete = async (asked: ModelRequest, context: PatientContext): Promise<Reply> => {
    const request = shaped(asked);
    const timeoutMs = pace.timeoutMs(context.failures);
    try {
      return await send(request, context.signal, timeoutMs);
    } catch (thrown) {
      context.signal.throwIfAborted();
      const said = EndpointError.from(thrown);
      if (said !== undefined) reached = true;
      if (said !== undefined && isContentRefusal(said)) {
        const text = redactSecrets(said.message, secrets);
        return { kind: "refused", text, usage: undefined, retries: [] };
      }
      const isOptional = request.shape !== undefined && config.jsonSchema !== "on";
      if (isOptional && said !== undefined && isShapeRefusal(said)) {
        refusedShapes.add(request.shape.name);
        return complete(request, context);
      }
      throw faultOf(said ?? thrown, config, { reached, timeoutMs, nowIso: clock.nowIso() });
    }
  };

  return {
    id: config.id ?? config.name,
    identity: openAiIdentity(config),
    protocol: config.protocol ?? "native",
    label: config.name,
    complete,
  };
}
