import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A tool call as a completion holds it; `arguments` is sent as it is, so it can be bad. */
export interface WireCall {
  readonly id?: string;
  readonly name: string;
  readonly arguments: unknown;
}

/** What the endpoint does with one request. */
export type Answer =
  | {
      readonly kind: "say";
      readonly text?: string | null;
      readonly calls?: readonly WireCall[];
      readonly finish?: string;
      readonly usage?: object | null;
      /** Put over the fields of the message. */
      readonly message?: object;
    }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly error?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Status 200 with these bytes. */
  | { readonly kind: "body"; readonly body: string }
  /** Sends half of a body of announced length and cuts the connection. */
  | { readonly kind: "cut" }
  /** Sends half of such a body and then nothing more. */
  | { readonly kind: "stall" }
  /** Cuts the connection without a word. */
  | { readonly kind: "reset" }
  | { readonly kind: "hang" };

/** A request as it came in. */
export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was sent.
  readonly body: any;
}

/** A loopback endpoint that speaks OpenAI's chat completions. */
export interface Endpoint {
  /** Ends in `/v1`. */
  readonly url: string;
  /** Completions that were asked for, in order. */
  readonly received: readonly Received[];
  peakInFlight(): number;
  close(): Promise<void>;
}

/** How an endpoint behaves. */
export interface EndpointOptions {
  /** Asked for each completion; `n` counts from 0. Whoever is not in the list gets a plain "ok". */
  readonly answer?: (request: Received, n: number) => Answer;
  readonly latencyMs?: number;
  /** Refuses every other key. */
  readonly key?: string;
  /** The list of models, or `false` for a server that has none. @default ["test-model"] */
  readonly models?: readonly string[] | false;
  /** Names besides those listed that it takes. */
  readonly unlisted?: readonly string[];
}

/** Starts an endpoint on a free port of the loopback interface. */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const models = options.models ?? ["test-model"];
  let inFlight = 0;
  let peak = 0;

  const server = createServer((request, response) => {
    void serve(request, response);
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textOf(request);
    const { authorization } = request.headers;
    if (options.key !== undefined && authorization !== `Bearer ${options.key}`) {
      const message = `Incorrect API key provided: ${authorization?.slice("Bearer ".length)}`;
      return sendJson(response, 401, { error: { message, code: "invalid_api_key" } });
    }
    if (request.url === "/v1/models" && models !== false) {
      return sendJson(response, 200, { object: "list", data: models.map((id) => ({ id })) });
    }
    if (request.url !== "/v1/chat/completions") {
      return sendJson(response, 404, { error: { message: `no route ${request.url}` } });
    }
    const asked = { path: request.url, authorization, body: JSON.parse(text) };
    const n = received.push(asked) - 1;
    const names = [...(models || ["test-model"]), ...(options.unlisted ?? [])];
    inFlight++;
    peak = Math.max(peak, inFlight);
    response.on("close", () => {
      inFlight--;
    });
    if (options.latencyMs) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    if (!names.includes(asked.body.model)) {
      const message = `The model \`${asked.body.model}\` does not exist`;
      return sendJson(response, 404, { error: { message, code: "model_not_found" } });
    }
    give(response, options.answer?.(asked, n) ?? { kind: "say", text: "ok" });
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    peakInFlight: () => peak,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function give(response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case "say":
      sendJson(response, 200, completionOf(answer));
      return;
    case "status": {
      for (const [name, value] of Object.entries(answer.headers ?? {}))
        response.setHeader(name, value);
      if (typeof answer.error === "string") {
        response.writeHead(answer.status, { "content-type": "text/html" });
        response.end(answer.error);
        return;
      }
      sendJson(response, answer.status, answer.error ?? { error: { message: "it failed" } });
      return;
    }
    case "body":
      response.writeHead(200, { "content-type": "application/json" });
      response.end(answer.body);
      return;
    case "cut":
    case "stall": {
      const body = JSON.stringify(completionOf({ kind: "say", text: "never whole" }));
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": body.length,
      });
      response.write(body.slice(0, body.length / 2), () => {
        if (answer.kind === "cut") response.destroy();
      });
      return;
    }
    case "reset":
      response.destroy();
      return;
    case "hang":
      return;
  }
}

function completionOf(answer: Extract<Answer, { kind: "say" }>): object {
  const calls = answer.calls?.map((call, index) => ({
    id: call.id ?? `call_${index}`,
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  }));
  const usage =
    answer.usage === undefined
      ? { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
      : answer.usage;
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model: "test-model",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: answer.text === undefined ? null : answer.text,
          ...(calls ? { tool_calls: calls } : {}),
          ...answer.message,
        },
        finish_reason: answer.finish ?? (calls ? "tool_calls" : "stop"),
      },
    ],
    ...(usage === null ? {} : { usage }),
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
