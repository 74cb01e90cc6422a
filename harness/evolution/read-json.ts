import { jsonrepair } from "jsonrepair";
import type { JsonObject } from "../contracts/index.ts";

/** How an object was found in a reply. */
export type JsonReading =
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
 * Reads the JSON object that a model meant.
 *
 * Thoughts, fences and prose around it are overlooked. Broken JSON is mended only where mending adds
 * or removes punctuation and nothing else: every letter and digit must survive in its place, since
 * a mended reply that lost the end of a sentence looks like any other. What was cut off, or has
 * quotes inside strings that nothing escapes, is never mended.
 *
 * @param expected names of which the object has at least one; other objects in the reply are passed over.
 */
export function readJson(reply: string, expected: readonly string[]): JsonReading {
  const text = reply.replace(/^[\s\S]*<\/think>/, "").trim();
  if (text === "")
    return { kind: "unreadable", fault: "empty-reply", problem: "The reply has no text." };

  const whole = parseObject(text);
  if (whole && fits(whole, expected)) return { kind: "read", value: whole, how: "exact" };

  for (let start = text.indexOf("{"); start !== -1; start = text.indexOf("{", start + 1)) {
    const end = endOfObject(text, start);
    if (end === undefined) continue;
    const value = parseObject(text.slice(start, end));
    if (value && fits(value, expected)) {
      const isFenced = /```\w*\s*$/.test(text.slice(0, start));
      return { kind: "read", value, how: isFenced ? "fenced" : "in-prose" };
    }
  }

  const start = firstObjectWith(text, expected);
  if (start === -1)
    return { kind: "unreadable", fault: "not-json", problem: "The reply has no JSON object." };
  const segment = text.slice(start, text.lastIndexOf("}") + 1);
  const isSafe = isBalanced(segment) && !hasStrayQuotes(segment);
  const mended = isSafe ? mend(segment, expected) : undefined;
  if (mended) return { kind: "read", value: mended, how: "mended" };
  return isBalanced(segment)
    ? { kind: "unreadable", fault: "bad-json", problem: parseProblem(segment) }
    : {
        kind: "unreadable",
        fault: "half-json",
        problem: "The JSON object is cut off before its end.",
      };
}

/** As many closing as opening brackets, strings or not: with one missing, the end may be too. */
function isBalanced(text: string): boolean {
  const count = (character: string) => text.split(character).length;
  return text !== "" && count("{") === count("}") && count("[") === count("]");
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
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

function fits(value: JsonObject, expected: readonly string[]): boolean {
  return expected.some((name) => name in value);
}

/** Where the object that opens at `start` closes, strings considered; undefined when it does not. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === "\\") i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return i + 1;
  }
  return undefined;
}

/** The `{` before the first of the expected names, wherever prose put other braces. */
function firstObjectWith(text: string, expected: readonly string[]): number {
  const places = expected
    .map((name) => text.search(new RegExp(`["']?${name}["']?\\s*:`)))
    .filter((place) => place !== -1);
  if (places.length === 0) return -1;
  return text.lastIndexOf("{", Math.min(...places));
}

/**
 * Whether a string ends where no string of JSON can: then a quote inside it was not escaped, and every
 * guess at where it really ends may cut a sentence or make two fields of one.
 */
function hasStrayQuotes(text: string): boolean {
  const strings = /"(?:[^"\\]|\\[\s\S])*"/g;
  return [...text.matchAll(strings)].some((string) => {
    const before = text.slice(0, string.index).trimEnd().slice(-1);
    const after = text
      .slice(string.index + string[0].length)
      .trimStart()
      .slice(0, 1);
    return !/[{[,:]/.test(before) || !/[,:\]}]/.test(after);
  });
}

function mend(segment: string, expected: readonly string[]): JsonObject | undefined {
  let repaired: string;
  try {
    repaired = jsonrepair(segment);
  } catch {
    // Beyond mending: the reply goes back to the model instead.
    return undefined;
  }
  const value = parseObject(repaired);
  if (!value || !fits(value, expected)) return undefined;
  const kept = wordCharacters(JSON.stringify(value));
  return kept === wordCharacters(segment) ? value : undefined;
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

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
