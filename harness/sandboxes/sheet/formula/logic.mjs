/** Decisions, and questions about values. */

import { define, gridOf, itemsOf } from "./arguments.mjs";
import { Area, compare, errors, Grid, Lambda, toBoolean, toNumber, XlError } from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const logic = new Map();

/** @typedef {import("./evaluate.mjs").Context} Context */

/** A branch only counts when it is taken, unless a whole array decides. */
define(logic, "IF", "l", 1, 3, ([test, yes, no], context, { evaluate, single, lifted }) => {
  const branch = (/** @type {any} */ node, /** @type {any} */ otherwise) =>
    node === undefined ? otherwise : node.k === "missing" ? 0 : evaluate(node, context);
  const condition = evaluate(test, context);
  const many = condition instanceof Grid || (context.array && condition instanceof Area);
  if (many && sizeOf(condition) > 1)
    return lifted(
      [condition, branch(yes, true), branch(no, false)],
      context,
      ([c = null, y = null, n = null]) => (toBoolean(c) ? (y ?? 0) : (n ?? 0)),
    );
  return toBoolean(single(condition, context)) ? branch(yes, true) : branch(no, false);
});

/** @param {Area | Grid} value */
function sizeOf(value) {
  return value.rows * value.columns;
}

/** @param {(value: any) => boolean} caught */
function rescue(caught) {
  return (
    /** @type {any[]} */ [tried, other],
    /** @type {Context} */ context,
    /** @type {any} */ { evaluate, single, lifted },
  ) => {
    const value = evaluate(tried, context);
    const otherwise = () =>
      other === undefined || other.k === "missing" ? 0 : evaluate(other, context);
    const many = value instanceof Grid || (context.array && value instanceof Area);
    if (many && sizeOf(value) > 1)
      return lifted([value, otherwise()], context, ([x = null, y = null]) =>
        caught(x) ? y : (x ?? 0),
      );
    const one = single(value, context);
    if (caught(one)) return otherwise();
    return value instanceof Area ? value : one;
  };
}
define(
  logic,
  "IFERROR",
  "l",
  1,
  2,
  rescue((value) => value instanceof XlError),
);
define(
  logic,
  "IFNA",
  "l",
  1,
  2,
  rescue((value) => value === errors.na),
);

define(logic, "IFS", "l", 2, 254, (args, context, { evaluate, single }) => {
  for (let i = 0; i + 1 < args.length; i += 2)
    if (toBoolean(single(evaluate(args[i], context), context)))
      return evaluate(args[i + 1], context);
  return errors.na;
});
define(logic, "SWITCH", "l", 3, 254, (args, context, { evaluate, single }) => {
  const asked = single(evaluate(args[0], context), context);
  if (asked instanceof XlError) return asked;
  let i = 1;
  for (; i + 1 < args.length; i += 2)
    if (compare(asked, single(evaluate(args[i], context), context)) === 0)
      return evaluate(args[i + 1], context);
  return i < args.length ? evaluate(args[i], context) : errors.na;
});
define(logic, "CHOOSE", "l", 2, 255, (args, context, { evaluate, single, lifted }) => {
  const index = evaluate(args[0], context);
  if (index instanceof Grid && sizeOf(index) > 1) {
    const columns = args.slice(1).map((arg) => gridOf(evaluate(arg, context), context));
    if (index.rows === 1 && columns.some((column) => column.columns === 1 && column.rows > 1)) {
      const picked = index.data.map((item) => columns[Math.trunc(toNumber(item)) - 1]);
      const rows = Math.max(...picked.map((column) => column?.rows ?? 1));
      return Grid.of(
        Array.from({ length: rows }, (_, r) =>
          picked.map((column) => column?.at(r, 0) ?? errors.value),
        ),
      );
    }
    return lifted(
      [index],
      context,
      ([x = null]) => columns[Math.trunc(toNumber(x)) - 1]?.at(0, 0) ?? errors.value,
    );
  }
  const chosen = args[Math.trunc(toNumber(single(index, context)))];
  if (chosen === undefined || chosen === args[0]) return errors.value;
  return evaluate(chosen, context);
});

/** @param {any[]} args @param {Context} context */
function truths(args, context) {
  const found = [];
  for (const arg of args) {
    const inside = arg instanceof Area || arg instanceof Grid;
    for (const item of itemsOf([arg], context)) {
      if (item instanceof XlError) throw item;
      if (inside && (item === null || typeof item === "string")) continue;
      found.push(toBoolean(item));
    }
  }
  if (found.length === 0) throw errors.value;
  return found;
}
define(logic, "AND", "r", 1, 255, (args, context) => truths(args, context).every(Boolean));
define(logic, "OR", "r", 1, 255, (args, context) => truths(args, context).some(Boolean));
define(
  logic,
  "XOR",
  "r",
  1,
  255,
  (args, context) => truths(args, context).filter(Boolean).length % 2 === 1,
);
define(logic, "NOT", "v", 1, 1, ([value]) => !toBoolean(value));
define(logic, "TRUE", "v", 0, 0, () => true);
define(logic, "FALSE", "v", 0, 0, () => false);

define(logic, "ISNUMBER", "e", 1, 1, ([value]) => typeof value === "number");
define(logic, "ISTEXT", "e", 1, 1, ([value]) => typeof value === "string");
define(logic, "ISNONTEXT", "e", 1, 1, ([value]) => typeof value !== "string");
define(logic, "ISLOGICAL", "e", 1, 1, ([value]) => typeof value === "boolean");
define(logic, "ISBLANK", "e", 1, 1, ([value]) => value === null);
define(logic, "ISERROR", "e", 1, 1, ([value]) => value instanceof XlError);
define(logic, "ISERR", "e", 1, 1, ([value]) => value instanceof XlError && value !== errors.na);
define(logic, "ISNA", "e", 1, 1, ([value]) => value === errors.na);
define(logic, "ISREF", "r", 1, 1, ([value]) => value instanceof Area);
define(logic, "ISEVEN", "v", 1, 1, ([value]) => Math.trunc(toNumber(value)) % 2 === 0);
define(logic, "ISODD", "v", 1, 1, ([value]) => Math.trunc(toNumber(value)) % 2 !== 0);
define(logic, "ISFORMULA", "r", 1, 1, ([area], { calc }) =>
  area instanceof Area ? calc.isFormula(area.sheet, area.r1, area.c1) : errors.value,
);
define(logic, "NA", "v", 0, 0, () => errors.na);
define(logic, "N", "v", 1, 1, ([value]) =>
  typeof value === "number" ? value : value === true ? 1 : 0,
);
define(logic, "T", "v", 1, 1, ([value]) => (typeof value === "string" ? value : ""));
define(logic, "TYPE", "e", 1, 1, ([value]) =>
  value instanceof XlError
    ? 16
    : typeof value === "string"
      ? 2
      : typeof value === "boolean"
        ? 4
        : 1,
);
const errorNumbers = [
  errors.null,
  errors.div,
  errors.value,
  errors.ref,
  errors.name,
  errors.num,
  errors.na,
];
define(logic, "ERROR.TYPE", "e", 1, 1, ([value]) => {
  const at = errorNumbers.indexOf(value);
  return at < 0 ? errors.na : at + 1;
});

define(logic, "LET", "l", 3, 253, (args, context, { evaluate }) => {
  if (args.length % 2 === 0) return errors.value;
  const names = new Map(context.names);
  for (let i = 0; i + 1 < args.length; i += 2) {
    if (args[i]?.k !== "name") return errors.value;
    names.set(args[i].name.toLowerCase(), evaluate(args[i + 1], { ...context, names }));
  }
  return evaluate(args.at(-1), { ...context, names });
});
define(logic, "LAMBDA", "l", 1, 253, (args, context, { evaluate }) => {
  const parameters = args.slice(0, -1);
  if (parameters.some((parameter) => parameter?.k !== "name")) return errors.value;
  return new Lambda((given) => {
    const names = new Map(context.names);
    parameters.forEach((parameter, i) => {
      names.set(parameter.name.toLowerCase(), /** @type {any} */ (given[i] ?? null));
    });
    return evaluate(args.at(-1), { ...context, names });
  });
});

/** @param {any} value @returns {any} */
function one(value) {
  return value instanceof Grid ? value.at(0, 0) : value;
}
define(logic, "MAP", "a", 2, 253, (args, context) => {
  const f = args.at(-1);
  if (!(f instanceof Lambda)) return errors.value;
  const grids = args.slice(0, -1).map((arg) => gridOf(arg, context));
  const [first] = grids;
  if (first === undefined) return errors.value;
  return new Grid(
    first.rows,
    first.columns,
    first.data.map((_, i) => one(f.call(grids.map((grid) => grid.data[i] ?? null)))),
  );
});
define(logic, "BYROW", "a", 2, 2, ([array, f], context) => {
  if (!(f instanceof Lambda)) return errors.value;
  const grid = gridOf(array, context);
  return new Grid(
    grid.rows,
    1,
    grid.lists().map((row) => one(f.call([new Grid(1, row.length, row)]))),
  );
});
define(logic, "BYCOL", "a", 2, 2, ([array, f], context) => {
  if (!(f instanceof Lambda)) return errors.value;
  const grid = gridOf(array, context);
  const columns = Array.from({ length: grid.columns }, (_, c) =>
    grid.lists().map((row) => row[c] ?? null),
  );
  return new Grid(
    1,
    grid.columns,
    columns.map((column) => one(f.call([new Grid(column.length, 1, column)]))),
  );
});
define(logic, "REDUCE", "a", 3, 3, ([start, array, f], context) => {
  if (!(f instanceof Lambda)) return errors.value;
  return gridOf(array, context).data.reduce((sum, item) => one(f.call([sum, item])), start ?? null);
});
define(logic, "SCAN", "a", 3, 3, ([start, array, f], context) => {
  if (!(f instanceof Lambda)) return errors.value;
  const grid = gridOf(array, context);
  let sum = start ?? null;
  const sums = grid.data.map((item) => {
    sum = one(f.call([sum, item]));
    return sum;
  });
  return new Grid(grid.rows, grid.columns, sums);
});
