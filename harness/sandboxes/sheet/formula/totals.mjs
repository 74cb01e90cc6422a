/** SUBTOTAL and AGGREGATE, which call other functions by number. */

import { define, itemsOf, whole } from "./arguments.mjs";
import { Area, CannotCompute, errors, Grid, Union, XlError } from "./values.mjs";

/** @typedef {import("./evaluate.mjs").Context} Context */

/** The functions that SUBTOTAL and AGGREGATE call by number. */
const byNumber = [
  "",
  "AVERAGE",
  "COUNT",
  "COUNTA",
  "MAX",
  "MIN",
  "PRODUCT",
  "STDEV.S",
  "STDEV.P",
  "SUM",
  "VAR.S",
  "VAR.P",
  "MEDIAN",
  "MODE.SNGL",
  "LARGE",
  "SMALL",
  "PERCENTILE.INC",
  "QUARTILE.INC",
];

/**
 * @param {ReadonlyMap<string, import("./arguments.mjs").Known>} all the functions they may call
 * @returns {Map<string, import("./arguments.mjs").Known>}
 */
export function totalsOf(all) {
  /** @type {Map<string, import("./arguments.mjs").Known>} */
  const totals = new Map();
  const known = (/** @type {number} */ number) => {
    const found = all.get(byNumber[number] ?? "");
    if (found === undefined)
      throw new CannotCompute(`function number ${number} of SUBTOTAL or AGGREGATE`);
    return found;
  };
  define(totals, "SUBTOTAL", "vr", 2, 255, ([number, ...ranges], context, run) => {
    const kind = whole(number) % 100;
    if (kind < 1 || kind > 11) return errors.value;
    return known(kind).f(
      ranges.map((range) => withoutTotals(range, context)),
      context,
      run,
    );
  });
  define(totals, "AGGREGATE", "vva", 3, 255, ([number, ignore, ...args], context, run) => {
    const kind = whole(number);
    if (kind < 1 || kind > 19) return errors.value;
    const skipsErrors = [2, 3, 6, 7].includes(whole(ignore));
    const ranges = (kind >= 14 ? args.slice(0, 1) : args).map((arg) => {
      const grid = new Grid(1, 0, itemsOf([arg], context));
      if (skipsErrors) grid.data = grid.data.filter((item) => !(item instanceof XlError));
      return Object.assign(grid, { columns: grid.data.length });
    });
    const rest =
      kind >= 14
        ? args.slice(1).map((arg) => (arg instanceof Area ? context.calc.grid(arg).at(0, 0) : arg))
        : [];
    return known(kind).f([...ranges, ...rest], context, run);
  });
  return totals;
}

/** Totals within a range do not count again. @param {any} range @param {Context} context */
function withoutTotals(range, context) {
  if (range instanceof Union) throw new CannotCompute("a list of references in SUBTOTAL");
  if (!(range instanceof Area)) return range;
  const grid = context.calc.grid(range);
  const data = grid.data.map((item, i) => {
    const [row, column] = [range.r1 + Math.floor(i / grid.columns), range.c1 + (i % grid.columns)];
    return context.calc.isTotal(range.sheet, row, column) ? null : item;
  });
  return new Grid(grid.rows, grid.columns, data);
}
