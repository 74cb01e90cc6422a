/**
 * The `sheet` command: reads, writes and calculates workbooks. `sheet --help` prints how.
 *
 * Plain JavaScript without packages: a worker thread and a bare `node` in a sandbox run it as it is.
 * It touches no file itself; where files are is passed in. A workbook is changed in place, part by
 * part: what is not named in a command (charts, pictures, pivot tables, macros, formats) stays as it
 * is. Only the stored order of calculation is dropped, which programs find anew.
 */

import { placeOf, splitReference } from "./addresses.mjs";
import { optionsOf } from "./options.mjs";
import { areaText, listText } from "./print.mjs";
import { BookError, SheetError } from "./sheet-error.mjs";
import { Workbook } from "./workbook.mjs";

/** @typedef {import("../../../harness/contracts/sandbox.ts").CommandShell} SheetFiles */
/** @typedef {{ stdout: string, stderr: string, exitCode: number }} SheetResult */

const usage =
  "usage: sheet list FILE | sheet read FILE [--sheet NAME] [RANGE] [--json | --rows] [--formulas] | sheet write FILE [--sheet NAME] [--text] CELL VALUE [CELL VALUE ...] | sheet fill FILE [--sheet NAME] [--text] [CELL] < DATA.csv | sheet clear FILE [--sheet NAME] RANGE ...";

const help = `${usage.replace("usage: ", "usage:\n    ").replaceAll(" | sheet", "\n    sheet")}

RANGE is like A1:C5, B2, A:C, 2:4, A2:C or 'My Sheet'!A1:B2; all that is used without one.
read prints CSV; --json prints a list of the cells with their types and formulas, --rows a list of
objects named by the range's first row, --formulas formulas in place of their values.
A VALUE is a number, =FORMULA, TRUE, FALSE, a date like 2024-03-05, '' to empty the cell, or text; a
leading apostrophe, or --text for all, keeps it as text. write and fill make a missing file or sheet.
A formula has no value until LibreOffice or Excel opens the file and calculates it. Where there is LibreOffice:
soffice --headless --convert-to xlsx --outdir calculated FILE
`;

/**
 * @param {readonly string[]} args what follows `sheet` on the command line.
 * @param {SheetFiles} files
 * @returns {Promise<SheetResult>} never throws: every fault is one line on stderr and exit code 1.
 */
export async function run(args, files) {
  try {
    const { stdout, problems = [] } = await answer(args, files);
    const stderr = problems.map((line) => `sheet: ${line}\n`).join("");
    return { stdout, stderr, exitCode: problems.length === 0 ? 0 : 1 };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const about = error instanceof BookError ? `${optionsOf(args).words[1]}: ${message}` : message;
    const text = about.split("\n")[0];
    return { stdout: "", stderr: `sheet: ${text}\n`, exitCode: 1 };
  }
}

/**
 * @param {readonly string[]} args
 * @param {SheetFiles} files
 * @returns {Promise<{ stdout: string, problems?: readonly string[] }>}
 */
async function answer(args, files) {
  const { words, options } = optionsOf(args);
  const [verb, file, ...rest] = words;
  if (verb === "--help" || verb === "-h" || verb === "help") return { stdout: help };
  if (!["list", "read", "write", "fill", "clear"].includes(verb ?? "")) throw new SheetError(usage);
  if (file === undefined) throw new SheetError(`no FILE given; ${usage}`);
  switch (verb) {
    case "list":
      return { stdout: listText(await existing(file, files), options) };
    case "read": {
      if (rest.length > 1)
        throw new SheetError(`read takes one RANGE, got: ${rest.join(" ")} (quote sheet names)`);
      const book = await existing(file, files);
      const { sheet: named, range } = splitReference(rest[0] ?? "");
      const sheet = sheetOf(book, named ?? options.sheet, file);
      return { stdout: areaText(book, sheet, range === "" ? undefined : range, options) };
    }
    default:
      await change(verb ?? "", file, rest, options, files);
      return { stdout: "" };
  }
}

/**
 * @param {string} file
 * @param {SheetFiles} files
 */
async function existing(file, files) {
  const data = await files.read(file);
  if (data === undefined) throw new SheetError(`${file}: no such file`);
  return opened(file, data);
}

/** @param {string} file @param {Uint8Array} data */
function opened(file, data) {
  try {
    return new Workbook(data);
  } catch (error) {
    if (error instanceof BookError) throw error;
    throw new SheetError(`${file}: not an .xlsx workbook`);
  }
}

/**
 * @param {Workbook} book
 * @param {string | undefined} name
 * @param {string} file
 */
function sheetOf(book, name, file) {
  const sheet = name === undefined ? book.sheets[0] : sheetNamed(book, name);
  if (sheet) return sheet;
  const names = book.sheets.map((other) => other.name).join(", ");
  if (name === undefined) throw new SheetError(`${file}: has no sheet`);
  throw new SheetError(`${file}: no sheet named ${name}; there are: ${names}`);
}

/** @param {Workbook} book @param {string} name */
function sheetNamed(book, name) {
  const small = name.toLowerCase();
  return (
    book.sheets.find((sheet) => sheet.name === name) ??
    book.sheets.find((sheet) => sheet.name.toLowerCase() === small)
  );
}

/**
 * @param {string} verb
 * @param {string} file
 * @param {readonly string[]} rest
 * @param {import("./options.mjs").Options} options
 * @param {SheetFiles} files
 */
async function change(verb, file, rest, options, files) {
  const { clearings, fillings, writings } = await import("./changes.mjs");
  if (verb === "write" && (rest.length === 0 || rest.length % 2 === 1))
    throw new SheetError(`write needs CELL VALUE in pairs; ${usage}`);
  if (verb === "clear") {
    if (rest.length === 0) throw new SheetError(`clear needs a RANGE; ${usage}`);
    const book = await existing(file, files);
    for (const [name, ranges] of bySheet(rest, options.sheet)) {
      const sheet = sheetOf(book, name, file);
      clearings(book, sheet, ranges);
    }
    await files.write(file, book.bytes());
    return;
  }
  if (verb === "fill" && rest.length > 1) throw new SheetError(`fill takes one CELL; ${usage}`);
  const targets = verb === "fill" ? [rest[0] ?? "A1"] : rest.filter((_, i) => i % 2 === 0);
  for (const target of targets) placeOf(splitReference(target).range);
  const input = verb === "fill" ? await files.stdin() : "";
  const data = await files.read(file);
  const first = splitReference(targets[0] ?? "").sheet ?? options.sheet;
  const book = data === undefined ? Workbook.empty(first ?? "Sheet1") : opened(file, data);
  for (const [name, cells] of bySheet(targets, options.sheet)) {
    const sheet =
      name === undefined
        ? sheetOf(book, undefined, file)
        : (sheetNamed(book, name) ?? book.addSheet(name));
    if (verb === "fill") fillings(book, sheet, cells[0] ?? "A1", input, options.text);
    else {
      const pairs = rest.flatMap((word, i) => {
        const { sheet: own, range } = splitReference(word);
        const here = i % 2 === 0 && (own ?? options.sheet)?.toLowerCase() === name?.toLowerCase();
        return here ? [{ cell: range, value: rest[i + 1] ?? "" }] : [];
      });
      writings(book, sheet, pairs, options.text);
    }
  }
  await files.write(file, book.bytes());
}

/**
 * References by the sheet they name, in the order of their first.
 *
 * @param {readonly string[]} references
 * @param {string | undefined} standard where one names none
 * @returns {Map<string | undefined, string[]>}
 */
function bySheet(references, standard) {
  const groups = new Map();
  for (const reference of references) {
    const { sheet, range } = splitReference(reference);
    const name = sheet ?? standard;
    const known = [...groups.keys()].find((other) => other?.toLowerCase() === name?.toLowerCase());
    const key = groups.has(known) ? known : name;
    groups.set(key, [...(groups.get(key) ?? []), range]);
  }
  return groups;
}
