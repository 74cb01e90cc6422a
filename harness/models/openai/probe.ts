import type { Clock, ModelRequest } from "../../contracts/index.ts";
import { InputError, ModelFault } from "../../errors.ts";
import { readReply } from "../../lenient-json.ts";
import { openAiClient } from "./client.ts";
import { type OpenAiConfig, publicEndpoint } from "./config.ts";
import { faultOf } from "./faults.ts";
import { openaiModel } from "./model.ts";

/** An answer that takes longer says nothing about the address, the key or the name. */
const checkMs = 4000;
/** A probe may have to wait until a server has loaded the model. */
const probeMs = 60_000;

interface Deps {
  readonly clock: Clock;
}

/** What an endpoint was found to be. */
export interface EndpointReport {
  readonly endpoint: string;
  /** Undefined where the server does not list them. */
  readonly models: readonly string[] | undefined;
  readonly protocol: "native" | "text";
  /** What the protocol was told from. */
  readonly because: string;
  /** Whether it holds a reply to a JSON schema. */
  readonly takesSchema: boolean;
}

/**
 * Makes sure, within five seconds, that a model can be called: address, key and name.
 *
 * Asks for the list of models; where there is none, or the name is not on it, for a completion of
 * one token, since servers also take names they do not list.
 *
 * @throws {InputError} naming the endpoint, what is wrong and the fix.
 */
export async function checkModel(config: OpenAiConfig, deps: Deps): Promise<void> {
  const startedAt = deps.clock.ticksMs();
  const listed = await listModels(config, deps);
  if (listed?.includes(config.name)) return;
  const leftMs = Math.max(500, checkMs - (deps.clock.ticksMs() - startedAt));
  try {
    await complete(config, deps, oneToken, leftMs);
  } catch (error) {
    if (!(error instanceof ModelFault && isReachable(error, listed)))
      throw inputErrorOf(error, config, listed);
  }
}

/**
 * Looks at an endpoint for `doctor`: whether it answers, what it serves, and whether the model calls
 * tools by itself or needs the text protocol.
 *
 * @throws {InputError} when it cannot be used at all.
 */
export async function probeEndpoint(config: OpenAiConfig, deps: Deps): Promise<EndpointReport> {
  const models = await listModels(config, deps);
  const found = async () => {
    const takesSchema = await holdsToSchema(config, deps);
    return { endpoint: publicEndpoint(config), models, takesSchema };
  };
  try {
    const reply = await complete(config, deps, toolCall, probeMs);
    return reply.kind === "said" && reply.calls.length > 0
      ? { ...(await found()), protocol: "native", because: "it called a tool when asked to" }
      : {
          ...(await found()),
          protocol: "text",
          because: "it took a tool and did not call it when asked to",
        };
  } catch (error) {
    if (!(error instanceof ModelFault) || error.kind !== "permanent" || error.status !== 400)
      throw inputErrorOf(error, config, models);
    // Some servers refuse tools; whether they take anything else is the next question.
    await complete(config, deps, oneToken, probeMs).catch((second: unknown) => {
      throw inputErrorOf(second, config, models);
    });
    return {
      ...(await found()),
      protocol: "text",
      because: `it refuses tools (${error.message})`,
    };
  }
}

/** Whether a request that asks for anything else gets a reply of the form of its schema; a model cannot do that by chance. */
async function holdsToSchema(config: OpenAiConfig, deps: Deps): Promise<boolean> {
  try {
    const reply = await complete({ ...config, jsonSchema: "on" }, deps, shaped, probeMs);
    return reply.kind === "said" && readReply(reply.text, ["polite"]).kind === "read";
  } catch (error) {
    if (error instanceof ModelFault) return false;
    throw error;
  }
}

/** What `doctor` says of an endpoint; throws as `probeEndpoint`. */
export async function describeEndpoint(config: OpenAiConfig, deps: Deps): Promise<string> {
  const { endpoint, models, protocol, because, takesSchema } = await probeEndpoint(config, deps);
  const others = models === undefined ? "" : `; serves ${firstOf(models)}`;
  const declared = config.protocol ?? "native";
  const advice = declared === protocol ? "" : `; set protocol: ${protocol}`;
  const form = takesSchema ? "" : "; does not hold replies to a JSON schema";
  return `${config.name} at ${endpoint} answers, protocol ${protocol}, since ${because}${advice}${form}${others}`;
}

/**
 * What `doctor` says of an endpoint by the first model that it serves.
 *
 * @throws {InputError} as `probeEndpoint`, and where it does not say which models it serves.
 */
export async function describeFirstModel(config: OpenAiConfig, deps: Deps): Promise<string> {
  const [name] = (await listModels(config, deps)) ?? [];
  if (name !== undefined) return describeEndpoint({ ...config, name }, deps);
  throw new InputError({
    where: "OPENAI_BASE_URL",
    problem: "it answers, but does not say which models it serves",
    fix: "Write a models file with their names, and give it with --models.",
  });
}

const hello = [{ role: "user", text: "Say hello." }] as const;
const oneToken: ModelRequest = { messages: hello, tools: [], seed: 0 };
const shaped: ModelRequest = {
  ...oneToken,
  shape: {
    name: "greeting",
    schema: {
      type: "object",
      properties: { polite: { type: "boolean" } },
      required: ["polite"],
      additionalProperties: false,
    },
  },
};
const toolCall: ModelRequest = {
  messages: [{ role: "user", text: 'Call the tool "ping" with the word "hello".' }],
  tools: [
    {
      name: "ping",
      description: "Answers with the word it is given.",
      parameters: {
        type: "object",
        properties: { word: { type: "string" } },
        required: ["word"],
      },
    },
  ],
  seed: 0,
};

/** One attempt with the configuration's own parameters, so that a wrong one shows as well. */
function complete(config: OpenAiConfig, deps: Deps, request: ModelRequest, timeoutMs: number) {
  const newer = config.params !== undefined && "max_completion_tokens" in config.params;
  const limit = request === oneToken ? { [newer ? "max_completion_tokens" : "max_tokens"]: 1 } : {};
  const params = { ...config.params, ...limit };
  const { signal } = new AbortController();
  const context = { unit: "probe", call: 0, signal };
  return openaiModel({ ...config, params, timeoutMs }, deps).complete(request, context);
}

/**
 * The names of the models that an endpoint serves.
 *
 * @returns undefined where the server has no list.
 * @throws {InputError} when there is no answer, or the key is refused.
 */
async function listModels(
  config: OpenAiConfig,
  { clock }: Deps,
): Promise<readonly string[] | undefined> {
  try {
    const page = await openAiClient(config, checkMs).models.list();
    const names = page.data?.map((model) => model.id).filter((name) => typeof name === "string");
    return names === undefined || names.length === 0 ? undefined : names;
  } catch (error) {
    const call = { reached: false, timeoutMs: checkMs, nowIso: clock.nowIso() };
    const fault = faultOf(error, config, call);
    // An answer that is not about the key leaves it to the completion to say what is wrong.
    const isAnswer = fault.status !== undefined && fault.status !== 401 && fault.status !== 403;
    if (isAnswer) return undefined;
    throw inputErrorOf(fault, config, undefined);
  }
}

/** A model that is still loading, busy or particular about parameters can be reached all the same. */
function isReachable(fault: ModelFault, listed: readonly string[] | undefined): boolean {
  if (fault.kind !== "permanent") return listed !== undefined || fault.status !== undefined;
  return fault.status === 400 && /max_(?:completion_)?tokens/.test(fault.message);
}

function inputErrorOf(
  error: unknown,
  config: OpenAiConfig,
  listed: readonly string[] | undefined,
): InputError {
  if (!(error instanceof ModelFault)) throw error;
  const isUnknown = listed !== undefined && error.status === 404;
  const offered = isUnknown ? ` The endpoint serves ${firstOf(listed)}.` : "";
  const fix = error.fix === "" ? "Check that the server is running and answers." : error.fix;
  return new InputError({
    where: `model ${config.id ?? config.name}`,
    problem: error.message.replace(/\.$/, ""),
    fix: `${fix}${offered}`,
  });
}

function firstOf(models: readonly string[]): string {
  return models.slice(0, 8).join(", ") + (models.length > 8 ? ", ..." : "");
}
