/** Sums, rounding and other arithmetic. */

import {
  areaArgument,
  criterionOf,
  define,
  gridOf,
  numberOr,
  numbersOf,
  whole,
} from "./arguments.mjs";
import { Area, errors, finite, Grid, power, toNumber, XlError } from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const maths = new Map();

/** @typedef {import("./evaluate.mjs").Context} Context */

/** @param {readonly number[]} numbers */
export function total(numbers) {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

define(maths, "SUM", "r", 1, 255, (args, context) => finite(total(numbersOf(args, context))));
define(maths, "SUMSQ", "r", 1, 255, (args, context) =>
  total(numbersOf(args, context).map((x) => x * x)),
);
define(maths, "PRODUCT", "r", 1, 255, (args, context) => {
  const numbers = numbersOf(args, context);
  return numbers.length === 0 ? 0 : finite(numbers.reduce((product, x) => product * x, 1));
});
define(maths, "SUMPRODUCT", "a", 1, 255, (args, context) => {
  const grids = args.map((arg) => gridOf(arg, context));
  const [first] = grids;
  if (
    first === undefined ||
    grids.some((grid) => grid.rows !== first.rows || grid.columns !== first.columns)
  )
    return errors.value;
  let sum = 0;
  for (let i = 0; i < first.data.length; i++) {
    let product = 1;
    for (const grid of grids) {
      const item = grid.data[i];
      if (item instanceof XlError) throw item;
      product *= typeof item === "number" ? item : 0;
    }
    sum += product;
  }
  return finite(sum);
});

/**
 * The values of `target` where every criterion is met at the same place of its range.
 *
 * @param {any} target
 * @param {any[]} pairs range and criterion in turn
 * @param {Context} context
 * @returns {import("./values.mjs").Scalar[]}
 */
export function chosen(target, pairs, context) {
  const area = areaArgument(target);
  const first = areaArgument(pairs[0]);
  const tests = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const range = areaArgument(pairs[i]);
    if (range.rows !== first.rows || range.columns !== first.columns) throw errors.value;
    tests.push({ grid: context.calc.grid(range), meets: criterionOf(pairs[i + 1]) });
  }
  const values = context.calc.grid(area);
  const found = [];
  const [{ grid: leading } = { grid: values }] = tests;
  for (let r = 0; r < Math.max(leading.rows, 0); r++)
    for (let c = 0; c < leading.columns; c++)
      if (tests.every(({ grid, meets }) => meets(grid.at(r, c))))
        found.push(r < values.rows && c < values.columns ? values.at(r, c) : null);
  return found;
}

/** @param {readonly import("./values.mjs").Scalar[]} values */
export function onlyNumbers(values) {
  for (const value of values) if (value instanceof XlError) throw value;
  return values.filter((value) => typeof value === "number");
}

/** The target of SUMIF has the shape of its range, whatever was written. @param {any} range @param {any} target */
export function sameShape(range, target) {
  const from = areaArgument(range);
  if (target === undefined) return from;
  const { sheet, r1, c1 } = areaArgument(target);
  return new Area(sheet, r1, c1, r1 + from.rows - 1, c1 + from.columns - 1);
}

define(maths, "SUMIF", "rer", 2, 3, ([range, criterion, target], context) =>
  finite(total(onlyNumbers(chosen(sameShape(range, target), [range, criterion], context)))),
);
define(maths, "SUMIFS", `r${"re".repeat(126)}`, 3, 253, ([target, ...pairs], context) => {
  if (areaArgument(target).rows !== areaArgument(pairs[0]).rows) return errors.value;
  return finite(total(onlyNumbers(chosen(target, pairs, context))));
});

/** @param {(number: number, factor: number) => number} round */
function rounding(round) {
  return (/** @type {any[]} */ [value, digits]) => {
    const number = toNumber(value);
    const places = whole(digits);
    if (places > 15) return number;
    if (places < -15) return 0;
    return finite(scaled(number, places, round));
  };
}

/** Through the number's decimal digits, since 1.005 times 100 is a little less than 100.5. @param {number} number @param {number} places @param {(number: number) => number} round */
function scaled(number, places, round) {
  const shifted = Number(`${Number(Math.abs(number).toPrecision(15))}e${places}`);
  if (!Number.isFinite(shifted)) return number;
  return Math.sign(number) * Number(`${round(Number(shifted.toPrecision(15)))}e${-places}`);
}
define(
  maths,
  "ROUND",
  "v",
  2,
  2,
  rounding((x) => Math.floor(x + 0.5)),
);
define(maths, "ROUNDUP", "v", 1, 2, rounding(Math.ceil));
define(maths, "ROUNDDOWN TRUNC", "v", 1, 2, rounding(Math.floor));
define(maths, "INT", "v", 1, 1, ([value]) => Math.floor(toNumber(value)));
define(maths, "MROUND", "v", 2, 2, ([value, multiple]) => {
  const [x, m] = [toNumber(value), toNumber(multiple)];
  if (m === 0) return 0;
  if (x * m < 0) return errors.num;
  return scaled(Math.floor(Number((x / m).toPrecision(15)) + 0.5) * m, 12, Math.round);
});

/** @param {(x: number) => number} round @param {number} standard */
function multiples(round, standard) {
  return (/** @type {any[]} */ [value, step]) => {
    const [x, m] = [toNumber(value), numberOr(step, standard)];
    if (x === 0 || m === 0) return 0;
    return Number((round(Number((x / m).toPrecision(15))) * m).toPrecision(15));
  };
}
define(maths, "CEILING", "v", 1, 2, ([value, step]) => {
  if (toNumber(value) > 0 && numberOr(step, 1) < 0) return errors.num;
  return multiples(Math.ceil, 1)([value, step]);
});
define(maths, "FLOOR", "v", 1, 2, ([value, step]) => {
  if (toNumber(value) > 0 && numberOr(step, 1) < 0) return errors.num;
  if (numberOr(step, 1) === 0) return errors.div;
  return multiples(Math.floor, 1)([value, step]);
});
define(maths, "CEILING.MATH CEILING.PRECISE ISO.CEILING", "v", 1, 3, ([value, step, mode]) => {
  const away = numberOr(mode, 0) !== 0 && toNumber(value) < 0;
  return multiples(away ? Math.floor : Math.ceil, 1)([value, Math.abs(numberOr(step, 1))]);
});
define(maths, "FLOOR.MATH FLOOR.PRECISE", "v", 1, 3, ([value, step, mode]) => {
  const away = numberOr(mode, 0) !== 0 && toNumber(value) < 0;
  return multiples(away ? Math.ceil : Math.floor, 1)([value, Math.abs(numberOr(step, 1))]);
});
define(
  maths,
  "EVEN",
  "v",
  1,
  1,
  ([value]) => Math.sign(toNumber(value)) * 2 * Math.ceil(Math.abs(toNumber(value)) / 2),
);
define(maths, "ODD", "v", 1, 1, ([value]) => {
  const x = toNumber(value);
  return (x < 0 ? -1 : 1) * (2 * Math.ceil((Math.abs(x) - 1) / 2) + 1 || 1);
});
define(maths, "MOD", "v", 2, 2, ([value, divisor]) => {
  const [x, d] = [toNumber(value), toNumber(divisor)];
  if (d === 0) return errors.div;
  const rest = x - d * Math.floor(x / d);
  return Math.abs(rest) < 1e-15 * Math.abs(x) ? 0 : rest;
});
define(maths, "QUOTIENT", "v", 2, 2, ([a, b]) =>
  toNumber(b) === 0 ? errors.div : Math.trunc(toNumber(a) / toNumber(b)),
);
define(maths, "POWER", "v", 2, 2, ([a, b]) => power(toNumber(a), toNumber(b)));
define(maths, "ABS", "v", 1, 1, ([x]) => Math.abs(toNumber(x)));
define(maths, "SIGN", "v", 1, 1, ([x]) => Math.sign(toNumber(x)));
define(maths, "SQRT", "v", 1, 1, ([x]) => (toNumber(x) < 0 ? errors.num : Math.sqrt(toNumber(x))));
define(maths, "EXP", "v", 1, 1, ([x]) => finite(Math.exp(toNumber(x))));
define(maths, "LN", "v", 1, 1, ([x]) => (toNumber(x) <= 0 ? errors.num : Math.log(toNumber(x))));
define(maths, "LOG10", "v", 1, 1, ([x]) =>
  toNumber(x) <= 0 ? errors.num : Math.log10(toNumber(x)),
);
define(maths, "LOG", "v", 1, 2, ([x, base]) => {
  const [n, b] = [toNumber(x), numberOr(base, 10)];
  if (n <= 0 || b <= 0) return errors.num;
  if (b === 1) return errors.div;
  return b === 10 ? Math.log10(n) : b === 2 ? Math.log2(n) : Math.log(n) / Math.log(b);
});
define(maths, "PI", "v", 0, 0, () => Math.PI);
define(maths, "RADIANS", "v", 1, 1, ([x]) => (toNumber(x) * Math.PI) / 180);
define(maths, "DEGREES", "v", 1, 1, ([x]) => (toNumber(x) * 180) / Math.PI);
for (const name of /** @type {const} */ ([
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "asinh",
  "acosh",
  "atanh",
]))
  define(maths, name.toUpperCase(), "v", 1, 1, ([x]) => finite(Math[name](toNumber(x))));
define(maths, "ATAN2", "v", 2, 2, ([x, y]) =>
  toNumber(x) === 0 && toNumber(y) === 0 ? errors.div : Math.atan2(toNumber(y), toNumber(x)),
);
define(maths, "FACT", "v", 1, 1, ([x]) => {
  const n = whole(x);
  if (n < 0 || n > 170) return errors.num;
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
});
define(maths, "COMBIN", "v", 2, 2, ([a, b]) => {
  const [n, k] = [whole(a), whole(b)];
  if (n < 0 || k < 0 || k > n) return errors.num;
  let result = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++)
    result = (result * (n - Math.min(k, n - k) + i)) / i;
  return finite(Math.round(result));
});

/** @param {number} a @param {number} b @returns {number} */
function divisor(a, b) {
  return b === 0 ? a : divisor(b, a % b);
}
define(maths, "GCD", "r", 1, 255, (args, context) =>
  numbersOf(args, context).map(Math.trunc).reduce(divisor, 0),
);
define(maths, "LCM", "r", 1, 255, (args, context) =>
  numbersOf(args, context)
    .map(Math.trunc)
    .reduce((a, b) => (a === 0 || b === 0 ? 0 : (a * b) / divisor(a, b)), 1),
);
define(maths, "MMULT", "a", 2, 2, ([a, b], context) => {
  const [left, right] = [gridOf(a, context), gridOf(b, context)];
  if (
    left.columns !== right.rows ||
    [...left.data, ...right.data].some((x) => typeof x !== "number")
  )
    return errors.value;
  context.calc.spend(left.rows * left.columns * right.columns);
  const rows = Array.from({ length: left.rows }, (_, r) =>
    Array.from({ length: right.columns }, (_, c) =>
      total(
        Array.from(
          { length: left.columns },
          (_, i) => Number(left.at(r, i)) * Number(right.at(i, c)),
        ),
      ),
    ),
  );
  return Grid.of(rows);
});
