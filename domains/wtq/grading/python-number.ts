import { plainWhite, strip } from "../python-text.ts";
import { digitValue } from "./unicode-5-2.ts";

/**
 * An integer beyond the safe range is a bigint; every other amount is a number. Integers of the two
 * kinds are therefore never equal.
 */
export type PythonAmount = number | bigint;

const integer = /^[+-]? *[0-9]+$/;
const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const ascii = /^\p{ASCII}*$/u;

/**
 * What Python 2.7's `int` makes of a text: base 10, white space around and after the sign, decimal
 * digits of any script.
 *
 * @returns undefined where Python raises.
 */
export function pythonInteger(text: string): PythonAmount | undefined {
  const plain = plainDigits(text);
  if (!integer.test(plain)) return undefined;
  const digits = plain.replaceAll(" ", "");
  return digits.length < 16 ? Number(digits) + 0 : narrowed(bigintOf(digits));
}

/**
 * What Python 2.7's `float` makes of a text.
 *
 * @returns undefined where Python raises, and for infinities and NaN, which the evaluator refuses.
 */
export function pythonFloat(text: string): number | undefined {
  const plain = plainDigits(text);
  if (!decimal.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * The whole part of an integral float, exactly.
 *
 * @param value finite.
 */
export function truncated(value: number): PythonAmount {
  const whole = Math.trunc(value);
  // Adding 0 turns -0 into 0.
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

/** `unicode(amount)` of Python 2.7: floats to 12 significant digits. */
export function pythonText(amount: PythonAmount): string {
  if (typeof amount === "bigint" || Number.isInteger(amount)) return String(amount);
  const [mantissa = "", exponent = "0"] = amount.toExponential(11).split("e");
  const power = Number(exponent);
  const digits = mantissa.replace(/\.?0+$/, "");
  if (power < -4 || power >= 12) {
    const sign = power < 0 ? "-" : "+";
    return `${digits}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const fixed = amount.toFixed(Math.max(0, 11 - power));
  return fixed.includes(".") ? fixed.replace(/0+$/, "").replace(/\.$/, ".0") : `${fixed}.0`;
}

/** The text with its outer white space gone, inner white space as spaces and all digits as 0-9. */
function plainDigits(text: string): string {
  const bare = strip(text);
  if (ascii.test(bare)) return integer.test(bare) ? bare : plainWhite(bare);
  let result = "";
  for (const character of plainWhite(bare)) result += digitValue(character) ?? character;
  return result;
}

function bigintOf(digits: string): bigint {
  const magnitude = BigInt(digits.replace(/^[+-]/, ""));
  return digits.startsWith("-") ? -magnitude : magnitude;
}

function narrowed(value: bigint): PythonAmount {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number + 0 : value;
}
