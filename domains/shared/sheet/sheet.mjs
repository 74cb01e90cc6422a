/**
 * The `sheet` command: reads and writes workbooks. `sheet --help` prints how.
 *
 * A workbook is changed in place, part by part: what is not named in a command (charts, pictures,
 * pivot tables, macros, formats) stays as it is. Plain JavaScript, because a worker thread and a bare
 * Node.js in a sandbox run it; it touches files through the shell that it is given.
 */

import { createRequire } from "node:module";
import { areaOf, cellAt, isIn, lastColumn, lastRow, splitReference } from "./addresses.mjs";
import { BookFault, SheetFault } from "./fault.mjs";
import { areaText, listText } from "./print.mjs";
import { newValueOf } from "./values.mjs";
import { Workbook } from "./workbook.mjs";

const usage =
  "usage: sheet list FILE | sheet read FILE [--sheet NAME] [RANGE] [--json | --rows] [--formulas] | sheet write FILE [--sheet NAME] [--text] CELL VALUE [CELL VALUE ...] | sheet fill FILE [--sheet NAME] [--text] [CELL] < DATA.csv | sheet clear FILE [--sheet NAME] RANGE ...";

const help = `${usage.replace("usage: ", "usage:\n    ").replaceAll(" | sheet", "\n    sheet")}

RANGE is like A1:C5, B2, A:C, 2:4, A2:C or 'My Sheet'!A1:B2; all that is used without one.
read prints CSV; --json prints a list of the cells with their types and formulas, --rows a list of
objects named by the range's first row, --formulas formulas in place of their values.
A VALUE is a number, =FORMULA, TRUE, FALSE, a date like 2024-03-05, '' to empty the cell, or text; a
leading apostrophe, or --text for all, keeps it as text. write and fill make a missing file or sheet.
A formula has no value until LibreOffice or Excel opens the file and calculates it. With LibreOffice:
soffice --headless --convert-to xlsx --outdir calculated FILE
`;

/**
 * Every fault is one line on stderr, and the exit code 1.
 *
 * @type {import("../../../harness/contracts/index.ts").ShellCommandRun}
 */
export async function run(args, shell) {
  let file;
  try {
    const { words, options } = optionsOf(args);
    const [verb, named, ...rest] = words;
    file = named;
    const stdout = await answer({ verb, file, rest, options, shell });
    return { stdout, stderr: "", exitCode: 0 };
  } catch (error) {
    const [message] = String(error?.message ?? error).split("\n");
    const isOwn = error instanceof SheetFault && !(error instanceof BookFault);
    // What is no fault of ours comes from a library that could not read the file.
    const about = error instanceof SheetFault ? message : `not an .xlsx workbook (${message})`;
    return { stdout: "", stderr: `sheet: ${isOwn ? "" : `${file}: `}${about}\n`, exitCode: 1 };
  }
}

/** Does what was asked. @returns {Promise<string>} what is printed */
async function answer({ verb, file, rest, options, shell }) {
  if (["--help", "-h", "help"].includes(verb)) return help;
  if (!["list", "read", "write", "fill", "clear"].includes(verb)) throw new SheetFault(usage);
  if (file === undefined) throw new SheetFault(`no FILE given; ${usage}`);
  if (verb === "read" && rest.length > 1)
    throw new SheetFault(`read takes one RANGE, got: ${rest.join(" ")} (quote sheet names)`);
  if (verb === "clear" && rest.length === 0) throw new SheetFault(`clear needs a RANGE; ${usage}`);
  if (verb === "write" || verb === "fill") {
    const targets = verb === "write" ? written(rest) : filled(rest, await shell.stdin());
    const data = await shell.read(file);
    const book = new Workbook(data);
    put(book, targets, options, data === undefined);
    await shell.write(file, book.bytes());
    return "";
  }
  const data = await shell.read(file);
  if (data === undefined) throw new BookFault("no such file");
  const book = new Workbook(data);
  if (verb === "list") return listText(book, options);
  const references = rest.map(splitReference);
  if (verb === "read") {
    const { sheet = options.sheet, range } = references[0] ?? { range: "" };
    return areaText(book, sheetOf(book, sheet), range, options);
  }
  for (const [name, ranges] of bySheet(references, options.sheet))
    clear(book, sheetOf(book, name), ranges);
  await shell.write(file, book.bytes());
  return "";
}

/** The command line taken apart: `words`, and the options `sheet`, `form` (csv, cells, rows), `formulas` and `text`. */
function optionsOf(args) {
  const words = [];
  const options = { sheet: undefined, form: "csv", formulas: false, text: false };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    // After CELL, a word is a value, and a value may well be "--sheet".
    const isValue = words[0] === "write" && words.length >= 3 && words.length % 2 === 1;
    if (isValue || !word.startsWith("--") || word === "--help") words.push(word);
    else if (word === "--json") options.form = "cells";
    else if (word === "--rows") options.form = "rows";
    else if (word === "--formulas") options.formulas = true;
    else if (word === "--text") options.text = true;
    else if (/^--sheet(=|$)/.test(word)) {
      options.sheet = word === "--sheet" ? rest.shift() : word.slice("--sheet=".length);
      if (options.sheet === undefined) throw new SheetFault("--sheet needs the name of a sheet");
    } else throw new SheetFault(`no such option: ${word} (sheet --help lists them)`);
  }
  return { words, options };
}

/** A sheet by its name, the first without one. */
function sheetOf(book, name) {
  const sheet = name === undefined ? book.sheets[0] : book.sheet(name);
  if (sheet) return sheet;
  if (name === undefined) throw new BookFault("has no sheet");
  const names = book.sheets.map((other) => other.name).join(", ");
  throw new BookFault(`no sheet named ${name}; there are: ${names}`);
}

/** What `write` is to put where: `{ sheet, row, column, word }`. */
function written(rest) {
  if (rest.length === 0 || rest.length % 2 === 1)
    throw new SheetFault(`write needs CELL VALUE in pairs; ${usage}`);
  return rest.flatMap((reference, at) => {
    if (at % 2 === 1) return [];
    const { sheet, range } = splitReference(reference);
    return [{ sheet, ...cellAt(range), word: rest[at + 1] }];
  });
}

/** What `fill` is to put where; an empty field empties its cell. */
function filled(rest, csv) {
  if (rest.length > 1) throw new SheetFault(`fill takes one CELL; ${usage}`);
  const { sheet, range } = splitReference(rest[0] ?? "A1");
  const start = cellAt(range);
  const words = fieldsOf(csv).flatMap((record, down) =>
    record.map((word, right) => ({
      sheet,
      row: start.row + down,
      column: start.column + right,
      word,
    })),
  );
  if (words.length === 0)
    throw new SheetFault("fill found nothing on standard input (sheet fill FILE B2 < data.csv)");
  if (words.some(({ row, column }) => row > lastRow || column > lastColumn))
    throw new SheetFault("the data reaches past the last row or column of a sheet");
  return words;
}

/** Puts words into sheets, which are made where they are missing. */
function put(book, targets, options, isNew) {
  for (const [name, own] of bySheet(targets, options.sheet ?? (isNew ? "Sheet1" : undefined))) {
    const there = name === undefined ? sheetOf(book) : book.sheet(name);
    const edits = own.map(({ row, column, word }) => ({
      row,
      column,
      value: newValueOf(word, options.text),
    }));
    book.edit(there ?? book.addSheet(name), edits);
  }
}

/** Things by the sheet that they name, or `standard`, in the order of their first. */
function bySheet(things, standard) {
  const groups = new Map();
  for (const thing of things) {
    const { sheet = standard } = thing;
    const key = sheet?.toLowerCase();
    const group = groups.get(key) ?? { sheet, own: [] };
    group.own.push(thing);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ sheet, own }) => [sheet, own]);
}

/** Empties the cells of ranges that hold something. */
function clear(book, sheet, ranges) {
  const { cells, ...used } = book.cells(sheet);
  const areas = ranges.map(({ range }) => areaOf(range, used));
  const inside = cells.filter((cell) => areas.some((area) => isIn(cell, area)));
  const edits = inside.map(({ row, column }) => ({ row, column, value: { kind: "empty" } }));
  book.edit(sheet, edits);
}

/** The records of a CSV text (RFC 4180; line ends of any system). */
function fieldsOf(text) {
  // Required where it is used, since most commands have no use for it.
  const { parse } = createRequire(import.meta.url)("csv-parse/sync");
  try {
    const lineEnds = ["\r\n", "\n", "\r"];
    return parse(text, {
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: lineEnds,
    });
  } catch (error) {
    throw new SheetFault(`line ${error.lines} of the CSV: a quote that does not end its field`);
  }
}
