import OpenAI from "openai";
import type { Json } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import { isJsonObject } from "../../lenient-json.ts";

/** What a failed call is told apart by. */
export interface FaultPlace {
  readonly endpoint: string;
  readonly model: string;
  /** Whether the endpoint has ever answered us. */
  readonly reached: boolean;
  readonly timeoutMs: number;
  /** Wall time, ISO 8601, to read a Retry-After that is a date. */
  readonly nowIso: string;
}

/** What an endpoint said went wrong. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";
  readonly status: number | undefined;
  readonly code: string;
  readonly retryAfter: string | undefined;

  constructor(said: {
    status: number | undefined;
    code: string;
    message: string;
    retryAfter?: string | undefined;
    cause?: unknown;
  }) {
    super(said.message, { cause: said.cause });
    this.status = said.status;
    this.code = said.code;
    this.retryAfter = said.retryAfter;
  }

  /** An error object that came with status 200, as gateways send when the model behind them fails. */
  static inBody(error: Json): EndpointError {
    const status = isJsonObject(error) ? Number(error["code"] ?? error["status"]) : Number.NaN;
    return new EndpointError({
      status: Number.isInteger(status) && status >= 400 ? status : undefined,
      ...wordsOf(error),
    });
  }

  /** An error of the `openai` package, or undefined for one without a status. */
  static fromClient(error: unknown): EndpointError | undefined {
    if (!(error instanceof OpenAI.APIError) || error.status === undefined) return undefined;
    const retryAfterMs = error.headers?.get("retry-after-ms");
    const retryAfter = retryAfterMs
      ? String(Number(retryAfterMs) / 1000)
      : (error.headers?.get("retry-after") ?? undefined);
    // A body that is not JSON stands in the message, behind the status.
    const body = error.error ?? error.message.replace(/^\d+\s*(?:status code \(no body\))?/, "");
    const words = wordsOf(body as Json);
    return new EndpointError({ status: error.status, ...words, retryAfter, cause: error });
  }
}

/** Servers put the words at several depths: `{error: {message, code}}`, `{error: "..."}`, `{message}`. */
function wordsOf(error: Json): { readonly code: string; readonly message: string } {
  if (typeof error === "string") return { code: "", message: firstLines(error) };
  if (!isJsonObject(error)) return { code: "", message: firstLines(JSON.stringify(error)) };
  const inner = error["error"];
  if (isJsonObject(inner) || typeof inner === "string") return wordsOf(inner);
  const said = error["message"] ?? error["detail"] ?? error["title"];
  const metadata = error["metadata"];
  // OpenRouter says "Provider returned error" and puts the provider's own words beside it.
  const raw = isJsonObject(metadata) ? metadata["raw"] : undefined;
  const message = typeof said === "string" ? said : JSON.stringify(error);
  const more = typeof raw === "string" ? ` ${raw}` : "";
  const code = [error["code"], error["type"], error["param"]];
  if (isJsonObject(metadata) && Array.isArray(metadata["reasons"])) code.push("moderation");
  return {
    code: code.filter((part) => typeof part === "string").join(" "),
    message: firstLines(message + more),
  };
}

function firstLines(text: string): string {
  const line = text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > 400 ? `${line.slice(0, 400)}...` : line;
}

/** Whether a provider's filter refused what was asked; that ends the episode, not the study. */
export function isContentRefusal(error: EndpointError): boolean {
  return (
    /content_filter|content_policy|moderation/i.test(error.code) ||
    (error.status === 403 && /flagged|moderation/i.test(error.message))
  );
}

/**
 * The words by which servers say that a conversation is too long: OpenAI (`context_length_exceeded`),
 * vLLM ("maximum context length is"), llama.cpp (`exceed_context_size_error`), Ollama ("exceeds the
 * context length"), OpenRouter ("maximum context length"), LM Studio, TGI and others.
 */
const contextLength =
  /context_length_exceeded|exceed_context_size|string_above_max_length|context (?:length|window|size)|prompt is too long|input is too long|(?:input|prompt) length .{0,60}exceed|`?inputs`? (?:tokens \+|must have less than)|maximum (?:input|prompt|context) (?:length|tokens)|too many (?:input )?tokens|reduce the length/i;

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the host is not known",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "the connection timed out",
};

const wrongAddress: Readonly<Record<string, string>> = {
  ERR_INVALID_URL: "is no URL",
  ERR_INVALID_PROTOCOL: "the base URL begins with neither http: nor https:",
  EPROTO: "the server does not speak TLS, so the base URL should begin with http:",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another host",
  CERT_HAS_EXPIRED: "the certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate cannot be verified",
};

/** Classifies whatever a call threw; the one place where that is decided. */
export function faultOf(error: unknown, at: FaultPlace): ModelFault {
  if (error instanceof ModelFault) return error;
  const said = error instanceof EndpointError ? error : EndpointError.fromClient(error);
  return said === undefined ? connectionFault(error, at) : saidFault(said, at);
}

function saidFault(error: EndpointError, at: FaultPlace): ModelFault {
  const { status } = error;
  const words = error.message === "" ? "" : `: ${error.message}`;
  const message = `${at.endpoint} answered ${status ?? "with an error"}${words}`;
  const fault = (kind: ModelFault["kind"], fix?: string) =>
    new ModelFault({
      kind,
      message,
      status,
      retryAfterMs: retryAfterMs(error.retryAfter, at.nowIso),
      cause: error,
      ...(fix === undefined ? {} : { fix }),
    });

  const isAboutTheRequest = status === undefined || [400, 413, 422, 500].includes(status);
  if (isAboutTheRequest && contextLength.test(`${error.code} ${error.message}`))
    return fault("context-length");
  if (/insufficient_quota|billing_not_active/.test(error.code))
    return fault("permanent", "Add credit to the account of this API key, or use another key.");
  switch (status) {
    case undefined:
    case 408:
    case 409:
    case 425:
    case 429:
      return fault("transient");
    case 401:
    case 403:
      return fault("permanent", `Check the API key for ${at.endpoint} and what it may use.`);
    case 402:
      return fault("permanent", "Add credit to the account of this API key, or use another key.");
    case 404:
      return fault(
        "permanent",
        `Check the model name ${JSON.stringify(at.model)} and the base URL, which usually ends in /v1.`,
      );
    default:
      if (status >= 500) return fault("transient");
      if (status < 400)
        return fault("permanent", "Write the address that this one redirects to as the base URL.");
      return fault("permanent", fixOfBadRequest(error.message, at));
  }
}

function fixOfBadRequest(message: string, at: FaultPlace): string {
  const model = JSON.stringify(at.model);
  if (/\btools?\b/i.test(message) && /support|choice|enable/i.test(message))
    return `Set protocol: text for the model ${model}, or let its server parse tool calls.`;
  if (/\bseed\b/i.test(message)) return `Set sendSeed: false for the model ${model}.`;
  return `Check the name and the parameters of the model ${model}.`;
}

function connectionFault(error: unknown, at: FaultPlace): ModelFault {
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    const message = `${at.endpoint} gave no reply within ${at.timeoutMs / 1000} s`;
    return new ModelFault({ kind: "transient", message, cause: error });
  }
  const code = codeOf(error);
  const known = wrongAddress[code] ?? unreachable[code];
  const message = `${at.endpoint}: ${known ?? `the connection failed (${rootMessage(error)})`}`;
  const isPermanent = code in wrongAddress || (!at.reached && code in unreachable);
  if (!isPermanent) return new ModelFault({ kind: "transient", message, cause: error });
  const fix = "Check the base URL and that the server is running.";
  return new ModelFault({ kind: "permanent", message, fix, cause: error });
}

/** The code of the system's error that is at the root of what was thrown. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return "";
}

function rootMessage(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return firstLines(at instanceof Error ? at.message : String(at));
}

/** Retry-After as milliseconds: a number of seconds, or an HTTP date. */
function retryAfterMs(value: string | undefined, nowIso: string): number | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const waitMs = instantOf(value) - instantOf(nowIso);
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

function instantOf(written: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: reading a written date reads no clock.
  return Date.parse(written);
}
