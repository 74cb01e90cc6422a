/** Functions that give several values: filtering, sorting, stacking. */

import { define, gridOf, whole } from "./arguments.mjs";
import { compare, errors, Grid, toBoolean, toNumber, XlError } from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const arrays = new Map();

/** @typedef {import("./values.mjs").Scalar} Scalar */

const cellsAtMost = 2_000_000;

/** @param {Scalar[][]} rows */
function turned(rows) {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, c) => rows.map((row) => row[c] ?? null));
}

define(arrays, "FILTER", "aae", 2, 3, ([range, test, otherwise], context) => {
  const [grid, tests] = [gridOf(range, context), gridOf(test, context)];
  for (const item of tests.data) if (item instanceof XlError) return item;
  const across = tests.rows === 1 && tests.columns === grid.columns && grid.rows !== 1;
  if (
    !across &&
    (tests.rows !== grid.rows || tests.columns !== 1) &&
    !(grid.rows === 1 && tests.columns === grid.columns)
  )
    return errors.value;
  const byColumn =
    across || (grid.rows === 1 && tests.columns === grid.columns && tests.rows === 1);
  const lines = byColumn ? turned(grid.lists()) : grid.lists();
  const kept = lines.filter((_, i) => toBoolean(tests.data[i] ?? null));
  if (kept.length === 0) return otherwise === undefined ? errors.calc : otherwise;
  return Grid.of(byColumn ? turned(kept) : kept);
});

/** @param {Scalar} a @param {Scalar} b */
function order(a, b) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (a instanceof XlError || b instanceof XlError)
    return Number(a instanceof XlError) - Number(b instanceof XlError);
  return compare(a, b);
}

/**
 * @param {Scalar[][]} lines
 * @param {Scalar[][]} keys of each line
 * @param {number[]} directions
 */
function sortedBy(lines, keys, directions) {
  return lines
    .map((line, i) => ({ line, key: keys[i] ?? [] }))
    .sort((a, b) => {
      for (let i = 0; i < directions.length; i++) {
        const [x, y] = [a.key[i] ?? null, b.key[i] ?? null];
        const sign = order(x, y) * (x === null || y === null ? 1 : (directions[i] ?? 1));
        if (sign !== 0) return sign;
      }
      return 0;
    })
    .map(({ line }) => line);
}
define(arrays, "SORT", "arrv", 1, 4, ([range, index, direction, byColumn], context) => {
  const grid = gridOf(range, context);
  const across = byColumn !== undefined && toBoolean(byColumn);
  const lines = across ? turned(grid.lists()) : grid.lists();
  const places = index === undefined ? [1] : gridOf(index, context).data.map(toNumber);
  const ways = direction === undefined ? [1] : gridOf(direction, context).data.map(toNumber);
  if (places.some((place) => place < 1 || place > (lines[0]?.length ?? 0))) return errors.value;
  const keys = lines.map((line) => places.map((place) => line[place - 1] ?? null));
  const sorted = sortedBy(
    lines,
    keys,
    places.map((_, i) => ways[i] ?? ways[0] ?? 1),
  );
  return Grid.of(across ? turned(sorted) : sorted);
});
define(arrays, "SORTBY", "a", 2, 126, ([range, ...rest], context) => {
  const grid = gridOf(range, context);
  const columns = rest.filter((_, i) => i % 2 === 0).map((key) => gridOf(key, context).data);
  const across = grid.rows === 1 && grid.columns > 1;
  const lines = across ? turned(grid.lists()) : grid.lists();
  if (columns.some((column) => column.length !== lines.length)) return errors.value;
  const ways = columns.map((_, i) =>
    rest[2 * i + 1] === undefined ? 1 : toNumber(gridOf(rest[2 * i + 1], context).at(0, 0)),
  );
  const sorted = sortedBy(
    lines,
    lines.map((_, i) => columns.map((column) => column[i] ?? null)),
    ways,
  );
  return Grid.of(across ? turned(sorted) : sorted);
});
define(arrays, "UNIQUE", "avv", 1, 3, ([range, byColumn, once], context) => {
  const grid = gridOf(range, context);
  const across = byColumn !== undefined && toBoolean(byColumn);
  const lines = across ? turned(grid.lists()) : grid.lists();
  const keyOf = (/** @type {Scalar[]} */ line) =>
    JSON.stringify(
      line.map((item) =>
        item instanceof XlError
          ? { e: item.name }
          : typeof item === "string"
            ? item.toLowerCase()
            : item,
      ),
    );
  const counts = new Map();
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  const seen = new Set();
  const kept = lines.filter((line) => {
    const key = keyOf(line);
    if (once !== undefined && toBoolean(once)) return counts.get(key) === 1;
    return seen.has(key) ? false : seen.add(key);
  });
  if (kept.length === 0) return errors.calc;
  return Grid.of(across ? turned(kept) : kept);
});
define(arrays, "SEQUENCE", "v", 1, 4, ([rows, columns, start, step], { calc }) => {
  const [r, c] = [whole(rows, 1), whole(columns, 1)];
  if (r < 1 || c < 1) return errors.calc;
  if (r * c > cellsAtMost) return errors.num;
  calc.spend(r * c);
  const [from, by] = [
    start === undefined ? 1 : toNumber(start),
    step === undefined ? 1 : toNumber(step),
  ];
  return new Grid(
    r,
    c,
    Array.from({ length: r * c }, (_, i) => from + i * by),
  );
});

/** @param {number} length @param {any} count @returns {[number, number]} */
function taken(length, count) {
  if (count === undefined) return [0, length];
  const number = whole(count);
  if (number === 0) throw errors.calc;
  return number > 0 ? [0, Math.min(number, length)] : [Math.max(0, length + number), length];
}
/** @param {number} length @param {any} count @returns {[number, number]} */
function left(length, count) {
  const number = count === undefined ? 0 : whole(count);
  const bounds = /** @type {[number, number]} */ (
    number >= 0 ? [number, length] : [0, length + number]
  );
  if (bounds[0] >= bounds[1]) throw errors.calc;
  return bounds;
}
for (const [name, bounds] of /** @type {const} */ ([
  ["TAKE", taken],
  ["DROP", left],
]))
  define(arrays, name, "avv", 2, 3, ([range, rows, columns], context) => {
    const grid = gridOf(range, context);
    const [r, c] = [bounds(grid.rows, rows), bounds(grid.columns, columns)];
    return Grid.of(
      grid
        .lists()
        .slice(...r)
        .map((row) => row.slice(...c)),
    );
  });
define(arrays, "VSTACK", "a", 1, 254, (args, context) =>
  Grid.of(args.flatMap((arg) => gridOf(arg, context).lists())),
);
define(arrays, "HSTACK", "a", 1, 254, (args, context) => {
  const grids = args.map((arg) => gridOf(arg, context));
  const rows = Math.max(...grids.map((grid) => grid.rows));
  return Grid.of(
    Array.from({ length: rows }, (_, r) =>
      grids.flatMap((grid) =>
        r < grid.rows ? (grid.lists()[r] ?? []) : Array(grid.columns).fill(errors.na),
      ),
    ),
  );
});
define(arrays, "CHOOSECOLS", "a", 2, 254, ([range, ...places], context) => {
  const rows = turned(gridOf(range, context).lists());
  return Grid.of(turned(picked(rows, places, context)));
});
define(arrays, "CHOOSEROWS", "a", 2, 254, ([range, ...places], context) =>
  Grid.of(picked(gridOf(range, context).lists(), places, context)),
);

/** @param {Scalar[][]} lines @param {any[]} places @param {import("./evaluate.mjs").Context} context */
function picked(lines, places, context) {
  return places
    .flatMap((place) => gridOf(place, context).data.map((item) => whole(item)))
    .map((number) => {
      const line = number > 0 ? lines[number - 1] : number < 0 ? lines.at(number) : undefined;
      if (line === undefined) throw errors.value;
      return line;
    });
}

/** @param {any} value @param {any} ignore @param {any} byColumn @param {import("./evaluate.mjs").Context} context */
function listed(value, ignore, byColumn, context) {
  const grid = gridOf(value, context);
  const kind = whole(ignore);
  const lines = byColumn !== undefined && toBoolean(byColumn) ? turned(grid.lists()) : grid.lists();
  const items = lines
    .flat()
    .filter(
      (item) =>
        !((kind & 1) !== 0 && item === null) && !((kind & 2) !== 0 && item instanceof XlError),
    );
  if (items.length === 0) throw errors.calc;
  return items;
}
define(arrays, "TOCOL", "avv", 1, 3, ([value, ignore, byColumn], context) => {
  const items = listed(value, ignore, byColumn, context);
  return new Grid(items.length, 1, items);
});
define(arrays, "TOROW", "avv", 1, 3, ([value, ignore, byColumn], context) => {
  const items = listed(value, ignore, byColumn, context);
  return new Grid(1, items.length, items);
});

/** @param {Scalar[]} items @param {any} count @param {any} padding */
function wrapped(items, count, padding) {
  const wide = whole(count);
  if (wide < 1) throw errors.num;
  return Array.from({ length: Math.ceil(items.length / wide) }, (_, i) => {
    const line = items.slice(i * wide, (i + 1) * wide);
    return [
      ...line,
      ...Array(wide - line.length).fill(padding === undefined ? errors.na : padding),
    ];
  });
}
define(arrays, "WRAPROWS", "ave", 2, 3, ([value, count, padding], context) =>
  Grid.of(wrapped(gridOf(value, context).data, count, padding)),
);
define(arrays, "WRAPCOLS", "ave", 2, 3, ([value, count, padding], context) =>
  Grid.of(turned(wrapped(gridOf(value, context).data, count, padding))),
);
define(arrays, "EXPAND", "avve", 2, 4, ([value, rows, columns, padding], context) => {
  const grid = gridOf(value, context);
  const [r, c] = [whole(rows, grid.rows), whole(columns, grid.columns)];
  if (r < grid.rows || c < grid.columns) return errors.value;
  if (r * c > cellsAtMost) return errors.num;
  const filler = padding === undefined ? errors.na : padding;
  return Grid.of(
    Array.from({ length: r }, (_, i) =>
      Array.from({ length: c }, (__, j) =>
        i < grid.rows && j < grid.columns ? grid.at(i, j) : filler,
      ),
    ),
  );
});
