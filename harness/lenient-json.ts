import { jsonrepair } from "jsonrepair";
import type { JsonObject } from "./contracts/index.ts";

/** Whether a value is an object and not a list, null or a scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON object found at one place of a text, or what is wrong with it. */
export type ObjectReading =
  | { readonly kind: "object"; readonly value: JsonObject; readonly end: number }
  | { readonly kind: "unreadable"; readonly problem: string; readonly end: number };

/**
 * Reads the JSON object that begins at `start`, as models write the arguments of a tool call.
 *
 * Raw newlines and tabs inside strings, invalid escapes such as `\d` (the backslash is kept), trailing
 * commas, single quotes and missing closing braces at the end are put right. A string that never ends
 * is not: what it was cut from is unknown.
 *
 * @param start index of the opening brace.
 * @returns the object, and the index behind it.
 */
export function readObject(text: string, start = 0): ObjectReading {
  const extent = extentOf(text, start);
  if (extent.problem !== undefined)
    return { kind: "unreadable", problem: extent.problem, end: text.length };
  const source = text.slice(start, extent.end) + extent.missing;
  const value = parsed(source) ?? parsed(withStringsMended(source)) ?? structureMended(source);
  return value === undefined
    ? { kind: "unreadable", problem: "it is not a JSON object", end: extent.end }
    : { kind: "object", value, end: extent.end };
}

/** Not where quotes inside a string stand as they are: mending would end the string at the first of them. */
function structureMended(source: string): JsonObject | undefined {
  const isCut = /^\{\s*"/.test(source) && hasStrayQuotes(source);
  return isCut ? undefined : parsed(withStructureMended(source));
}

/** The object that a whole reply is about, or why there is none. */
export type ReplyReading =
  | {
      readonly kind: "read";
      readonly value: JsonObject;
      /** What had to be overlooked; `exact` means nothing. */
      readonly how: "exact" | "fenced" | "in-prose" | "mended";
    }
  | {
      readonly kind: "unreadable";
      readonly fault: "empty-reply" | "not-json" | "half-json" | "bad-json";
      readonly problem: string;
    };

/**
 * Reads the JSON object that a reply was asked to be.
 *
 * Thoughts, fences and prose around it are overlooked. Broken JSON is mended only where mending adds
 * or removes punctuation and nothing else: every letter and digit must survive in its place, since
 * a mended reply that lost the end of a sentence looks like any other. What was cut off, or has
 * quotes inside strings that nothing escapes, is never mended.
 *
 * @param expected names of which the object has at least one; other objects in the reply are passed over.
 */
export function readReply(reply: string, expected: readonly string[]): ReplyReading {
  const unreadable = (
    fault: Extract<ReplyReading, { kind: "unreadable" }>["fault"],
    problem: string,
  ) => ({ kind: "unreadable", fault, problem }) as const;
  const text = withoutThoughts(reply);
  if (text === "") return unreadable("empty-reply", "The reply has no text.");

  const fits = (value: JsonObject | undefined): value is JsonObject =>
    value !== undefined && expected.some((name) => name in value);
  const whole = parsed(text);
  if (fits(whole)) return { kind: "read", value: whole, how: "exact" };
  for (let start = text.indexOf("{"); start !== -1; start = text.indexOf("{", start + 1)) {
    const { end, missing, problem } = extentOf(text, start);
    const value =
      problem === undefined && missing === "" ? parsed(text.slice(start, end)) : undefined;
    if (!fits(value)) continue;
    const isFenced = /```\w*\s*$/.test(text.slice(0, start));
    return { kind: "read", value, how: isFenced ? "fenced" : "in-prose" };
  }

  const start = firstObjectWith(text, expected);
  if (start === -1) return unreadable("not-json", "The reply has no JSON object.");
  const segment = text.slice(start, text.lastIndexOf("}") + 1);
  if (!isBalanced(segment))
    return unreadable("half-json", "The JSON object is cut off before its end.");
  const mended = hasStrayQuotes(segment) ? undefined : parsed(withStructureMended(segment));
  if (fits(mended) && wordCharacters(JSON.stringify(mended)) === wordCharacters(segment))
    return { kind: "read", value: mended, how: "mended" };
  return unreadable("bad-json", parseProblem(segment));
}

/** A reply without the thoughts before it and the white space around it. */
export function withoutThoughts(reply: string): string {
  return reply.replace(/^[\s\S]*<\/think>/, "").trim();
}

function parsed(source: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not JSON as it stands: the caller goes on to the next way of reading it.
    return undefined;
  }
}

function parseProblem(text: string): string {
  try {
    JSON.parse(text);
    return "The JSON object lacks the fields that were asked for.";
  } catch (error) {
    return `The JSON does not parse: ${error instanceof Error ? error.message : String(error)}. Quotes inside strings need a backslash.`;
  }
}

/** The text with quotes, commas and brackets put right; as it is where it is beyond that. */
function withStructureMended(source: string): string {
  try {
    return jsonrepair(source);
  } catch {
    return source;
  }
}

/** Escapes what JSON does not allow inside strings, and drops trailing commas outside of them. */
function withStringsMended(source: string): string {
  let result = "";
  let inString = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? "";
    if (!inString) {
      if (char === '"') inString = true;
      if (char === "}" || char === "]") result = result.replace(/,\s*$/, "");
      result += char;
    } else if (char === '"') {
      inString = false;
      result += char;
    } else if (char === "\\") {
      if (/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(source.slice(at, at + 6)))
        result += char + source[++at];
      else result += "\\\\";
    } else {
      result += char < " " ? JSON.stringify(char).slice(1, -1) : char;
    }
  }
  return result;
}

/** Deeper nesting than this is no answer and no tool call; it would overflow whoever walks it later. */
const MAX_DEPTH = 64;

interface Extent {
  readonly end: number;
  /** Closing brackets that the text lacks. */
  readonly missing: string;
  readonly problem?: string;
}

/** Where the object ends: brackets are counted, those inside strings are not. */
function extentOf(text: string, start: number): Extent {
  const open: string[] = [];
  const wrong = (problem: string, end = text.length) => ({ end, missing: "", problem });
  let inString = false;
  let lastClose = start;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") {
      open.push(char === "{" ? "}" : "]");
      if (open.length > MAX_DEPTH) return wrong("it is nested too deep", at);
    } else if (char === "}" || char === "]") {
      if (open.pop() !== char) return wrong("its brackets do not match", at);
      lastClose = at + 1;
      if (open.length === 0) return { end: lastClose, missing: "" };
    }
  }
  if (inString) return wrong("a string in it never ends");
  if (open.length === 0) return wrong("there is no object");
  if (lastClose === start) return wrong("its closing brace is missing");
  return { end: lastClose, missing: open.reverse().join("") };
}

/** As many closing as opening brackets, strings or not: with one missing, the end may be too. */
function isBalanced(text: string): boolean {
  const count = (character: string) => text.split(character).length;
  return text !== "" && count("{") === count("}") && count("[") === count("]");
}

/** The `{` before the first of the expected names, wherever prose put other braces. */
function firstObjectWith(text: string, expected: readonly string[]): number {
  const places = expected
    .map((name) => text.search(new RegExp(`["']?${name}["']?\\s*:`)))
    .filter((place) => place !== -1);
  return places.length === 0 ? -1 : text.lastIndexOf("{", Math.min(...places));
}

/**
 * Whether a string ends where no string of JSON can: then a quote inside it was not escaped, and every
 * guess at where it really ends may cut a sentence or make two fields of one.
 */
function hasStrayQuotes(text: string): boolean {
  return [...text.matchAll(/"(?:[^"\\]|\\[\s\S])*"/g)].some(({ 0: string, index }) => {
    const before = text.slice(0, index).trimEnd().slice(-1);
    const after = text
      .slice(index + string.length)
      .trimStart()
      .slice(0, 1);
    return !/[{[,:]/.test(before) || !/[,:\]}]/.test(after);
  });
}

/** Letters and digits in order, escapes of white space left out: what a mended text must have kept. */
function wordCharacters(json: string): string {
  return json
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/\\[nrtbf]/g, " ")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
