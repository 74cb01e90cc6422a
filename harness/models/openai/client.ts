import { setMaxListeners } from "node:events";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";
import OpenAI from "openai";
import { isJsonObject } from "../../lenient-json.ts";
import { endpointOf, type OpenAiConfig } from "./config.ts";

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

/** What the `openai` package calls to send a request. */
type Transport = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * HTTP over Node's own client, for hundreds of calls in flight.
 *
 * Node's fetch gives up on a reply after five minutes whatever the time-out says, which ends long
 * generations; it also costs about a third more CPU a call. Connections are kept alive and never
 * queued: how many calls are in flight is for the limiter to say. The promise resolves when the
 * whole body is there, so the caller's time-out covers it, and a body that breaks off rejects.
 */
function nodeTransport(): Transport {
  const options = { keepAlive: true, maxSockets: Infinity, maxFreeSockets: 1024 };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return (target, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(target instanceof Request ? target.url : target);
      const isSecure = url.protocol === "https:";
      const body = typeof init.body === "string" ? Buffer.from(init.body) : undefined;
      const headers = Object.fromEntries(new Headers(init.headers));
      // A body of unknown length would go out in chunks, which some servers refuse.
      if (body) headers["content-length"] = String(body.length);
      const outgoing = (isSecure ? httpsRequest : httpRequest)(
        url,
        {
          method: init.method ?? "GET",
          headers,
          agent: isSecure ? https : http,
          ...(init.signal ? { signal: init.signal } : {}),
        },
        (incoming) => {
          // It also fails at a status or header that the Fetch standard does not know.
          buffer(incoming)
            .then((whole) => responseOf(incoming, whole))
            .then(resolve, reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
}

function responseOf(incoming: IncomingMessage, body: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const status = incoming.statusCode ?? 0;
  const mayHaveBody = status !== 204 && status !== 205 && status !== 304;
  return new Response(mayHaveBody ? body : null, { status, headers });
}
