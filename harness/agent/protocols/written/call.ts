import type { Json, JsonObject, ToolSpec } from "../../../contracts/index.ts";
import { isJsonObject, readObject } from "../../../lenient-json.ts";

/** A call as it was understood. */
export interface WrittenCall {
  readonly name: string;
  readonly arguments: JsonObject;
}

/** A stretch of a text, in characters. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A call of one of the tools, and where in the text it stands. */
export interface PlacedCall extends WrittenCall, Stretch {}

/** Reads the calls that are written in one form, in order. Pure; gives none where the form is not used. */
export type FormReader = (text: string, tools: readonly ToolSpec[]) => readonly PlacedCall[];

const nameKeys = ["name", "tool", "tool_name", "function", "action"];
const argumentKeys = ["arguments", "args", "parameters", "input", "action_input"];

/** Takes one object as a call, in the spellings that models use: names of keys differ, meaning does not. */
export function callIn(object: JsonObject): WrittenCall | { readonly problem: string } {
  const inner = object["function"];
  // The wire form of OpenAI: {"type": "function", "function": {"name": ..., "arguments": ...}}.
  const value = isJsonObject(inner) ? inner : object;
  const nameKey = nameKeys.find((key) => typeof value[key] === "string");
  if (nameKey === undefined) return { problem: 'it has no "name"' };
  const { [nameKey]: name, ...beside } = value;
  const argumentKey = argumentKeys.find((key) => key in value);
  // Models also put the arguments beside the name.
  const args = argumentKey === undefined ? beside : argumentsIn(value[argumentKey] ?? null);
  return args === undefined
    ? { problem: '"arguments" is not a JSON object' }
    : { name: String(name), arguments: args };
}

/** Arguments may be an object, or an object encoded as text once more. */
function argumentsIn(given: Json): JsonObject | undefined {
  if (given === null) return {};
  if (isJsonObject(given)) return given;
  return typeof given === "string" ? objectAt(given.trim(), 0)?.value : undefined;
}

/** An object and where it stands. */
interface PlacedObject extends Stretch {
  readonly value: JsonObject;
}

/** The object that begins at this very place. */
export function objectAt(text: string, start: number): PlacedObject | undefined {
  if (text[start] !== "{") return undefined;
  const read = readObject(text, start);
  return read.kind === "object" ? { value: read.value, start, end: read.end } : undefined;
}

/** A call as one object, name and arguments in it. */
export function wholeCall(
  read: PlacedObject | undefined,
  tools: readonly ToolSpec[],
): readonly PlacedCall[] {
  const call = read === undefined ? undefined : callIn(read.value);
  if (read === undefined || call === undefined || "problem" in call) return [];
  return namedCall(call.name, { ...read, value: call.arguments }, tools);
}

/** Calls as objects one after the other from `start` on, with nothing but commas between them. */
export function listedCalls(
  text: string,
  start: number,
  tools: readonly ToolSpec[],
): readonly PlacedCall[] {
  const calls: PlacedCall[] = [];
  for (let at = start; ; ) {
    const [call] = wholeCall(objectAt(text, at), tools);
    if (call === undefined) return calls;
    calls.push(call);
    const gap = /^[\s,]*(?=\{)/.exec(text.slice(call.end));
    if (gap === null) return calls;
    at = call.end + gap[0].length;
  }
}

/** A call whose name stands outside its arguments. */
export function namedCall(
  name: string | undefined,
  args: PlacedObject | undefined,
  tools: readonly ToolSpec[],
): readonly PlacedCall[] {
  const tool = toolCalled(name, tools);
  if (tool === undefined || args === undefined) return [];
  return [{ name: tool.name, arguments: args.value, start: args.start, end: args.end }];
}

/** An object without a name is a call of the one tool whose parameters it has. */
export function namelessCall(
  read: PlacedObject,
  tools: readonly ToolSpec[],
): readonly PlacedCall[] {
  const keys = Object.keys(read.value);
  const fitting = tools.filter((tool) => {
    const known = Object.keys(propertiesOf(tool));
    return keys.length > 0 && keys.every((key) => known.includes(key));
  });
  return fitting.length === 1 ? namedCall(fitting[0]?.name, read, tools) : [];
}

/** The tool that was meant: prefixes such as `functions.` and marks after the name are taken away. */
function toolCalled(name: string | undefined, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const plain = (name ?? "")
    .replace(/<\|[\s\S]*$/, "")
    .replace(/^(?:functions?|tools?)[.:]/, "")
    .trim()
    .toLowerCase();
  return tools.find((tool) => tool.name.toLowerCase() === plain);
}

/** The only parameter of a tool; undefined where it has none or several. */
export function soleParameter(
  name: string | undefined,
  tools: readonly ToolSpec[],
): string | undefined {
  const tool = toolCalled(name, tools);
  const keys = tool === undefined ? [] : Object.keys(propertiesOf(tool));
  return keys.length === 1 ? keys[0] : undefined;
}

function propertiesOf(tool: ToolSpec): JsonObject {
  const properties = tool.parameters["properties"];
  return isJsonObject(properties) ? properties : {};
}
