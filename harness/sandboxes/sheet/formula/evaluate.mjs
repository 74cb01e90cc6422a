/** Computes trees of formulas. */

import { functions } from "./functions.mjs";
import { tableArea } from "./table-reference.mjs";
import {
  Area,
  CannotCompute,
  compare,
  errors,
  finite,
  Grid,
  Lambda,
  power,
  toNumber,
  toText,
  Union,
  XlError,
} from "./values.mjs";

/** @typedef {import("./values.mjs").Scalar} Scalar */
/** @typedef {Scalar | Area | Grid | Union | Lambda} Value */

/**
 * @typedef {object} Calculator what formulas may ask of the workbook
 * @property {(sheet: number, row: number, column: number) => Scalar} value of a cell, computed when it has to be
 * @property {(area: Area) => Grid} grid values of an area, cut to the rows and columns in use
 * @property {(name: string) => number | undefined} sheet number by name
 * @property {(name: string, sheet: number) => import("./parse.mjs").Node | undefined} name what a defined name means
 * @property {(name: string) => any} table
 * @property {(sheet: number, row: number, column: number) => Grid | undefined} spilled what an array formula gave
 * @property {(sheet: number, row: number, column: number) => boolean} isFormula
 * @property {(sheet: number, row: number, column: number) => boolean} isTotal whether a cell is itself a SUBTOTAL or AGGREGATE
 * @property {(sheet: number, row: number, column: number) => string | undefined} formulaText
 * @property {(area: Area, which: "row" | "column") => number} lastOf where an area ends: one of whole columns or rows with the last that is used
 * @property {number} today serial number of today and now
 * @property {number} shift days to take from a serial number where the calendar begins in 1904
 * @property {(cells: number) => void} spend
 */

/**
 * @typedef {object} Context where a formula stands
 * @property {Calculator} calc
 * @property {number} sheet
 * @property {number} row
 * @property {number} column
 * @property {boolean} array whether ranges are computed cell by cell, as in array formulas
 * @property {ReadonlyMap<string, Value> | undefined} names of LET and LAMBDA
 */

/**
 * @param {import("./parse.mjs").Node} node
 * @param {Context} context
 * @returns {Value}
 * @throws {CannotCompute}
 */
export function evaluate(node, context) {
  switch (node.k) {
    case "value":
      return node.v;
    case "missing":
      return null;
    case "cells":
      return cellsNamed(node, context);
    case "name":
      return named(node, context);
    case "table":
      return tableArea(node, context);
    case "grid":
      return Grid.of(
        node.rows.map((row) => row.map((item) => single(evaluate(item, context), context))),
      );
    case "union": {
      const areas = node.items.map((item) => evaluate(item, context));
      if (areas.every((area) => area instanceof Area)) return new Union(areas);
      throw new CannotCompute("a list of references that are none");
    }
    case "unary":
      return unary(node, context);
    case "binary":
      return binary(node, context);
    case "apply": {
      const f = evaluate(node.f, context);
      if (!(f instanceof Lambda)) return errors.value;
      return f.call(node.args.map((arg) => evaluate(arg, context)));
    }
    default:
      return called(node, context);
  }
}

/** @param {Extract<import("./parse.mjs").Node, { k: "cells" }>} node @param {Context} context */
function cellsNamed(node, context) {
  const sheet = node.sheet === undefined ? context.sheet : context.calc.sheet(node.sheet);
  if (sheet === undefined) return errors.ref;
  return new Area(sheet, node.r1, node.c1, node.r2, node.c2);
}

/** @param {Extract<import("./parse.mjs").Node, { k: "name" }>} node @param {Context} context @returns {Value} */
function named(node, context) {
  const local = node.sheet === undefined ? context.names?.get(node.name.toLowerCase()) : undefined;
  if (local !== undefined) return local;
  const sheet = node.sheet === undefined ? context.sheet : context.calc.sheet(node.sheet);
  const meaning = context.calc.name(node.name, sheet ?? context.sheet);
  if (meaning !== undefined) return evaluate(meaning, { ...context, names: undefined });
  const table = context.calc.table(node.name);
  if (table !== undefined) return tableArea({ k: "table", table: node.name, spec: "" }, context);
  return errors.name;
}

/** @param {Extract<import("./parse.mjs").Node, { k: "unary" }>} node @param {Context} context @returns {Value} */
function unary({ op, a }, context) {
  const value = evaluate(a, context);
  if (op === "@") return single(value, { ...context, array: false });
  if (op === "+") return value;
  return lifted([value], context, ([x = null]) => (op === "-" ? -toNumber(x) : toNumber(x) / 100));
}

/** @param {Extract<import("./parse.mjs").Node, { k: "binary" }>} node @param {Context} context @returns {Value} */
function binary({ op, a, b }, context) {
  const left = evaluate(a, context);
  const right = evaluate(b, context);
  if (op === ":") return joined(left, right);
  return lifted([left, right], context, ([x = null, y = null]) => operate(op, x, y));
}

/** @param {Value} a @param {Value} b */
function joined(a, b) {
  if (a instanceof XlError) return a;
  if (b instanceof XlError) return b;
  if (!(a instanceof Area && b instanceof Area) || a.sheet !== b.sheet) return errors.value;
  return new Area(
    a.sheet,
    Math.min(a.r1, b.r1),
    Math.min(a.c1, b.c1),
    Math.max(a.r2, b.r2),
    Math.max(a.c2, b.c2),
  );
}

/** @param {string} op @param {Scalar} a @param {Scalar} b @returns {Scalar} */
function operate(op, a, b) {
  switch (op) {
    case "+":
    case "-":
      return sum(toNumber(a), op === "+" ? toNumber(b) : -toNumber(b));
    case "*":
      return finite(toNumber(a) * toNumber(b));
    case "/": {
      const [x, y] = [toNumber(a), toNumber(b)];
      return y === 0 ? errors.div : finite(x / y);
    }
    case "^":
      return power(toNumber(a), toNumber(b));
    case "&":
      return toText(a) + toText(b);
    case "=":
      return compare(a, b) === 0;
    case "<>":
      return compare(a, b) !== 0;
    case "<":
      return compare(a, b) < 0;
    case ">":
      return compare(a, b) > 0;
    case "<=":
      return compare(a, b) <= 0;
    default:
      return compare(a, b) >= 0;
  }
}

/** Functions for which an argument left empty, as in `SORT(A1:B9,,-1)`, is one not given; for all others it is 0. */
const withDefaults = new Set(
  "XLOOKUP XMATCH SORT SORTBY SEQUENCE TAKE DROP EXPAND WRAPROWS WRAPCOLS TEXTSPLIT TEXTBEFORE TEXTAFTER TEXTJOIN OFFSET ADDRESS UNIQUE TOCOL TOROW".split(
    " ",
  ),
);

/** What functions that take the tree itself compute it with. */
const run = { evaluate, single, lifted };

/** A sum whose digits all cancelled is zero, as spreadsheets have it. @param {number} a @param {number} b */
function sum(a, b) {
  const result = a + b;
  return Math.abs(result) < 5e-16 * Math.abs(a) ? 0 : finite(result);
}

/**
 * @param {Extract<import("./parse.mjs").Node, { k: "call" }>} node
 * @param {Context} context
 * @returns {Value}
 */
function called(node, context) {
  const local = context.names?.get(node.name.toLowerCase());
  if (local instanceof Lambda) return local.call(node.args.map((arg) => evaluate(arg, context)));
  const known = functions.get(node.name);
  if (known === undefined) {
    const meaning = context.calc.name(node.name, context.sheet);
    const own = meaning === undefined ? undefined : evaluate(meaning, context);
    if (own instanceof Lambda) return own.call(node.args.map((arg) => evaluate(arg, context)));
    throw new CannotCompute(`${node.name} is not a known function`);
  }
  const { f, kinds, min, max } = known;
  if (node.args.length < min || node.args.length > max)
    throw new CannotCompute(`${node.name} with ${node.args.length} arguments`);
  const kindOf = (/** @type {number} */ i) => kinds[Math.min(i, kinds.length - 1)] ?? "v";
  if (kinds === "l") return guarded(() => f(node.args, context, run));
  const inArray = { ...context, array: true };
  const args = node.args.map((arg, i) => {
    if (arg.k === "missing") return withDefaults.has(node.name) ? undefined : null;
    return evaluate(arg, kindOf(i) === "a" ? inArray : context);
  });
  const spread = args.map((value, i) =>
    kindOf(i) === "v" || kindOf(i) === "e" ? value : undefined,
  );
  return liftedCall(spread, context, node.name, (scalars) =>
    f(
      args.map((value, i) => {
        const kind = kindOf(i);
        if (kind !== "v" && kind !== "e") return value;
        const scalar = scalars[i];
        if (kind === "v" && scalar instanceof XlError) throw scalar;
        return value === undefined ? undefined : scalar;
      }),
      context,
    ),
  );
}

/** @param {() => Value} compute @returns {Value} */
function guarded(compute) {
  try {
    return compute();
  } catch (error) {
    if (error instanceof XlError) return error;
    throw error;
  }
}

/**
 * Calls with single values; where some are arrays, once for each place, and the results make one.
 *
 * @param {(Value | undefined)[]} values
 * @param {Context} context
 * @param {string} name of what is computed
 * @param {(scalars: Scalar[]) => Value} f
 * @returns {Value}
 */
function liftedCall(values, context, name, f) {
  const many = values.map((value) => arrayOf(value, context));
  if (many.every((grid) => grid === undefined))
    return guarded(() =>
      f(values.map((value) => (value === undefined ? null : single(value, context)))),
    );
  return broadcast(values, many, context, (scalars) => {
    const result = guarded(() => f(scalars));
    if (result instanceof Area && result.rows * result.columns > 1)
      throw new CannotCompute(`${name} with a list of ranges`);
    return result instanceof Grid ? result.at(0, 0) : single(result, { ...context, array: true });
  });
}

/**
 * @param {Value[]} values
 * @param {Context} context
 * @param {(scalars: Scalar[]) => Scalar} f
 * @returns {Value}
 */
function lifted(values, context, f) {
  return liftedCall(values, context, "an operator", f);
}

/**
 * @param {(Value | undefined)[]} values
 * @param {(Grid | undefined)[]} many
 * @param {Context} context
 * @param {(scalars: Scalar[]) => Scalar} f
 */
function broadcast(values, many, context, f) {
  const rows = Math.max(...many.map((grid) => grid?.rows ?? 1));
  const columns = Math.max(...many.map((grid) => grid?.columns ?? 1));
  context.calc.spend(rows * columns);
  const fixed = values.map((value, i) =>
    many[i] || value === undefined ? null : single(value, context),
  );
  /** @type {Scalar[]} */
  const data = [];
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      let outside = false;
      const scalars = many.map((grid, i) => {
        if (grid === undefined) return fixed[i] ?? null;
        const row = grid.rows === 1 ? 0 : r;
        const column = grid.columns === 1 ? 0 : c;
        if (row >= grid.rows || column >= grid.columns) outside = true;
        return grid.at(row, column);
      });
      data.push(outside ? errors.na : f(scalars));
    }
  return new Grid(rows, columns, data);
}

/** Several values that are to be computed one by one. @param {Value | undefined} value @param {Context} context */
function arrayOf(value, context) {
  if (value instanceof Grid) return value.rows * value.columns > 1 ? value : undefined;
  if (!(value instanceof Area) || !context.array) return undefined;
  return value.rows * value.columns > 1 ? context.calc.grid(value) : undefined;
}

/**
 * One value. Of a range, the one in the formula's own row or column.
 *
 * @param {Value} value
 * @param {Context} context
 * @returns {Scalar}
 */
export function single(value, context) {
  if (value instanceof Grid) return value.at(0, 0);
  if (value instanceof Union || value instanceof Lambda) return errors.value;
  if (!(value instanceof Area)) return value;
  const { sheet, r1, c1, r2, c2 } = value;
  const { calc, row, column } = context;
  if ((r1 === r2 && c1 === c2) || context.array) return calc.value(sheet, r1, c1);
  if (c1 === c2 && row >= r1 && row <= r2) return calc.value(sheet, row, c1);
  if (r1 === r2 && column >= c1 && column <= c2) return calc.value(sheet, r1, column);
  if (row >= r1 && row <= r2 && column >= c1 && column <= c2) return calc.value(sheet, row, column);
  return errors.value;
}
