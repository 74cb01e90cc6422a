/**
 * Decimal numbers of any length, with the places that POSIX' bc gives every result.
 */

/** A number: `units` divided by ten to the power of `scale`. @typedef {{ units: bigint, scale: number }} Decimal */

/** Something that cannot be calculated. */
export class BcError extends Error {}

/** @param {number | bigint} value @returns {Decimal} */
export const integer = (value) => ({ units: BigInt(value), scale: 0 });
/** @param {boolean} value */
export const truth = (value) => integer(value ? 1 : 0);
const ten = (/** @type {number} */ power) => 10n ** BigInt(power);

/** With so many places, those after them cut off. @param {Decimal} value @param {number} scale @returns {Decimal} */
export function places({ units, scale: had }, scale) {
  return { units: scale >= had ? units * ten(scale - had) : units / ten(had - scale), scale };
}

/** @param {Decimal} a @param {Decimal} b @param {number} scale @returns {Decimal} */
function quotient(a, b, scale) {
  if (b.units === 0n) throw new BcError("divide by zero");
  return { units: (a.units * ten(scale + b.scale)) / (b.units * ten(a.scale)), scale };
}

/** @param {Decimal} value @param {number} scale @returns {Decimal} */
function root(value, scale) {
  if (value.units < 0n) throw new BcError("square root of a negative number");
  const { units } = places(value, 2 * scale);
  if (units === 0n) return { units, scale };
  let guess = ten(Math.ceil(String(units).length / 2));
  for (let next = guess; ; guess = next) {
    next = (guess + units / guess) / 2n;
    if (next >= guess) return { units: guess, scale };
  }
}

/** @param {Decimal} base @param {Decimal} exponent @param {number} scale @returns {Decimal} */
function power(base, exponent, scale) {
  const times = Number(places(exponent, 0).units);
  if (Math.abs(times) > 100_000) throw new BcError("exponent too large");
  const size = Math.abs(times);
  const exact = { units: base.units ** BigInt(size), scale: base.scale * size };
  if (times < 0) return quotient(integer(1), exact, scale);
  return places(exact, Math.min(exact.scale, Math.max(scale, base.scale)));
}

/** @param {string} sign @param {Decimal} a @param {Decimal} b @param {number} scale @returns {Decimal} */
export function combined(sign, a, b, scale) {
  const wide = Math.max(a.scale, b.scale);
  const [left, right] = [places(a, wide).units, places(b, wide).units];
  switch (sign) {
    case "+":
      return { units: left + right, scale: wide };
    case "-":
      return { units: left - right, scale: wide };
    case "*": {
      const exact = { units: a.units * b.units, scale: a.scale + b.scale };
      return places(exact, Math.min(exact.scale, Math.max(scale, wide)));
    }
    case "/":
      return quotient(a, b, scale);
    case "%": {
      const part = quotient(a, b, scale);
      const taken = { units: part.units * b.units, scale: part.scale + b.scale };
      return places(combined("-", a, taken, scale), Math.max(scale + b.scale, a.scale));
    }
    case "^":
      return power(a, b, scale);
    default:
      return truth(compared(sign, left, right));
  }
}

/** @param {string} sign @param {bigint} left @param {bigint} right */
function compared(sign, left, right) {
  switch (sign) {
    case "||":
      return left !== 0n || right !== 0n;
    case "&&":
      return left !== 0n && right !== 0n;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    default:
      return left >= right;
  }
}

/** As bc prints it: without a zero before the point. @param {Decimal} value */
export function printed({ units, scale }) {
  if (units === 0n) return "0";
  const digits = String(units < 0n ? -units : units).padStart(scale, "0");
  const cut = digits.length - scale;
  const text = `${units < 0n ? "-" : ""}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ""}`;
  return (text.match(/.{1,68}/g) ?? []).join("\\\n");
}

/** Functions of one number. @type {Readonly<Record<string, (value: Decimal, scale: number) => Decimal>>} */
export const functions = {
  sqrt: (value, scale) => root(value, Math.max(scale, value.scale)),
  length: ({ units }) => integer(String(units).replace("-", "").length),
  scale: ({ scale }) => integer(scale),
};
