import OpenAI from "openai";
import type { Json } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import { isJsonObject } from "../../lenient-json.ts";
import { type OpenAiConfig, publicEndpoint, redactSecrets, secretsOf } from "./config.ts";

/** What a failed call is told apart by. */
interface FailedCall {
  /** Whether the endpoint has ever answered us. */
  readonly reached: boolean;
  readonly timeoutMs: number;
  /** Wall time, ISO 8601, to read a Retry-After that is a date. */
  readonly nowIso: string;
}

interface FaultPlace extends FailedCall {
  readonly endpoint: string;
  readonly model: string;
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
  }) {
    super(said.message);
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

  /** What was thrown, where it or an error of the `openai` package has an endpoint's words. */
  static from(error: unknown): EndpointError | undefined {
    if (error instanceof EndpointError) return error;
    if (!(error instanceof OpenAI.APIError) || error.status === undefined) return undefined;
    const retryAfterMs = error.headers?.get("retry-after-ms");
    const retryAfter = retryAfterMs
      ? String(Number(retryAfterMs) / 1000)
      : (error.headers?.get("retry-after") ?? undefined);
    // A body that is not JSON stands in the message, behind the status.
    const body = error.error ?? error.message.replace(/^\d+\s*(?:status code \(no body\))?/, "");
    const words = wordsOf(body as Json);
    return new EndpointError({ status: error.status, ...words, retryAfter });
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

/** Whether the form that was asked for is what an endpoint does not take; it may well take the request without it. */
export function isShapeRefusal({ status, code, message }: EndpointError): boolean {
  return (
    (status === 400 || status === 422 || status === 501) &&
    /response_?format|json_?schema|structured[ _]?output|guided|grammar/i.test(`${code} ${message}`)
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

/**
 * Classifies whatever a call threw; the one place where that is decided.
 *
 * @returns a fault without its cause, which holds headers and bodies, and with no secret in its message.
 */
export function faultOf(error: unknown, config: OpenAiConfig, call: FailedCall): ModelFault {
  const at = { ...call, endpoint: publicEndpoint(config), model: config.name };
  const fault = error instanceof ModelFault ? error : classified(error, at);
  return fault.worded(redactSecrets(fault.message, secretsOf(config)));
}

function classified(error: unknown, at: FaultPlace): ModelFault {
  const said = EndpointError.from(error);
  if (said === undefined) return connectionFault(error, at);
  const { status } = said;
  const words = said.message === "" ? "" : `: ${said.message}`;
  return new ModelFault({
    ...meaningOf(said, at),
    message: `${at.endpoint} answered ${status ?? "with an error"}${words}`,
    status,
    retryAfterMs: retryAfterMs(said.retryAfter, at.nowIso),
  });
}

/** What kind of fault an endpoint's words are, and what to do about a permanent one. */
function meaningOf(said: EndpointError, at: FaultPlace): Pick<ModelFault, "kind" | "fix"> {
  const { status, code, message } = said;
  const isAboutTheRequest = status === undefined || [400, 413, 422, 500].includes(status);
  if (isAboutTheRequest && contextLength.test(`${code} ${message}`))
    return { kind: "context-length", fix: "" };
  const isUnpaid = status === 402 || /insufficient_quota|billing_not_active/.test(code);
  if (isUnpaid) {
    const fix = "Add credit to the account of this API key, or use another key.";
    return { kind: "permanent", fix };
  }
  const mayPass = status === undefined || status >= 500 || [408, 409, 425, 429].includes(status);
  if (mayPass) return { kind: "transient", fix: "" };
  return { kind: "permanent", fix: fixOf(status, message, at) };
}

function fixOf(status: number, message: string, at: FaultPlace): string {
  const model = JSON.stringify(at.model);
  if (status < 400) return "Write the address that this one redirects to as the base URL.";
  if (status === 401 || status === 403)
    return `Check the API key for ${at.endpoint} and what it may use.`;
  if (status === 404)
    return `Check the model name ${model} and the base URL, which usually ends in /v1.`;
  if (/\btools?\b/i.test(message) && /support|choice|enable/i.test(message))
    return `Set protocol: text for the model ${model}, or let its server parse tool calls.`;
  if (/\bseed\b/i.test(message)) return `Set sendSeed: false for the model ${model}.`;
  if (/response_?format|json_?schema/i.test(message))
    return `Set jsonSchema: off for the model ${model}.`;
  return `Check the name and the parameters of the model ${model}.`;
}

function connectionFault(error: unknown, at: FaultPlace): ModelFault {
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    const message = `${at.endpoint} gave no reply within ${at.timeoutMs / 1000} s`;
    return new ModelFault({ kind: "transient", message });
  }
  const code = codeOf(error);
  const known = wrongAddress[code] ?? unreachable[code];
  const message = `${at.endpoint}: ${known ?? `the connection failed (${rootMessage(error)})`}`;
  const isPermanent = code in wrongAddress || (!at.reached && code in unreachable);
  if (!isPermanent) return new ModelFault({ kind: "transient", message });
  const fix = "Check the base URL and that the server is running.";
  return new ModelFault({ kind: "permanent", message, fix });
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
