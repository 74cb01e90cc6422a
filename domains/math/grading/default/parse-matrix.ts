import type { Cursor } from "./cursor.ts";
import { type Expression, node } from "./expression.ts";
import { limits, TooHard, Unreadable } from "./limits.ts";

const environments = new Set(["matrix", "pmatrix", "bmatrix", "array"]);

/** What follows `\begin`: rows divided by `\\`, entries by `&`. The kind of brackets does not matter. */
export function readMatrix(cursor: Cursor): Expression {
  const name = readName(cursor);
  if (!environments.has(name)) throw new Unreadable(`the environment ${name}`);
  if (name === "array" && cursor.takes("{")) while (!cursor.takes("}")) skipOne(cursor);
  const rows: Expression[][] = [[]];
  let entries = 0;
  while (!cursor.takes("end")) {
    const row = rows.at(-1);
    if (cursor.takes("\\\\")) rows.push([]);
    else if (!cursor.takes("&")) {
      row?.push(cursor.grammar.readSum(cursor));
      if (++entries > limits.items) throw new TooHard("the matrix has too many entries");
    }
  }
  readName(cursor);
  const filled = rows.filter((row) => row.length > 0);
  const width = filled[0]?.length;
  if (width === undefined || filled.some((row) => row.length !== width))
    throw new Unreadable("rows of different lengths");
  return node("matrix", ...filled.map((row) => node("list", ...row)));
}

function readName(cursor: Cursor): string {
  cursor.expect("{");
  let name = "";
  while (!cursor.takes("}")) {
    name += cursor.peek()?.text ?? "";
    skipOne(cursor);
  }
  return name;
}

function skipOne(cursor: Cursor): void {
  if (cursor.atEnd) throw new Unreadable("an environment is not closed");
  cursor.skip();
}
