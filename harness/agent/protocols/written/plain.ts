import type { ToolSpec } from "../../../contracts/index.ts";
import {
  type FormReader,
  listedCalls,
  namedCall,
  namelessCall,
  objectAt,
  type PlacedCall,
  soleParameter,
  wholeCall,
} from "./call.ts";

/** `Action:` before JSON with or without a name, or before a name and `Action Input:` (ReAct). */
export const readActions: FormReader = (text, tools) => {
  const reAct =
    /\baction[ \t]*:[ \t*`]*([\w.-]+)[ \t*`]*\r?\n\s*action[ _]input[ \t]*:\s*(?:```(?:json)?\s*)?/i.exec(
      text,
    );
  if (reAct !== null) return inputOf(reAct[1], text, reAct.index + reAct[0].length, tools);
  for (const mark of text.matchAll(/\baction[ \t]*:[\s*_`]*(?:json\s+)?(?=\{)/gi)) {
    const read = objectAt(text, mark.index + mark[0].length);
    const [call] =
      read === undefined ? [] : [...wholeCall(read, tools), ...namelessCall(read, tools)];
    if (call !== undefined) return [call];
  }
  return [];
};

/** The input of a named action: an object, or the rest of a line for a tool with one parameter. */
function inputOf(
  name: string | undefined,
  text: string,
  start: number,
  tools: readonly ToolSpec[],
): readonly PlacedCall[] {
  const read = objectAt(text, start);
  if (read !== undefined) return namedCall(name, read, tools);
  const line = /^[^\n]*/.exec(text.slice(start))?.[0] ?? "";
  const only = soleParameter(name, tools);
  if (only === undefined || line.trim() === "") return [];
  return namedCall(
    name,
    { value: { [only]: line.trim() }, start, end: start + line.length },
    tools,
  );
}

const jsonFence = /```[ \t]*(?:json[c5]?|tool_calls?|tool_code|tool)?[ \t]*\r?\n?\s*\[?\s*(?=\{)/gi;

/** The object of a native call, or a list of them, in a fence (Qwen2.5-Coder and many small models). */
export const readFencedJson: FormReader = (text, tools) =>
  [...text.matchAll(jsonFence)].flatMap((mark) =>
    listedCalls(text, mark.index + mark[0].length, tools).map((call) => {
      const close = /^[\s\]]*```/.exec(text.slice(call.end));
      return { ...call, end: call.end + (close?.[0].length ?? 0) };
    }),
  );

/** The object of a native call as it is, at the beginning of a line. */
export const readBareJson: FormReader = (text, tools) => {
  const calls: PlacedCall[] = [];
  for (const mark of text.matchAll(/^[ \t>*-]*\[?(?=\{)/gm)) {
    const from = mark.index + mark[0].length;
    if (from < (calls.at(-1)?.end ?? 0)) continue;
    calls.push(...listedCalls(text, from, tools));
  }
  return calls;
};

const openingOfCall =
  /\{\s*"(?:name|tool)"\s*:\s*"([\w.-]+)"\s*,\s*"(?:arguments|args|parameters|input)"\s*:\s*\{\s*"(\w+)"\s*:\s*"/g;
const endOfCall = /"\s*\}\s*\}(?=\s*(?:$|\n|```|<))/;

/**
 * The object of a call whose one argument has quotes that nothing escapes, such as a script in a script.
 *
 * Only for the one parameter of a tool: then all up to the closing braces at the end of a line is its value.
 */
export const readStrayQuotes: FormReader = (text, tools) =>
  [...text.matchAll(openingOfCall)].flatMap((opening) => {
    const [whole, name, parameter = ""] = opening;
    if (parameter !== soleParameter(name, tools)) return [];
    const rest = text.slice(opening.index + whole.length);
    const closing = endOfCall.exec(rest);
    if (closing === null) return [];
    const raw = rest.slice(0, closing.index);
    const escaped = raw.replace(/\\[\s\S]|"/g, (found) => (found === '"' ? '\\"' : found));
    const value = objectAt(`{"${parameter}": "${escaped}"}`, 0)?.value;
    if (value === undefined) return [];
    const end = opening.index + whole.length + closing.index + closing[0].length;
    return namedCall(name, { value, start: opening.index, end }, tools);
  });

/** One fenced shell script and no other fence. */
export const readBashFence: FormReader = (text, tools) => {
  const fences = [...text.matchAll(/```[ \t]*(\w*)[ \t]*\r?\n([\s\S]*?)(?:\r?\n)?```/g)];
  const [only] = fences;
  if (only === undefined || fences.length > 1) return [];
  const [whole, language = "", script = ""] = only;
  if (!/^(?:bash|sh|shell|console)$/i.test(language)) return [];
  const command = script.replace(/^\$ /gm, "").trim();
  if (command === "") return [];
  const place = { start: only.index, end: only.index + whole.length };
  return namedCall("bash", { value: { command }, ...place }, tools);
};
