import { strip } from "../../shared/python-text.ts";

/** Longer integers Python 3.11 refuses to convert. */
const mostDigits = 4300;
const integer = /^[+-]?[0-9]+(?:_[0-9]+)*$/;
const decimal =
  /^[+-]?(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?$/;
const special = /^([+-]?)(?:(inf|infinity)|nan)$/i;

/**
 * `int(text)` of Python 3.11: white space around it, underscores between digits, digits of any script.
 *
 * @returns undefined where Python raises ValueError.
 */
export function pythonInt(text: string): bigint | undefined {
  if (/^[0-9]{1,15}$/.test(text)) return BigInt(Number(text));
  const plain = plainDigits(text);
  if (!integer.test(plain)) return undefined;
  const digits = plain.replace(/^[+-]/, "").replaceAll("_", "");
  if (digits.length > mostDigits) return undefined;
  return plain.startsWith("-") ? -BigInt(digits) : BigInt(digits);
}

/**
 * `float(text)` of Python 3.11, with its names of infinity and NaN.
 *
 * @returns undefined where Python raises ValueError.
 */
export function pythonFloat(text: string): number | undefined {
  const plain = plainDigits(text);
  if (decimal.test(plain)) return Number(plain.replaceAll("_", ""));
  const named = special.exec(plain);
  if (named === null) return undefined;
  if (named[2] === undefined) return Number.NaN;
  return named[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * The text without outer white space, all digits as 0-9. In a text of ASCII alone only C's white space
 * counts, in any other also the separators U+001C to U+001F and Unicode's.
 */
function plainDigits(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, "");
  let plain = "";
  for (const character of strip(text)) plain += digitValue(character) ?? character;
  return plain;
}

const decimalDigit = /^\p{Nd}$/u;

/** The value of a decimal digit of any script, or undefined. */
function digitValue(character: string): number | undefined {
  if (!decimalDigit.test(character)) return undefined;
  const code = character.codePointAt(0) ?? 0;
  // Digits stand in runs of ten from 0 to 9; the mathematical ones in five runs one after the other.
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  let first = code;
  while (decimalDigit.test(String.fromCodePoint(first - 1)) && code - first < 9) first--;
  return code - first;
}

const tiesToEven: Readonly<Record<string, string>> = {
  "0.125": "12",
  "0.375": "38",
  "0.625": "62",
  "0.875": "88",
};

/**
 * `round(value, 2)` of Python: the decimal nearest to the binary value, exact ties to even.
 *
 * `toFixed` rounds the binary value correctly but takes ties up, so exact ties are found first. A
 * binary fraction is half-way between two hundredths only at an odd eighth.
 */
export function round2(value: number): number {
  // Beyond this a double has no second decimal, and toFixed no digits.
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const whole = Math.trunc(value);
  const tie = tiesToEven[String(Math.abs(value - whole))];
  if (tie !== undefined) return Number(`${value < 0 ? "-" : ""}${Math.abs(whole)}.${tie}`);
  const rounded = Number(value.toFixed(2));
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

/** `round(value)` of Python: ties to even. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const above = value - floor;
  if (above !== 0.5) return above < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
