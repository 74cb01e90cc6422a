import { setMaxListeners } from "node:events";
import OpenAI from "openai";
import { isJsonObject } from "../../lenient-json.ts";
import { endpointOf, type OpenAiConfig } from "./config.ts";
import { nodeTransport, type Transport } from "./transport.ts";

/** One set of kept connections for all clients of a process. */
const transport: Transport = nodeTransport();

/**
 * The package keeps an error's words only where they stand in a field `error`; older vLLM, FastAPI
 * and others send them bare.
 */
const sendKeepingErrors: Transport = async (url, init) => {
  const response = await transport(url, init);
  if (response.ok) return response;
  const { status, headers } = response;
  const text = await response.text();
  return new Response(withErrorField(text), { status, headers });
};

function withErrorField(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) && "error" in body ? text : JSON.stringify({ error: body });
  } catch {
    return text;
  }
}

/**
 * The `openai` package's client for an endpoint, which does nothing by itself: no retries, no log,
 * no environment variables.
 *
 * @param timeoutMs for a call, to the last byte of its reply.
 */
export function openAiClient(config: OpenAiConfig, timeoutMs: number): OpenAI {
  return new OpenAI({
    apiKey: config.apiKey ?? "none",
    baseURL: endpointOf(config),
    // A server without keys may still refuse a wrong one.
    ...(config.apiKey === undefined ? { defaultHeaders: { authorization: null } } : {}),
    organization: null,
    project: null,
    webhookSecret: null,
    adminAPIKey: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: "off",
    fetch: sendKeepingErrors,
  });
}

/**
 * Runs a call of the `openai` package with a signal that is forgotten with it.
 *
 * The client never takes its listener off a signal, and a study has one signal for all of its calls.
 */
export async function withSignalOfItsOwn<Result>(
  signal: AbortSignal,
  run: (own: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  // Node warns of more than ten listeners, which hundreds of calls in flight have.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
