/** Formulas as trees. */

import { columnNumber, lastColumn, lastRow } from "../addresses.mjs";
import { CannotCompute, errorNamed } from "./values.mjs";

/**
 * @typedef {{ k: "value", v: import("./values.mjs").Scalar }
 *   | { k: "missing" }
 *   | { k: "cells", sheet: string | undefined, r1: number, c1: number, r2: number, c2: number }
 *   | { k: "name", sheet: string | undefined, name: string }
 *   | { k: "table", table: string, spec: string }
 *   | { k: "call", name: string, args: Node[] }
 *   | { k: "apply", f: Node, args: Node[] }
 *   | { k: "binary", op: string, a: Node, b: Node }
 *   | { k: "unary", op: string, a: Node }
 *   | { k: "union", items: Node[] }
 *   | { k: "grid", rows: Node[][] }} Node
 */

const depthAtMost = 200;
const binaryPower = new Map([
  ["=", 1],
  ["<>", 1],
  ["<", 1],
  [">", 1],
  ["<=", 1],
  [">=", 1],
  ["&", 2],
  ["+", 3],
  ["-", 3],
  ["*", 4],
  ["/", 4],
  ["^", 5],
  [":", 9],
]);

const token = {
  space: /[\s\u00a0]+/y,
  text: /"((?:[^"]|"")*)"/y,
  number: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y,
  error: /#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)/iy,
  sheet: /(?:'((?:[^']|'')+)'|((?:\[\d+\])?[\p{L}_\\][\p{L}\p{N}_.\\]*|\[\d+\]))!/uy,
  cell: /(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})(?![\p{L}\p{N}_.(])/uy,
  columns: /\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})(?![\p{L}\p{N}_.(!])/uy,
  rows: /\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})(?![\p{L}\p{N}_.(!])/uy,
  name: /[\p{L}_\\][\p{L}\p{N}_.\\?]*/uy,
  operator: /<>|<=|>=|[=<>&+\-*/^:]/y,
};

/**
 * @param {string} text without the leading `=`
 * @returns {Node}
 * @throws {CannotCompute} when it is not understood.
 */
export function parseFormula(text) {
  const parser = new Parser(text);
  const node = parser.expression(0);
  if (parser.at < text.length) throw parser.fault();
  return node;
}

class Parser {
  at = 0;
  #depth = 0;
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#skip();
  }

  fault() {
    return new CannotCompute(
      `not understood: =${this.#text.length > 60 ? `${this.#text.slice(0, 57)}...` : this.#text}`,
    );
  }

  /** @param {number} power @returns {Node} */
  expression(power) {
    if (++this.#depth > depthAtMost) throw new CannotCompute("nested too deeply");
    let left = this.#prefix();
    for (;;) {
      if (this.#text[this.at] === "%") {
        this.at++;
        this.#skip();
        left = { k: "unary", op: "%", a: left };
        continue;
      }
      if (this.#text[this.at] === "#" && left.k === "cells") {
        this.at++;
        this.#skip();
        left = { k: "call", name: "ANCHORARRAY", args: [left] };
        continue;
      }
      if (this.#text[this.at] === "(" && (left.k === "call" || left.k === "apply")) {
        left = { k: "apply", f: left, args: this.#arguments() };
        continue;
      }
      token.operator.lastIndex = this.at;
      const op = token.operator.exec(this.#text)?.[0];
      const own = op === undefined ? undefined : binaryPower.get(op);
      if (op === undefined || own === undefined || own <= power) break;
      this.at += op.length;
      this.#skip();
      left = { k: "binary", op, a: left, b: this.expression(own) };
    }
    this.#depth--;
    return left;
  }

  /** @returns {Node} */
  #prefix() {
    const sign = this.#text[this.at];
    if (sign === "-" || sign === "+" || sign === "@") {
      this.at++;
      this.#skip();
      // Tighter than every operator of two sides but the one of ranges: -2^2 is 4.
      return { k: "unary", op: sign, a: this.expression(sign === "@" ? 8 : 6) };
    }
    return this.#primary();
  }

  /** @returns {Node} */
  #primary() {
    const sign = this.#text[this.at];
    if (sign === "(") {
      this.at++;
      this.#skip();
      const items = [this.expression(0)];
      while (this.#take(",")) items.push(this.expression(0));
      if (!this.#take(")")) throw this.fault();
      const [only] = items;
      return items.length === 1 && only ? only : { k: "union", items };
    }
    if (sign === "{") return this.#grid();
    const text = this.#match(token.text);
    if (text) return { k: "value", v: (text[1] ?? "").replaceAll('""', '"') };
    const error = this.#match(token.error);
    if (error) return { k: "value", v: errorNamed(error[0]) };
    const sheet = this.#match(token.sheet);
    if (sheet) {
      const name = sheet[1]?.replaceAll("''", "'") ?? sheet[2] ?? "";
      if (/^\[|\[[^\]]*\.xl|\[\d+\]/i.test(name))
        throw new CannotCompute("refers to another workbook");
      const broken = this.#match(token.error);
      if (broken) return { k: "value", v: errorNamed(broken[0]) };
      return this.#reference(name);
    }
    return this.#reference(undefined);
  }

  /** @param {string | undefined} sheet @returns {Node} */
  #reference(sheet) {
    const columns = this.#match(token.columns);
    if (columns) {
      const [a, b] = [columnNumber(columns[1] ?? ""), columnNumber(columns[2] ?? "")];
      if (Math.max(a, b) <= lastColumn)
        return { k: "cells", sheet, r1: 1, c1: Math.min(a, b), r2: lastRow, c2: Math.max(a, b) };
    }
    const rows = this.#match(token.rows);
    if (rows) {
      const [a, b] = [Number(rows[1]), Number(rows[2])];
      return { k: "cells", sheet, r1: Math.min(a, b), c1: 1, r2: Math.max(a, b), c2: lastColumn };
    }
    const cell = this.#match(token.cell);
    if (cell) {
      const [row, column] = [Number(cell[4]), columnNumber(cell[2] ?? "")];
      if (row <= lastRow && column <= lastColumn) return this.#range(sheet, row, column);
    }
    if (sheet === undefined) {
      const number = this.#match(token.number);
      if (number) return { k: "value", v: Number(number[0]) };
    }
    const name = this.#match(token.name, true)?.[0];
    if (name === undefined) throw this.fault();
    const plain = name.replace(/^(?:_xl(?:fn|ws|udf)\.)+/i, "");
    if (this.#text[this.at] === "(")
      return { k: "call", name: plain.toUpperCase(), args: this.#arguments() };
    if (this.#text[this.at] === "[") return { k: "table", table: name, spec: this.#bracketed() };
    this.#skip();
    if (/^true$/i.test(name)) return { k: "value", v: true };
    if (/^false$/i.test(name)) return { k: "value", v: false };
    return { k: "name", sheet, name: name.replace(/^_xlpm\./i, "") };
  }

  /**
   * From a first cell to a second one, which belongs to the same sheet; or only the first.
   *
   * @param {string | undefined} sheet
   * @param {number} row
   * @param {number} column
   * @returns {Node}
   */
  #range(sheet, row, column) {
    const start = this.at;
    const second = this.#take(":") ? this.#match(token.cell) : null;
    const [r, c] = [Number(second?.[4]), columnNumber(second?.[2] ?? "")];
    if (!second || r > lastRow || c > lastColumn) {
      this.at = start;
      return { k: "cells", sheet, r1: row, c1: column, r2: row, c2: column };
    }
    return {
      k: "cells",
      sheet,
      r1: Math.min(row, r),
      c1: Math.min(column, c),
      r2: Math.max(row, r),
      c2: Math.max(column, c),
    };
  }

  /** @returns {Node[]} */
  #arguments() {
    this.at++;
    this.#skip();
    if (this.#take(")")) return [];
    /** @type {Node[]} */
    const args = [];
    do {
      const next = this.#text[this.at];
      args.push(next === "," || next === ")" ? { k: "missing" } : this.expression(0));
    } while (this.#take(","));
    if (!this.#take(")")) throw this.fault();
    return args;
  }

  /** @returns {Node} */
  #grid() {
    this.at++;
    this.#skip();
    /** @type {Node[][]} */
    const rows = [[]];
    for (;;) {
      rows.at(-1)?.push(this.expression(0));
      if (this.#take(",")) continue;
      if (this.#take(";")) {
        rows.push([]);
        continue;
      }
      if (this.#take("}")) return { k: "grid", rows };
      throw this.fault();
    }
  }

  /** What stands in the brackets behind the name of a table. */
  #bracketed() {
    const start = this.at + 1;
    let open = 0;
    for (; this.at < this.#text.length; this.at++) {
      const sign = this.#text[this.at];
      if (sign === "'") this.at++;
      else if (sign === "[") open++;
      else if (sign === "]" && --open === 0) {
        const spec = this.#text.slice(start, this.at);
        this.at++;
        this.#skip();
        return spec;
      }
    }
    throw this.fault();
  }

  /** @param {RegExp} pattern @param {boolean} [tight] leaves the space behind it */
  #match(pattern, tight = false) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    if (!tight) this.#skip();
    return match;
  }

  /** @param {string} sign */
  #take(sign) {
    if (this.#text[this.at] !== sign) return false;
    this.at++;
    this.#skip();
    return true;
  }

  #skip() {
    token.space.lastIndex = this.at;
    if (token.space.test(this.#text)) this.at = token.space.lastIndex;
  }
}
