/** References to the columns of tables, such as `Sales[[#This Row],[Price]]`. */

import { areaOf } from "../cells.mjs";
import { Area, CannotCompute, errors } from "./values.mjs";

/**
 * @param {{ k: "table", table: string, spec: string }} node
 * @param {import("./evaluate.mjs").Context} context
 */
export function tableArea({ table: name, spec }, context) {
  const table = context.calc.table(name);
  const whole = table === undefined ? undefined : areaOf(table.range);
  if (whole === undefined) return errors.ref;
  const items = itemsOf(spec);
  const marks = items.filter((item) => item.startsWith("#")).map((item) => item.toLowerCase());
  const columns = items.filter((item) => !item.startsWith("#"));
  const [first, last] =
    columns.length === 0
      ? [0, table.columns.length - 1]
      : [columns[0], columns.at(-1)].map((column) => indexOf(table, column ?? ""));
  if (first === undefined || last === undefined || first < 0 || last < 0) return errors.ref;
  const top = whole.from.row + table.headers;
  const bottom = whole.to.row - table.totals;
  let [r1, r2] = [top, bottom];
  for (const mark of marks)
    if (mark === "#this row") [r1, r2] = [context.row, context.row];
    else if (mark === "#all") [r1, r2] = [whole.from.row, whole.to.row];
    else if (mark === "#headers")
      [r1, r2] = marks.includes("#data") ? [whole.from.row, r2] : [whole.from.row, whole.from.row];
    else if (mark === "#totals")
      [r1, r2] = marks.includes("#data") ? [r1, whole.to.row] : [whole.to.row, whole.to.row];
    else if (mark !== "#data") throw new CannotCompute(`the table reference ${name}[${spec}]`);
  if (r2 < r1) return errors.ref;
  const c1 = whole.from.column + Math.min(first, last);
  return new Area(table.sheet, r1, c1, r2, whole.from.column + Math.max(first, last));
}

/** @param {string} spec */
function itemsOf(spec) {
  const bare = spec.trim();
  if (bare === "") return [];
  if (bare.startsWith("@")) {
    const column = bare.slice(1).trim();
    return ["#This Row", ...(column === "" ? [] : itemsOf(column))];
  }
  const inner = [...bare.matchAll(/\[((?:[^\]']|'.)*)\]/g)].map(([, item = ""]) => item);
  return (inner.length > 0 ? inner : [bare]).map((item) => item.replace(/'(.)/g, "$1"));
}

/** @param {{ columns: string[] }} table @param {string} column */
function indexOf(table, column) {
  const small = column.trim().toLowerCase();
  return table.columns.findIndex(
    (name) =>
      name
        .trim()
        .replace(/\r\n|_x000a_/gi, "\n")
        .toLowerCase() === small,
  );
}
