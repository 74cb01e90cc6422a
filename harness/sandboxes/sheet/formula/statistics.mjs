/** Counting, averages, ranks and spreads. */

import {
  areaArgument,
  criterionOf,
  define,
  gridOf,
  itemsOf,
  numbersOf,
  whole,
} from "./arguments.mjs";
import { chosen, onlyNumbers, sameShape, total } from "./maths.mjs";
import { Area, errors, finite, Grid, parseNumber, toNumber, XlError } from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const statistics = new Map();

/** @typedef {import("./evaluate.mjs").Context} Context */

define(statistics, "COUNT", "r", 1, 255, (args, context) => {
  let count = 0;
  for (const arg of args)
    if (arg instanceof Area || arg instanceof Grid)
      count += itemsOf([arg], context).filter((item) => typeof item === "number").length;
    else if (
      typeof arg === "number" ||
      typeof arg === "boolean" ||
      (typeof arg === "string" && parseNumber(arg) !== undefined)
    )
      count++;
  return count;
});
define(
  statistics,
  "COUNTA",
  "r",
  1,
  255,
  (args, context) => itemsOf(args, context).filter((item) => item !== null).length,
);
define(statistics, "COUNTBLANK", "r", 1, 1, ([range], context) => {
  const area = areaArgument(range);
  const filled = context.calc.grid(area).data.filter((item) => item !== null && item !== "").length;
  return area.rows * area.columns - filled;
});
define(statistics, "COUNTIF", "re", 2, 2, ([range, criterion], context) => {
  const area = areaArgument(range);
  const meets = criterionOf(criterion);
  const { data } = context.calc.grid(area);
  let count = 0;
  for (const item of data) if (meets(item)) count++;
  // What lies behind the last used cell is empty, and may be what is counted.
  return meets(null) ? count + area.rows * area.columns - data.length : count;
});
define(statistics, "COUNTIFS", "re".repeat(127), 2, 254, (pairs, context) => {
  if (pairs.length % 2 === 1) return errors.value;
  return chosen(pairs[0], pairs, context).length;
});

/** @param {readonly number[]} numbers */
function mean(numbers) {
  if (numbers.length === 0) throw errors.div;
  return total(numbers) / numbers.length;
}
define(statistics, "AVERAGE", "r", 1, 255, (args, context) => mean(numbersOf(args, context)));
define(statistics, "AVERAGEA", "r", 1, 255, (args, context) => mean(loose(args, context)));
define(statistics, "AVERAGEIF", "rer", 2, 3, ([range, criterion, target], context) =>
  mean(onlyNumbers(chosen(sameShape(range, target), [range, criterion], context))),
);
define(statistics, "AVERAGEIFS", `r${"re".repeat(126)}`, 3, 253, ([target, ...pairs], context) =>
  mean(onlyNumbers(chosen(target, pairs, context))),
);

/** As MAXA takes them: texts are 0. @param {any[]} args @param {Context} context */
function loose(args, context) {
  return itemsOf(args, context).flatMap((item) => {
    if (item instanceof XlError) throw item;
    return item === null ? [] : [typeof item === "string" ? 0 : Number(item)];
  });
}

/** @param {readonly number[]} numbers */
function largest(numbers) {
  let most = numbers[0] ?? 0;
  for (const number of numbers) if (number > most) most = number;
  return most;
}
/** @param {readonly number[]} numbers */
function smallest(numbers) {
  let least = numbers[0] ?? 0;
  for (const number of numbers) if (number < least) least = number;
  return least;
}
define(statistics, "MAX", "r", 1, 255, (args, context) => largest(numbersOf(args, context)));
define(statistics, "MIN", "r", 1, 255, (args, context) => smallest(numbersOf(args, context)));
define(statistics, "MAXA", "r", 1, 255, (args, context) => largest(loose(args, context)));
define(statistics, "MINA", "r", 1, 255, (args, context) => smallest(loose(args, context)));
define(statistics, "MAXIFS", `r${"re".repeat(126)}`, 3, 253, ([target, ...pairs], context) =>
  largest(onlyNumbers(chosen(target, pairs, context))),
);
define(statistics, "MINIFS", `r${"re".repeat(126)}`, 3, 253, ([target, ...pairs], context) =>
  smallest(onlyNumbers(chosen(target, pairs, context))),
);

/** @param {any[]} args @param {Context} context */
function sorted(args, context) {
  return numbersOf(args, context).sort((a, b) => a - b);
}
define(statistics, "MEDIAN", "r", 1, 255, (args, context) => quantile(sorted(args, context), 0.5));
define(statistics, "MODE MODE.SNGL", "r", 1, 255, (args, context) => {
  const counts = new Map();
  for (const number of numbersOf(args, context)) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most < 2) return errors.na;
  return [...counts].find(([, count]) => count === most)?.[0] ?? errors.na;
});

/** @param {readonly number[]} numbers sorted @param {number} share from 0 to 1 */
function quantile(numbers, share) {
  if (numbers.length === 0 || share < 0 || share > 1) throw errors.num;
  const at = share * (numbers.length - 1);
  const below = numbers[Math.floor(at)] ?? 0;
  const above = numbers[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** @param {readonly number[]} numbers sorted @param {number} share between 0 and 1 */
function quantileInside(numbers, share) {
  const at = share * (numbers.length + 1) - 1;
  if (at < 0 || at > numbers.length - 1) throw errors.num;
  return quantile(numbers, numbers.length === 1 ? 0 : at / (numbers.length - 1));
}
define(statistics, "PERCENTILE PERCENTILE.INC", "rv", 2, 2, ([range, share], context) =>
  quantile(sorted([range], context), toNumber(share)),
);
define(statistics, "PERCENTILE.EXC", "rv", 2, 2, ([range, share], context) =>
  quantileInside(sorted([range], context), toNumber(share)),
);
define(statistics, "QUARTILE QUARTILE.INC", "rv", 2, 2, ([range, part], context) =>
  quantile(sorted([range], context), whole(part) / 4),
);
define(statistics, "QUARTILE.EXC", "rv", 2, 2, ([range, part], context) =>
  quantileInside(sorted([range], context), whole(part) / 4),
);

define(
  statistics,
  "LARGE",
  "rv",
  2,
  2,
  ([range, place], context) => sorted([range], context).at(-placeIn(place)) ?? errors.num,
);
define(
  statistics,
  "SMALL",
  "rv",
  2,
  2,
  ([range, place], context) => sorted([range], context)[placeIn(place) - 1] ?? errors.num,
);

/** @param {any} place */
function placeIn(place) {
  const number = Math.ceil(toNumber(place));
  if (number < 1) throw errors.num;
  return number;
}

/** @param {boolean} averaged */
function ranking(averaged) {
  return (/** @type {any[]} */ [value, range, ascending], /** @type {Context} */ context) => {
    const own = toNumber(value);
    const numbers = numbersOf([range], context);
    const equal = numbers.filter((number) => number === own).length;
    if (equal === 0) return errors.na;
    const before = numbers.filter((number) =>
      whole(ascending) === 0 ? number > own : number < own,
    ).length;
    return before + (averaged ? (equal + 1) / 2 : 1);
  };
}
define(statistics, "RANK RANK.EQ", "vrv", 2, 3, ranking(false));
define(statistics, "RANK.AVG", "vrv", 2, 3, ranking(true));

/** @param {readonly number[]} numbers @param {number} less */
function variance(numbers, less) {
  if (numbers.length <= less) throw errors.div;
  const middle = mean(numbers);
  return total(numbers.map((x) => (x - middle) ** 2)) / (numbers.length - less);
}
define(statistics, "VAR VAR.S", "r", 1, 255, (args, context) =>
  variance(numbersOf(args, context), 1),
);
define(statistics, "VARP VAR.P", "r", 1, 255, (args, context) =>
  variance(numbersOf(args, context), 0),
);
define(statistics, "STDEV STDEV.S", "r", 1, 255, (args, context) =>
  Math.sqrt(variance(numbersOf(args, context), 1)),
);
define(statistics, "STDEVP STDEV.P", "r", 1, 255, (args, context) =>
  Math.sqrt(variance(numbersOf(args, context), 0)),
);
define(statistics, "GEOMEAN", "r", 1, 255, (args, context) => {
  const numbers = numbersOf(args, context);
  if (numbers.length === 0 || numbers.some((x) => x <= 0)) return errors.num;
  return finite(Math.exp(total(numbers.map(Math.log)) / numbers.length));
});

define(statistics, "FREQUENCY", "a", 2, 2, ([values, limits], context) => {
  const numbers = onlyNumbers(gridOf(values, context).data);
  const bins = onlyNumbers(gridOf(limits, context).data);
  const order = bins.map((limit, i) => ({ limit, i })).sort((a, b) => a.limit - b.limit);
  const counts = Array(bins.length + 1).fill(0);
  for (const number of numbers)
    counts[order.find(({ limit }) => number <= limit)?.i ?? bins.length]++;
  return new Grid(counts.length, 1, counts);
});
