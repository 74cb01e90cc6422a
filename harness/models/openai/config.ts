import type { Json, JsonObject, Model } from "../../contracts/index.ts";
import type { Price } from "../spent.ts";

/** A model behind an OpenAI-compatible endpoint. */
export interface OpenAiConfig {
  readonly provider: "openai";
  /** What the study calls it by. @default `name` */
  readonly id?: string;
  /** What the endpoint calls it by. */
  readonly name: string;
  /** @default "https://api.openai.com/v1" */
  readonly baseURL?: string;
  /** The key itself, resolved by whoever reads the environment; never part of the identity. */
  readonly apiKey?: string;
  /** Fields of the request such as `temperature` or `max_tokens`; sent exactly as they stand. */
  readonly params?: JsonObject;
  /** Fields that only some servers know, such as `top_k` or `chat_template_kwargs`. */
  readonly extraBody?: JsonObject;
  /** @default "native" */
  readonly protocol?: Model["protocol"];
  /** Whether the episode's seed is sent; false for endpoints that refuse the field. @default true */
  readonly sendSeed?: boolean;
  /** Unknown when it is not given. */
  readonly price?: Price;
  /**
   * For a whole call, to the last byte of its reply. A call that hangs is known by nothing else, so without
   * this a first attempt has a minute and every further one twice as long as that before it, at most ten
   * minutes. Set it for a model that thinks for longer: what is cut off is paid for.
   */
  readonly timeoutMs?: number;
  /** Calls in flight at most. @default 128 */
  readonly concurrency?: number;
}

/** Defaults of an endpoint's limits. */
export const openAiDefaults = {
  baseURL: "https://api.openai.com/v1",
  timeoutMs: 60_000,
  longestMs: 600_000,
  concurrency: 128,
} as const;

/** Milliseconds that a call may take after so many failed attempts. */
export function timeoutAfter(failures: number, config: Pick<OpenAiConfig, "timeoutMs">): number {
  const { timeoutMs, longestMs } = openAiDefaults;
  return config.timeoutMs ?? Math.min(longestMs, timeoutMs * 2 ** failures);
}

/** The address that calls go to, without a slash at its end. */
export function endpointOf(config: OpenAiConfig): string {
  return (config.baseURL ?? openAiDefaults.baseURL).replace(/\/+$/, "");
}

/** The endpoint as it may be printed and stored: no user, no password, no query. */
export function publicEndpoint(config: OpenAiConfig): string {
  try {
    const url = new URL(endpointOf(config));
    return `${url.protocol}//${url.host}${url.pathname}`.replace(/\/+$/, "");
  } catch {
    return "the base URL";
  }
}

/** Everything that decides what an endpoint's model answers, and nothing secret. */
export function openAiIdentity(config: OpenAiConfig): JsonObject {
  const identity: Record<string, Json> = {
    provider: config.provider,
    name: config.name,
    endpoint: publicEndpoint(config),
    protocol: config.protocol ?? "native",
    params: config.params ?? {},
    extraBody: config.extraBody ?? {},
    sendSeed: config.sendSeed ?? true,
  };
  return identity;
}

/** What must never be shown or stored: the key, and a password in the address. */
export function secretsOf(config: OpenAiConfig): readonly string[] {
  const secrets = [config.apiKey ?? ""];
  if (URL.canParse(endpointOf(config))) {
    const url = new URL(endpointOf(config));
    secrets.push(url.password, decodeURIComponent(url.password), ...url.searchParams.values());
  }
  return secrets.filter((secret) => secret !== "");
}

/** Shorter ones are stand-ins such as `EMPTY`, which a model may well say. */
const shortestSecret = 8;

/** The text with every secret replaced, as it stands and as it would stand in JSON. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    result = result.replaceAll(secret, "[secret]");
    const escaped = JSON.stringify(secret).slice(1, -1);
    if (escaped !== secret) result = result.replaceAll(escaped, "[secret]");
  }
  return result;
}
