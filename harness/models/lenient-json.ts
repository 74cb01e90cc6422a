import { jsonrepair } from "jsonrepair";
import type { JsonObject } from "../contracts/index.ts";

/** A JSON object found in a model's text, or what is wrong with it. */
export type ObjectReading =
  | { readonly kind: "object"; readonly value: JsonObject; readonly end: number }
  | { readonly kind: "unreadable"; readonly problem: string; readonly end: number };

/** Deeper nesting than this is no tool call; it would overflow whoever walks it later. */
const maxDepth = 64;

/**
 * Reads the JSON object that begins at `start`, as a model writes it.
 *
 * Strict JSON is taken as it is. Otherwise raw newlines and tabs inside strings, invalid escapes
 * such as `\d` (the backslash is kept), trailing commas, single quotes and missing closing braces
 * at the end are put right. A string that never ends is not: what it was cut from is unknown.
 *
 * @param start index of the opening brace.
 * @returns the object, and the index behind it.
 */
export function readObject(text: string, start = 0): ObjectReading {
  const extent = extentOf(text, start);
  if (extent.problem !== undefined)
    return { kind: "unreadable", problem: extent.problem, end: text.length };
  const source = text.slice(start, extent.end) + extent.missing;
  for (const attempt of [asWritten, withStringsMended, withStructureMended]) {
    const value = attempt(source);
    if (value !== undefined) return { kind: "object", value, end: extent.end };
  }
  return { kind: "unreadable", problem: "it is not a JSON object", end: extent.end };
}

function asWritten(source: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function withStringsMended(source: string): JsonObject | undefined {
  return asWritten(mendStrings(source));
}

function withStructureMended(source: string): JsonObject | undefined {
  try {
    return asWritten(jsonrepair(source));
  } catch {
    return undefined;
  }
}

/** Whether parsed JSON is an object and not an array, null or a scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Extent {
  readonly end: number;
  /** Closing brackets that the text lacks. */
  readonly missing: string;
  readonly problem?: string;
}

/** Where the object ends: braces are counted, those inside strings are not. */
function extentOf(text: string, start: number): Extent {
  const open: string[] = [];
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
      if (open.length > maxDepth) return { end: at, missing: "", problem: "it is nested too deep" };
    } else if (char === "}" || char === "]") {
      if (open.pop() !== char)
        return { end: at, missing: "", problem: "its brackets do not match" };
      lastClose = at + 1;
      if (open.length === 0) return { end: lastClose, missing: "" };
    }
  }
  if (inString) return { end: text.length, missing: "", problem: "a string in it never ends" };
  if (open.length === 0) return { end: text.length, missing: "", problem: "there is no object" };
  if (lastClose === start)
    return { end: text.length, missing: "", problem: "its closing brace is missing" };
  return { end: lastClose, missing: open.reverse().join("") };
}

/** Escapes what JSON does not allow inside strings, and drops trailing commas outside of them. */
function mendStrings(source: string): string {
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
