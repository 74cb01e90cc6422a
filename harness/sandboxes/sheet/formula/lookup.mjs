/** Finding values, and references that are computed. */

import { columnLetters, lastColumn, lastRow } from "../addresses.mjs";
import { areaArgument, define, gridOf, numberOr, whole, wildcard } from "./arguments.mjs";
import { parseFormula } from "./parse.mjs";
import {
  Area,
  CannotCompute,
  compare,
  errors,
  Grid,
  toBoolean,
  toText,
  XlError,
} from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const lookup = new Map();

/** @typedef {import("./evaluate.mjs").Context} Context */
/** @typedef {import("./values.mjs").Scalar} Scalar */

/** @param {Scalar} value */
function kindOf(value) {
  return value instanceof XlError ? "error" : value === null ? "empty" : typeof value;
}

/**
 * Where a value stands in a list, from 0; -1 where it does not.
 *
 * @param {Scalar} asked
 * @param {readonly Scalar[]} list
 * @param {boolean} patterns whether `*` and `?` stand for others
 */
function exactly(asked, list, patterns) {
  if (asked instanceof XlError) throw asked;
  const wanted = asked === null ? 0 : asked;
  if (typeof wanted === "string") {
    const matches = patterns && /[*?~]/.test(wanted) ? wildcard(wanted) : undefined;
    const small = wanted.toLowerCase();
    return list.findIndex(
      (item) =>
        typeof item === "string" && (matches ? matches(item) : item.toLowerCase() === small),
    );
  }
  if (typeof wanted === "number")
    return list.findIndex((item) => typeof item === "number" && compare(item, wanted) === 0);
  return list.indexOf(wanted);
}

/**
 * The last place whose value is not past the one asked for, in a sorted list. Values of other kinds
 * are passed over.
 *
 * @param {Scalar} asked
 * @param {readonly Scalar[]} list
 * @param {boolean} descending
 */
function nearest(asked, list, descending) {
  if (asked instanceof XlError) throw asked;
  const wanted = asked === null ? 0 : asked;
  const kind = kindOf(wanted);
  const places = list.flatMap((item, i) => (kindOf(item) === kind ? [i] : []));
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(list[places[middle] ?? 0] ?? null, wanted);
    if (descending ? order >= 0 : order <= 0) low = middle + 1;
    else high = middle;
  }
  return places[low - 1] ?? -1;
}

/** @param {Grid} grid */
function isLine(grid) {
  return grid.rows === 1 || grid.columns === 1;
}

define(lookup, "MATCH", "var", 2, 3, ([asked, range, type], context) => {
  const grid = gridOf(range, context);
  if (!isLine(grid)) return errors.na;
  const kind = numberOr(
    type === undefined
      ? undefined
      : type instanceof Area
        ? context.calc.value(type.sheet, type.r1, type.c1)
        : type,
    1,
  );
  const at = kind === 0 ? exactly(asked, grid.data, true) : nearest(asked, grid.data, kind < 0);
  return at < 0 ? errors.na : at + 1;
});

/** @param {boolean} byRow whether the first column is searched */
function tableLookup(byRow) {
  return (/** @type {any[]} */ [asked, range, index, sorted], /** @type {Context} */ context) => {
    const grid = gridOf(range, context);
    const place = whole(index) - 1;
    if (place < 0) return errors.value;
    if (place >= (byRow ? grid.columns : grid.rows)) return errors.ref;
    const list = byRow ? grid.lists().map((row) => row[0] ?? null) : (grid.lists()[0] ?? []);
    const near = sorted === undefined ? true : toBoolean(sorted);
    const at = near ? nearest(asked, list, false) : exactly(asked, list, true);
    if (at < 0) return errors.na;
    return byRow ? grid.at(at, place) : grid.at(place, at);
  };
}
define(lookup, "VLOOKUP", "vrvv", 3, 4, tableLookup(true));
define(lookup, "HLOOKUP", "vrvv", 3, 4, tableLookup(false));

define(lookup, "LOOKUP", "vaa", 2, 3, ([asked, range, results], context) => {
  const grid = gridOf(range, context);
  const wide = grid.columns > grid.rows;
  const rows = grid.lists();
  const list = isLine(grid)
    ? grid.data
    : wide
      ? (rows[0] ?? [])
      : rows.map((row) => row[0] ?? null);
  const at = nearest(asked, list, false);
  if (at < 0) return errors.na;
  if (results !== undefined) return gridOf(results, context).data[at] ?? errors.na;
  if (isLine(grid)) return grid.data[at] ?? null;
  return wide ? grid.at(grid.rows - 1, at) : grid.at(at, grid.columns - 1);
});

/**
 * Where XLOOKUP and XMATCH find a value.
 *
 * @param {Scalar} asked
 * @param {readonly Scalar[]} list
 * @param {number} mode 0 exact, -1 or the next smaller, 1 or the next larger, 2 with patterns
 * @param {number} direction negative from the end
 */
function find(asked, list, mode, direction) {
  const backwards = direction < 0;
  const searched = backwards ? [...list].reverse() : list;
  const turned = (/** @type {number} */ at) => (at < 0 || !backwards ? at : list.length - 1 - at);
  const empty = asked === null ? searched.indexOf(null) : -1;
  const exact = empty >= 0 ? empty : exactly(asked, searched, mode === 2);
  if (exact >= 0 || (mode !== -1 && mode !== 1)) return turned(exact);
  let best = -1;
  searched.forEach((item, i) => {
    if (kindOf(item) !== kindOf(asked === null ? 0 : asked)) return;
    const side = compare(item, asked) * mode > 0;
    if (side && (best < 0 || compare(item, searched[best] ?? null) * mode < 0)) best = i;
  });
  return turned(best);
}

define(
  lookup,
  "XLOOKUP",
  "varrvv",
  3,
  6,
  ([asked, range, results, otherwise, mode, direction], context) => {
    const list = gridOf(range, context);
    if (!isLine(list)) return errors.value;
    const at = find(asked, list.data, whole(mode), numberOr(direction, 1));
    if (at < 0) return otherwise === undefined ? errors.na : otherwise;
    const upright = list.columns === 1;
    if (results instanceof Area) {
      const { sheet, r1, c1, r2, c2 } = results;
      if (upright && list.rows > 1) return new Area(sheet, r1 + at, c1, r1 + at, c2);
      return list.columns > 1 ? new Area(sheet, r1, c1 + at, r2, c1 + at) : results;
    }
    const grid = gridOf(results, context);
    const rows = grid.lists();
    return upright
      ? Grid.of([rows[at] ?? [errors.na]])
      : Grid.of(rows.map((row) => [row[at] ?? errors.na]));
  },
);
define(lookup, "XMATCH", "vavv", 2, 4, ([asked, range, mode, direction], context) => {
  const at = find(asked, gridOf(range, context).data, whole(mode), numberOr(direction, 1));
  return at < 0 ? errors.na : at + 1;
});

define(lookup, "INDEX", "avvv", 2, 4, ([range, row, column], context) => {
  if (range instanceof XlError) return range;
  const source = range instanceof Area ? range : gridOf(range, context);
  let [r, c] = [whole(row), whole(column)];
  if (column === undefined && source.rows === 1)
    [r, c] = [source.columns === 1 ? r : 1, source.columns === 1 ? 1 : r];
  if (r < 0 || c < 0) return errors.value;
  if (r > source.rows || c > source.columns) return errors.ref;
  const [top, bottom] = r === 0 ? [1, source.rows] : [r, r];
  const [left, right] = c === 0 ? [1, source.columns] : [c, c];
  if (source instanceof Area)
    return new Area(
      source.sheet,
      source.r1 + top - 1,
      source.c1 + left - 1,
      source.r1 + bottom - 1,
      source.c1 + right - 1,
    );
  const rows = source
    .lists()
    .slice(top - 1, bottom)
    .map((list) => list.slice(left - 1, right));
  return r !== 0 && c !== 0 ? (rows[0]?.[0] ?? null) : Grid.of(rows);
});

define(lookup, "OFFSET", "rvvvv", 3, 5, ([range, down, right, height, width]) => {
  const area = areaArgument(range);
  const rows = height === undefined ? area.rows : whole(height);
  const columns = width === undefined ? area.columns : whole(width);
  if (rows === 0 || columns === 0) return errors.ref;
  const [r, c] = [area.r1 + whole(down), area.c1 + whole(right)];
  const [r1, r2] = rows > 0 ? [r, r + rows - 1] : [r + rows + 1, r];
  const [c1, c2] = columns > 0 ? [c, c + columns - 1] : [c + columns + 1, c];
  if (r1 < 1 || c1 < 1 || r2 > lastRow || c2 > lastColumn) return errors.ref;
  return new Area(area.sheet, r1, c1, r2, c2);
});
define(lookup, "INDIRECT", "l", 1, 2, ([node, style], context, { evaluate, single }) => {
  const text = toText(single(evaluate(node, context), context));
  if (
    style !== undefined &&
    style.k !== "missing" &&
    !toBoolean(single(evaluate(style, context), context))
  )
    throw new CannotCompute("INDIRECT with R1C1 references");
  try {
    const tree = parseFormula(text);
    if (!["cells", "name", "table", "binary"].includes(tree.k)) return errors.ref;
    const area = evaluate(tree, context);
    return area instanceof Area ? area : errors.ref;
  } catch (error) {
    if (error instanceof CannotCompute) return errors.ref;
    throw error;
  }
});

/** @param {"row" | "column"} which */
function position(which) {
  return (/** @type {any[]} */ [range], /** @type {Context} */ context) => {
    if (range === undefined) return context[which];
    const area = areaArgument(range);
    const first = which === "row" ? area.r1 : area.c1;
    const count = context.calc.lastOf(area, which) - first + 1;
    if (!context.array || count <= 1) return first;
    context.calc.spend(count);
    const numbers = Array.from({ length: count }, (_, i) => first + i);
    return which === "row" ? new Grid(count, 1, numbers) : new Grid(1, count, numbers);
  };
}
define(lookup, "ROW", "r", 0, 1, position("row"));
define(lookup, "COLUMN", "r", 0, 1, position("column"));
define(
  lookup,
  "ROWS",
  "r",
  1,
  1,
  ([range], context) => (range instanceof Area ? range : gridOf(range, context)).rows,
);
define(
  lookup,
  "COLUMNS",
  "r",
  1,
  1,
  ([range], context) => (range instanceof Area ? range : gridOf(range, context)).columns,
);
define(lookup, "AREAS", "r", 1, 1, ([range]) =>
  range instanceof Area ? 1 : (range.areas?.length ?? errors.value),
);
define(lookup, "ADDRESS", "v", 2, 5, ([row, column, kind, a1, sheet]) => {
  if (a1 !== undefined && !toBoolean(a1)) throw new CannotCompute("ADDRESS with R1C1 references");
  const [r, c, fixed] = [whole(row), whole(column), whole(kind, 1)];
  if (r < 1 || c < 1 || r > lastRow || c > lastColumn) return errors.value;
  const address = `${fixed === 1 || fixed === 3 ? "$" : ""}${columnLetters(c)}${fixed <= 2 ? "$" : ""}${r}`;
  if (sheet === undefined) return address;
  const name = toText(sheet);
  return `${/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`}!${address}`;
});
define(lookup, "HYPERLINK", "v", 1, 2, ([link, name]) => name ?? link);
define(lookup, "ANCHORARRAY", "r", 1, 1, ([range], { calc }) => {
  const area = areaArgument(range);
  return calc.spilled(area.sheet, area.r1, area.c1) ?? errors.ref;
});
define(lookup, "SINGLE", "r", 1, 1, ([value], context, { single }) =>
  single(value, { ...context, array: false }),
);
define(
  lookup,
  "SHEET",
  "r",
  0,
  1,
  ([range], context) => (range instanceof Area ? range.sheet : context.sheet) + 1,
);
define(lookup, "CELL", "vr", 1, 2, ([what, range], context) => {
  const area =
    range instanceof Area
      ? range
      : new Area(context.sheet, context.row, context.column, context.row, context.column);
  switch (toText(what).toLowerCase()) {
    case "row":
      return area.r1;
    case "col":
      return area.c1;
    case "address":
      return `$${columnLetters(area.c1)}$${area.r1}`;
    case "contents":
      return context.calc.value(area.sheet, area.r1, area.c1);
    default:
      throw new CannotCompute(`CELL("${toText(what)}")`);
  }
});
define(lookup, "TRANSPOSE", "a", 1, 1, ([range], context) => {
  const grid = gridOf(range, context);
  const rows = grid.lists();
  return Grid.of(Array.from({ length: grid.columns }, (_, c) => rows.map((row) => row[c] ?? null)));
});
