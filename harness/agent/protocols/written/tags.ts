import type { JsonObject, ToolSpec } from "../../../contracts/index.ts";
import {
  type FormReader,
  listedCalls,
  namedCall,
  objectAt,
  type PlacedCall,
  type Stretch,
} from "./call.ts";

/** `<tool_call>` around JSON (Hermes, Qwen), keys and values (GLM), or a function tag (Qwen3-Coder). */
export const readToolCallTags: FormReader = (text, tools) =>
  blocksIn(text, /<tool_call>\s*/g, /<\/tool_call>/).flatMap((block) => {
    const { inner } = block;
    if (inner.startsWith("<function="))
      return readFunctionTags(inner, tools).map((call) => placed(call, block));
    const keyed = /^([\w.-]+)\s*<arg_key>/.exec(inner);
    if (keyed !== null)
      return namedCall(keyed[1], { value: keysAndValues(inner), ...block }, tools);
    return listedCalls(inner, 0, tools).map((call) => placed(call, block));
  });

/** `<function=NAME>` around JSON (Llama) or around parameter tags (Qwen3-Coder). */
export const readFunctionTags: FormReader = (text, tools) =>
  blocksIn(text, /<function=([\w.-]+)>\s*/g, /<\/function>/).flatMap((block) => {
    const { name, inner } = block;
    const value = inner.startsWith("{")
      ? objectAt(inner, 0)?.value
      : parametersIn(inner, /<parameter=([\w.-]+)>/g);
    return calledIn(block, name, value, tools);
  });

/** `<invoke name="NAME">` around parameter tags (MiniMax, DeepSeek 3.2, and others). */
export const readInvokeTags: FormReader = (text, tools) =>
  blocksIn(text, /<(?:｜DSML｜)?invoke name="([\w.-]+)">\s*/g, /<\/(?:｜DSML｜)?invoke>/).flatMap(
    (block) => {
      const value = parametersIn(block.inner, /<(?:｜DSML｜)?parameter name="([\w.-]+)"[^>]*>/g);
      return calledIn(block, block.name, value, tools);
    },
  );

interface Block extends Stretch {
  /** What the opening tag names. */
  readonly name: string | undefined;
  readonly inner: string;
}

/** Stretches from an opening tag through its end; one that is never closed ends with the text. */
function blocksIn(text: string, open: RegExp, close: RegExp): Block[] {
  return [...text.matchAll(open)].map((mark) => {
    const from = mark.index + mark[0].length;
    const rest = text.slice(from);
    const closing = close.exec(rest);
    const inner = closing === null ? rest : rest.slice(0, closing.index);
    const end = from + inner.length + (closing?.[0].length ?? 0);
    return { name: mark[1], inner, start: mark.index, end };
  });
}

function calledIn(
  { start, end }: Stretch,
  name: string | undefined,
  value: JsonObject | undefined,
  tools: readonly ToolSpec[],
): readonly PlacedCall[] {
  return namedCall(name, value === undefined ? undefined : { value, start, end }, tools);
}

function placed(call: PlacedCall, { start, end }: Stretch): PlacedCall {
  return { ...call, start, end };
}

function keysAndValues(inner: string): JsonObject {
  const pair = /<arg_key>([\s\S]*?)<\/arg_key>\s*<arg_value>([\s\S]*?)<\/arg_value>/g;
  return Object.fromEntries(
    [...inner.matchAll(pair)].map(([, key = "", value = ""]) => [key.trim(), value]),
  );
}

/** The texts between parameter tags; one line end at both sides is the tag's. */
function parametersIn(inner: string, open: RegExp): JsonObject {
  const marks = [...inner.matchAll(open)];
  return Object.fromEntries(
    marks.map((mark, i) => {
      const from = mark.index + mark[0].length;
      const rest = inner.slice(from, marks[i + 1]?.index ?? inner.length);
      const value = rest.replace(/<\/(?:｜DSML｜)?parameter>[\s\S]*$/, "");
      return [mark[1] ?? "", value.replace(/^\r?\n|\r?\n\s*$/g, "")];
    }),
  );
}
