import { type FormReader, listedCalls, namedCall, objectAt, wholeCall } from "./call.ts";

/** `<|channel|>commentary to=functions.NAME ... <|message|>` before JSON (gpt-oss). */
export const readChannels: FormReader = (text, tools) =>
  [...text.matchAll(/to=([\w.]+)[^{}]{0,200}?<\|message\|>\s*(?=\{)/g)].flatMap((mark) =>
    namedCall(mark[1], objectAt(text, mark.index + mark[0].length), tools),
  );

const beginMark =
  /<[|｜]tool[_▁]call[_▁]begin[|｜]>(?:function<[|｜]tool[_▁]sep[|｜]>)?\s*([\w.]+)(?::\d+)?\s*(?:<[|｜]tool[_▁](?:sep|call[_▁]argument[_▁]begin)[|｜]>)?\s*(?:```(?:json)?\s*)?(?=\{)/g;

/** The `<｜tool▁call▁begin｜>` of DeepSeek and the `<|tool_call_begin|>` of Kimi. */
export const readBeginMarks: FormReader = (text, tools) =>
  [...text.matchAll(beginMark)].flatMap((mark) =>
    namedCall(mark[1], objectAt(text, mark.index + mark[0].length), tools),
  );

/** `[TOOL_CALLS]` before a list, or before a name and JSON (Mistral). */
export const readToolCallsMark: FormReader = (text, tools) =>
  [...text.matchAll(/\[TOOL_CALLS\]\s*/g)].flatMap((mark) => {
    const from = mark.index + mark[0].length;
    const rest = text.slice(from);
    const name = /^([\w.-]+)\s*(?:\[CALL_ID\][\w-]*\s*)?(?:\[ARGS\])?\s*(?=\{)/.exec(rest);
    if (name !== null) return namedCall(name[1], objectAt(text, from + name[0].length), tools);
    const list = /^\[?\s*/.exec(rest);
    return listedCalls(text, from + (list?.[0].length ?? 0), tools);
  });

/** `<|python_tag|>` before JSON or `NAME.call(key="value")` (Llama). */
export const readPythonTags: FormReader = (text, tools) => {
  const mark = /<\|python_tag\|>\s*/.exec(text);
  if (mark === null) return [];
  const from = mark.index + mark[0].length;
  const call = /^(\w+)\.call\(([\s\S]*?)\)\s*(?:<\||$)/.exec(text.slice(from));
  if (call === null) return wholeCall(objectAt(text, from), tools);
  const pairs = (call[2] ?? "").matchAll(/(\w+)\s*=\s*("(?:[^"\\]|\\.)*")/g);
  const value = Object.fromEntries(
    [...pairs].map(([, key = "", quoted = '""']) => [key, unquoted(quoted)]),
  );
  return namedCall(call[1], { value, start: mark.index, end: from + call[0].length }, tools);
};

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    // An escape that JSON does not know: the text is taken as it stands.
    return text.slice(1, -1);
  }
}
