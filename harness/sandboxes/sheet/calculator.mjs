/** Computes the cells of a workbook in the order in which they need each other. */

import { lastColumn, lastRow } from "./addresses.mjs";
import { areaOf, cellsOf } from "./cells.mjs";
import { evaluate, single } from "./formula/evaluate.mjs";
import { parseFormula } from "./formula/parse.mjs";
import { Area, CannotCompute, errorNamed, errors, Grid } from "./formula/values.mjs";
import { days1904 } from "./number-kinds.mjs";

/** @typedef {import("./formula/values.mjs").Scalar} Scalar */

/** Cells that need each other in a row are computed inside each other this deep, then one by one. */
const depthAtMost = 40;
/** Cells of areas that are kept for formulas which ask for the same. */
const rememberedAtMost = 3_000_000;
const columnSpan = 16_385;
/** Array formulas over more cells are not looked into. */
const arrayAtMost = 500_000;

/**
 * @typedef {object} Formula a cell that is computed
 * @property {number} sheet
 * @property {import("./cells.mjs").Cell} cell
 * @property {"new" | "busy" | "done"} state
 * @property {Scalar} value
 * @property {Grid | undefined} grid what an array formula gave
 * @property {string | undefined} problem why it keeps its old value
 */

/** A cell has to be computed first. */
class Needs {
  /** @param {Formula} formula */
  constructor(formula) {
    this.formula = formula;
  }
}

/** Cells that need each other in a circle, until back at the first. */
class Circle {
  /** @param {Formula} first */
  constructor(first) {
    this.first = first;
  }
}

export class Calculator {
  /** @type {Map<number, Scalar>[]} values that stand in cells, by sheet and place */
  #values = [];
  /** @type {Map<number, Formula>[]} */
  #formulas = [];
  /** @type {Map<number, Formula>[]} cells that belong to the array formula of another */
  #spills = [];
  /** @type {{ rows: number, columns: number }} */
  #used = { rows: 1, columns: 1 };
  /** @type {Map<string, number>} */
  #sheetNumbers = new Map();
  #names;
  #tables;
  /** @type {Map<string, any>} */
  #trees = new Map();
  /** @type {Map<string, Grid>} areas without formulas in them, or with computed ones */
  #grids = new Map();
  #remembered = 0;
  #depth = 0;
  #budget;
  #isOver;
  #book;
  shift;
  today;

  /**
   * @param {import("./workbook.mjs").Workbook} book
   * @param {{ today: number, isOver: () => boolean, operations: number }} limits `today` as a serial number with the time of day
   */
  constructor(book, { today, isOver, operations }) {
    this.#book = book;
    this.#budget = operations;
    this.#isOver = isOver;
    this.today = today;
    this.shift = book.from1904 ? days1904 : 0;
    this.#names = book.names;
    book.sheets.forEach((sheet, number) => {
      this.#sheetNumbers.set(sheet.name.toLowerCase(), number);
      this.#load(sheet, number);
    });
    this.#tables = new Map(
      book.tables.map((table) => [
        table.name.toLowerCase(),
        { ...table, sheet: book.sheets.indexOf(table.sheet) },
      ]),
    );
  }

  /** @returns {Formula[]} in the order of the file */
  get formulas() {
    return this.#formulas.flatMap((sheet) => [...sheet.values()]);
  }

  /** Computes every formula; those that cannot be have a `problem`. */
  run() {
    for (const formula of this.formulas) this.#settle(formula);
  }

  /** @param {number} sheet @param {number} row @param {number} column @returns {Scalar} */
  value(sheet, row, column) {
    const place = row * columnSpan + column;
    const formula = this.#formulas[sheet]?.get(place);
    if (formula !== undefined) {
      this.#compute(formula);
      return formula.value;
    }
    const master = this.#spills[sheet]?.get(place);
    if (master === undefined) return this.#values[sheet]?.get(place) ?? null;
    this.#compute(master);
    if (master.grid === undefined) return this.#values[sheet]?.get(place) ?? null;
    return inGrid(master.grid, row - master.cell.row, column - master.cell.column);
  }

  /** @param {Area} area */
  grid(area) {
    const { sheet, r1, c1 } = area;
    const r2 = this.lastOf(area, "row");
    const c2 = this.lastOf(area, "column");
    const key = `${sheet},${r1},${c1},${r2},${c2}`;
    const known = this.#grids.get(key);
    if (known !== undefined) return known;
    this.spend((r2 - r1 + 1) * (c2 - c1 + 1));
    /** @type {Scalar[]} */
    const data = [];
    for (let row = r1; row <= r2; row++)
      for (let column = c1; column <= c2; column++) data.push(this.value(sheet, row, column));
    const grid = new Grid(r2 - r1 + 1, c2 - c1 + 1, data);
    if (data.length > 8) this.#remember(key, grid);
    return grid;
  }

  /** @param {string} key @param {Grid} grid */
  #remember(key, grid) {
    this.#remembered += grid.data.length;
    if (this.#remembered > rememberedAtMost) {
      this.#grids.clear();
      this.#remembered = grid.data.length;
    }
    this.#grids.set(key, grid);
  }

  /** @param {string} name */
  sheet(name) {
    return this.#sheetNumbers.get(name.toLowerCase());
  }

  /** @param {string} name @param {number} sheet */
  name(name, sheet) {
    const small = name.toLowerCase();
    const tab = this.#book.sheets[sheet]?.index;
    const same = this.#names.filter((known) => known.name.toLowerCase() === small);
    const found =
      same.find(({ scope }) => scope === tab) ?? same.find(({ scope }) => scope === undefined);
    return found === undefined ? undefined : this.#tree(found.text.replace(/^=/, ""));
  }

  /** @param {string} name */
  table(name) {
    return this.#tables.get(name.toLowerCase());
  }

  /** @param {number} sheet @param {number} row @param {number} column */
  spilled(sheet, row, column) {
    const formula = this.#formulas[sheet]?.get(row * columnSpan + column);
    if (formula === undefined) return undefined;
    this.#compute(formula);
    return formula.grid;
  }

  /** @param {number} sheet @param {number} row @param {number} column */
  isFormula(sheet, row, column) {
    return this.#formulas[sheet]?.has(row * columnSpan + column) ?? false;
  }

  /** @param {number} sheet @param {number} row @param {number} column */
  formulaText(sheet, row, column) {
    return this.#formulas[sheet]?.get(row * columnSpan + column)?.cell.formula;
  }

  /** @param {number} sheet @param {number} row @param {number} column */
  isTotal(sheet, row, column) {
    return /^\s*(?:SUBTOTAL|AGGREGATE)\(/i.test(this.formulaText(sheet, row, column) ?? "");
  }

  /** Where an area ends: one of whole columns or rows with the last that any sheet uses. @param {Area} area @param {"row" | "column"} which */
  lastOf({ r1, c1, r2, c2 }, which) {
    if (which === "row") return r2 === lastRow ? Math.max(r1, this.#used.rows) : r2;
    return c2 === lastColumn ? Math.max(c1, this.#used.columns) : c2;
  }

  /** @param {number} cells */
  spend(cells) {
    this.#budget -= cells + 1;
    if (this.#budget < 0 || this.#isOver()) throw new CannotCompute("too much to calculate");
  }

  /** Whether a cell holds something that is not part of that formula. @param {Formula} formula @param {number} row @param {number} column */
  isTaken(formula, row, column) {
    const place = row * columnSpan + column;
    if (this.#formulas[formula.sheet]?.has(place)) return true;
    const master = this.#spills[formula.sheet]?.get(place);
    if (master !== undefined) return master !== formula;
    return this.#values[formula.sheet]?.has(place) ?? false;
  }

  /** @param {import("./workbook.mjs").SheetEntry} sheet @param {number} number */
  #load(sheet, number) {
    const { cells, rows, columns } = cellsOf(this.#book, sheet);
    this.#used = {
      rows: Math.max(this.#used.rows, rows),
      columns: Math.max(this.#used.columns, columns),
    };
    /** @type {Map<number, Scalar>} */
    const values = new Map();
    /** @type {Map<number, Formula>} */
    const formulas = new Map();
    /** @type {Map<number, Formula>} */
    const spills = new Map();
    for (const cell of cells) {
      const place = cell.row * columnSpan + cell.column;
      if (cell.formula === undefined) values.set(place, stored(cell));
      else
        formulas.set(place, {
          sheet: number,
          cell,
          state: "new",
          value: null,
          grid: undefined,
          problem: undefined,
        });
    }
    for (const formula of formulas.values()) {
      const area = areaOf(formula.cell.array ?? "");
      if (
        area === undefined ||
        (area.to.row - area.from.row + 1) * (area.to.column - area.from.column + 1) > arrayAtMost
      )
        continue;
      for (let row = area.from.row; row <= area.to.row; row++)
        for (let column = area.from.column; column <= area.to.column; column++) {
          const place = row * columnSpan + column;
          if (formulas.get(place) !== formula && !formulas.has(place)) spills.set(place, formula);
        }
    }
    this.#values.push(values);
    this.#formulas.push(formulas);
    this.#spills.push(spills);
  }

  /** Computes a formula, and first whatever lies too deep below it. @param {Formula} formula */
  #settle(formula) {
    const waiting = [formula];
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      this.#depth = 0;
      try {
        if (next.state === "busy") next.state = "new";
        this.#compute(next);
        waiting.pop();
      } catch (error) {
        if (error instanceof Circle) waiting.pop();
        else if (!(error instanceof Needs)) throw error;
        else {
          next.state = "busy";
          waiting.push(error.formula);
        }
      }
    }
  }

  /** @param {Formula} formula */
  #compute(formula) {
    if (formula.state === "done") return;
    if (formula.state === "busy") throw new Circle(formula);
    if (this.#depth >= depthAtMost) throw new Needs(formula);
    formula.state = "busy";
    this.#depth++;
    try {
      this.#finish(formula, this.#evaluated(formula), undefined);
    } catch (error) {
      if (error instanceof Needs) {
        formula.state = "new";
        throw error;
      }
      if (error instanceof CannotCompute) this.#finish(formula, undefined, error.reason);
      else if (error instanceof Circle) {
        this.#finish(formula, undefined, "it refers to itself in a circle");
        if (error.first !== formula) throw error;
      } else if (error instanceof RangeError) this.#finish(formula, undefined, "nested too deeply");
      else throw error;
    } finally {
      this.#depth--;
    }
  }

  /** @param {Formula} formula @returns {Scalar | Grid} */
  #evaluated(formula) {
    this.spend(1);
    const { cell, sheet } = formula;
    const array = cell.array !== undefined;
    /** @type {import("./formula/evaluate.mjs").Context} */
    const context = {
      calc: this,
      sheet,
      row: cell.row,
      column: cell.column,
      array,
      names: undefined,
    };
    const value = evaluate(this.#tree(cell.formula ?? ""), context);
    if (!array) return single(value, context);
    if (value instanceof Area) return this.grid(value);
    return value instanceof Grid ? value : single(value, context);
  }

  /** @param {Formula} formula @param {Scalar | Grid | undefined} result @param {string | undefined} problem */
  #finish(formula, result, problem) {
    formula.state = "done";
    formula.problem = problem;
    if (result === undefined) formula.value = stored(formula.cell);
    else if (result instanceof Grid) {
      formula.grid = result;
      formula.value = result.at(0, 0) ?? 0;
    } else {
      if (formula.cell.array !== undefined) formula.grid = new Grid(1, 1, [result]);
      // What a formula finds in an empty cell is 0.
      formula.value = result ?? 0;
    }
  }

  /** @param {string} text */
  #tree(text) {
    let tree = this.#trees.get(text);
    if (tree === undefined) {
      tree = parseFormula(text);
      this.#trees.set(text, tree);
    }
    return tree;
  }
}

/** A cell of an array formula's range; a single value, row or column stands in all of them. @param {Grid} grid @param {number} row @param {number} column */
export function inGrid(grid, row, column) {
  const r = grid.rows === 1 ? 0 : row;
  const c = grid.columns === 1 ? 0 : column;
  return r < grid.rows && c < grid.columns ? (grid.at(r, c) ?? 0) : errors.na;
}

/** The value that a cell holds. @param {import("./cells.mjs").Cell} cell @returns {Scalar} */
function stored(cell) {
  if (cell.type === "error") return errorNamed(String(cell.value));
  return cell.type === "none" ? null : (cell.value ?? null);
}
