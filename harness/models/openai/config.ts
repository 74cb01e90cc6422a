import { z } from "zod";
import type { JsonObject } from "../../contracts/index.ts";

const wireParams: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** The shape of a model behind an OpenAI-compatible endpoint, under `models:` of a study. */
export const openAiSchema = z.strictObject({
  provider: z.literal("openai"),
  /** What the endpoint calls it by. */
  name: z.string().min(1),
  /** @default `OPENAI_BASE_URL`, else "https://api.openai.com/v1" */
  baseURL: z.url({ protocol: /^https?$/ }).optional(),
  /** The environment variable that holds the key. @default OPENAI_API_KEY */
  apiKeyEnv: z.string().min(1).optional(),
  /** Fields of the request such as `temperature` or `max_tokens`; sent exactly as they stand. */
  params: wireParams.optional(),
  /** Fields that only some servers know, such as `top_k` or `chat_template_kwargs`. */
  extraBody: wireParams.optional(),
  /** @default "native" */
  protocol: z.enum(["native", "text"]).optional(),
  /** Whether the episode's seed is sent; false for endpoints that refuse the field. @default true */
  sendSeed: z.boolean().optional(),
  /** USD per million tokens. Without it the cost is unknown. */
  price: z
    .strictObject({
      input: z.number().nonnegative(),
      output: z.number().nonnegative(),
      cachedInput: z.number().nonnegative().optional(),
    })
    .optional(),
  /**
   * Whether a reply of a known form is asked for by its JSON schema (`response_format`). By `auto` it is,
   * until the endpoint refuses it. @default "auto"
   */
  jsonSchema: z.enum(["auto", "on", "off"]).optional(),
  /**
   * For a whole call, to the last byte of its reply. Without it the endpoint's own pace decides (`pace.ts`).
   * What is cut off is paid for.
   */
  timeoutMs: z.number().int().positive().optional(),
  /** Calls in flight at most. @default 128 */
  concurrency: z.number().int().positive().optional(),
});

/** What a study writes of a model behind an endpoint. */
export type OpenAiEntry = z.infer<typeof openAiSchema>;

/** A model behind an endpoint, with what its entry leaves to the environment. */
export interface OpenAiConfig extends Readonly<Omit<OpenAiEntry, "apiKeyEnv">> {
  /** What the study calls it by. @default `name` */
  readonly id?: string | undefined;
  /** The key itself; never part of the identity. */
  readonly apiKey?: string | undefined;
}

/** Defaults of an endpoint's limits. */
export const openAiDefaults = {
  baseURL: "https://api.openai.com/v1",
  concurrency: 128,
} as const;

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
  const { jsonSchema = "auto" } = config;
  return {
    provider: config.provider,
    name: config.name,
    endpoint: publicEndpoint(config),
    protocol: config.protocol ?? "native",
    params: config.params ?? {},
    extraBody: config.extraBody ?? {},
    sendSeed: config.sendSeed ?? true,
    // By itself it only holds a reply to the form that its prompt asks for; set by hand it is an experiment.
    ...(jsonSchema === "auto" ? {} : { jsonSchema }),
  };
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
