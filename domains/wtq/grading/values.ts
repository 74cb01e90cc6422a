import { normalize } from "./normalize.ts";
import {
  type PythonAmount,
  pythonFloat,
  pythonInteger,
  pythonText,
  truncated,
} from "./python-number.ts";

/** A year, month or day that is not given. */
const UNKNOWN = -1;

/** Two amounts nearer than this are one, and an amount this near to an integer is cut to an integer. */
const TOLERANCE = 1e-6;

/** Larger years are no plain integers to the evaluator, which then stops. */
const LARGEST_YEAR = 2n ** 63n - 1n;

/** One item of an answer: as text, and as the number or date it stands for. */
export type Value =
  | { readonly type: "string"; readonly normalized: string }
  | { readonly type: "number"; readonly normalized: string; readonly amount: PythonAmount }
  | {
      readonly type: "date";
      readonly normalized: string;
      /** Year, month, day; -1 for unknown. */
      readonly ymd: readonly [PythonAmount, PythonAmount, PythonAmount];
    };

/** An item on which the official evaluator stops with an exception, so that it gives no verdict. */
export class EvaluatorStops extends Error {
  override readonly name = "EvaluatorStops";
}

/**
 * Reads an item as number, date or string, in this order, as the official evaluator does.
 *
 * @param text as it is written in the answer.
 * @param canon what CoreNLP made of it; empty or absent means that the text stands for itself.
 * @throws {EvaluatorStops} on integers past the range of a float and years past 64 bits.
 */
export function readValue(text: string, canon?: string | null): Value {
  const meaning = canon ? canon : text;
  if (!couldBeNumberOrDate(meaning)) return { type: "string", normalized: normalize(text) };
  const amount = pythonInteger(meaning) ?? pythonFloat(meaning);
  if (amount !== undefined) return numberOf(amount, text);
  const ymd = dateOf(meaning);
  if (ymd === undefined) return { type: "string", normalized: normalize(text) };
  const [year, month, day] = ymd;
  if (month === UNKNOWN && day === UNKNOWN) return numberOf(year, text);
  if (BigInt(year) > LARGEST_YEAR) throw new EvaluatorStops("a year is too large");
  const spelled = text === "" ? `${orUnknown(year)}-${orUnknown(month)}-${day}` : normalize(text);
  return { type: "date", normalized: spelled, ymd };
}

/** Whether a predicted value answers a target: same text, same amount or same date. */
export function matches(target: Value, predicted: Value): boolean {
  if (target.normalized === predicted.normalized) return true;
  if (target.type === "number" && predicted.type === "number")
    return close(target.amount, predicted.amount);
  return target.type === "date" && predicted.type === "date" && sameDate(target.ymd, predicted.ymd);
}

// Every number and date has a digit of some script or, as a date of unknowns, an x.
function couldBeNumberOrDate(text: string): boolean {
  const first = text.charCodeAt(0);
  const asciiLetter = (first >= 97 && first <= 122) || (first >= 65 && first <= 90);
  return !asciiLetter || first === 120 || first === 88;
}

function numberOf(amount: PythonAmount, text: string): Value {
  const cut = cutToInteger(amount);
  return {
    type: "number",
    normalized: text === "" ? pythonText(cut) : normalize(text),
    amount: cut,
  };
}

function cutToInteger(amount: PythonAmount): PythonAmount {
  if (typeof amount === "bigint") {
    if (!Number.isFinite(Number(amount))) throw new EvaluatorStops("an integer is too large");
    return amount;
  }
  return Math.abs(amount - Math.round(amount)) < TOLERANCE ? truncated(amount) : amount;
}

function dateOf(text: string): readonly [PythonAmount, PythonAmount, PythonAmount] | undefined {
  const parts = text.toLowerCase().split("-");
  const [first, second, third] = parts;
  if (parts.length !== 3 || first === undefined || second === undefined || third === undefined)
    return undefined;
  const year = first === "xxxx" ? UNKNOWN : fieldOf(first);
  const month = fieldOf(second);
  const day = fieldOf(third);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (year === UNKNOWN && month === UNKNOWN && day === UNKNOWN) return undefined;
  if (month !== UNKNOWN && !(month >= 1 && month <= 12)) return undefined;
  if (day !== UNKNOWN && !(day >= 1 && day <= 31)) return undefined;
  return [year, month, day];
}

function fieldOf(text: string): PythonAmount | undefined {
  return text === "xx" ? UNKNOWN : pythonInteger(text);
}

// Only year and month: the evaluator compares the day with a text by mistake and so prints -1.
function orUnknown(field: PythonAmount): string {
  return field === UNKNOWN ? "xx" : String(field);
}

function close(a: PythonAmount, b: PythonAmount): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) < TOLERANCE;
  return a === b;
}

function sameDate(a: readonly PythonAmount[], b: readonly PythonAmount[]): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}
