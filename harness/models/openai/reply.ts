import type { Finish, JsonObject, Reply, ToolCall, Usage } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import { isJsonObject, readObject } from "../../lenient-json.ts";
import { EndpointError } from "./faults.ts";

/**
 * Reads the body of a chat completion as servers really write it.
 *
 * @param body the text of a reply with status 200.
 * @throws {ModelFault} transient when there is no completion in it: worth asking again.
 * @throws {EndpointError} when the body is an error that was sent with status 200.
 */
export function readCompletion(body: string): Reply {
  const completion = parsed(body);
  const choices = completion["choices"];
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  const error = completion["error"] ?? (isJsonObject(choice) ? choice["error"] : undefined);
  if (isJsonObject(error) || typeof error === "string") throw EndpointError.inBody(error);
  const message = isJsonObject(choice) ? choice["message"] : undefined;
  if (!isJsonObject(choice) || !isJsonObject(message))
    throw transient("the completion has no choices");

  const usage = usageOf(completion);
  const raw = typeof choice["finish_reason"] === "string" ? choice["finish_reason"] : "";
  if (raw === "error") throw transient('the completion ended with finish reason "error"');
  const text = textOf(message["content"]);
  const refusal = message["refusal"];
  if (typeof refusal === "string" && refusal !== "")
    return { kind: "refused", text: refusal, usage, retries: [] };
  if (raw === "content_filter") return { kind: "refused", text, usage, retries: [] };

  const calls: ToolCall[] = [];
  const cut = raw === "length" ? " (the reply was cut off at the limit of its length)" : "";
  for (const wire of wireCalls(message)) {
    const call = callOf(wire, calls);
    if (typeof call === "string") {
      const problem = `${call}${cut}`;
      const said = JSON.stringify(wire);
      const unread = text === "" ? said : `${text}\n${said}`;
      return { kind: "malformed", problem, raw: unread, usage, retries: [] };
    }
    calls.push(call);
  }
  return { kind: "said", text, calls, finish: finishOf(raw, calls), usage, retries: [] };
}

function parsed(body: string): JsonObject {
  if (body.trim() === "") throw transient("the reply is empty");
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    const what = /^\s*</.test(body) ? "an HTML page" : "not JSON";
    throw transient(`the reply is ${what}: ${excerpt(body)}`, cause);
  }
  if (!isJsonObject(value)) throw transient(`the reply is not a completion: ${excerpt(body)}`);
  return value;
}

function transient(problem: string, cause?: unknown): ModelFault {
  return new ModelFault({ kind: "transient", message: problem, status: 200, cause });
}

function excerpt(body: string): string {
  const line = body.replace(/\s+/g, " ").trim();
  return JSON.stringify(line.length > 120 ? `${line.slice(0, 120)}...` : line);
}

/** Content is text, null beside tool calls, or a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  const texts = content.map((part) => (isJsonObject(part) ? part["text"] : part));
  return texts.filter((text) => typeof text === "string").join("");
}

function wireCalls(message: JsonObject): readonly unknown[] {
  const calls = message["tool_calls"];
  if (Array.isArray(calls) && calls.length > 0) return calls;
  // The form before tool calls, which some servers still speak.
  const single = message["function_call"];
  return isJsonObject(single) ? [{ function: single }] : [];
}

/** @returns the call, or what is wrong with it. */
function callOf(wire: unknown, before: readonly ToolCall[]): ToolCall | string {
  const called = isJsonObject(wire) ? (wire["function"] ?? wire) : undefined;
  if (!isJsonObject(wire) || !isJsonObject(called)) return "a tool call in it has no function";
  const name = called["name"];
  if (typeof name !== "string" || name === "") return "a tool call in it has no name";
  const args = argumentsOf(called["arguments"]);
  if (args === undefined) return `the arguments of ${name} are not a JSON object`;
  const given = wire["id"];
  const taken = (id: string) => before.some((call) => call.id === id);
  const id = typeof given === "string" && given !== "" ? given : `call_${before.length}`;
  return { id: taken(id) ? `${id}_${before.length}` : id, name, arguments: args };
}

function argumentsOf(given: unknown): JsonObject | undefined {
  if (given === undefined || given === null) return {};
  const text = typeof given === "string" ? given.trim() : JSON.stringify(given);
  if (text === "") return {};
  const reading = readObject(text);
  return reading.kind === "object" ? reading.value : undefined;
}

/** Why a reply ended, by the words of servers. */
const finishReasons = new Map<string, Finish["reason"]>([
  ["length", "length"],
  ["max_tokens", "length"],
  ["tool_calls", "tool-calls"],
  ["function_call", "tool-calls"],
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
]);

function finishOf(raw: string, calls: readonly ToolCall[]): Finish {
  const reason = finishReasons.get(raw) ?? "other";
  return { reason: reason === "stop" && calls.length > 0 ? "tool-calls" : reason, raw };
}

/** Counts as the provider gave them; without both of the main ones there are none. */
function usageOf(completion: JsonObject): Usage | undefined {
  const usage = completion["usage"];
  if (!isJsonObject(usage)) return undefined;
  const inputTokens = usage["prompt_tokens"];
  const outputTokens = usage["completion_tokens"];
  if (!isCount(inputTokens) || !isCount(outputTokens)) return undefined;
  const cached = cachedTokens(usage, completion["timings"]);
  if (cached === undefined) return { inputTokens, outputTokens };
  return { inputTokens, outputTokens, cachedInputTokens: Math.min(cached, inputTokens) };
}

/** OpenAI's, vLLM's and the later llama.cpp's count; DeepSeek's; that of an earlier llama.cpp. */
function cachedTokens(usage: JsonObject, timings: unknown): number | undefined {
  const details = usage["prompt_tokens_details"];
  return [
    isJsonObject(details) ? details["cached_tokens"] : undefined,
    usage["prompt_cache_hit_tokens"],
    isJsonObject(timings) ? timings["cache_n"] : undefined,
  ].find(isCount);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
