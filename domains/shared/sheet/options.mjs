/** The command line of `sheet`, taken apart. */

import { SheetError } from "./sheet-error.mjs";

/**
 * @typedef {object} Options
 * @property {string | undefined} sheet
 * @property {"csv" | "cells" | "rows"} form what is printed
 * @property {boolean} formulas
 * @property {boolean} text
 * @property {string} engine
 */

/** @param {readonly string[]} args @returns {{ words: string[], options: Options }} */
export function optionsOf(args) {
  const words = [];
  /** @type {Options} */
  const options = {
    sheet: undefined,
    form: "csv",
    formulas: false,
    text: false,
    engine: "builtin",
  };
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    // After CELL, a word is a value, and a value may well be "--sheet".
    const isValue = words[0] === "write" && words.length >= 3 && words.length % 2 === 1;
    if (isValue || !word.startsWith("--") || word === "--help") words.push(word);
    else if (word === "--sheet" || word === "--engine") {
      const value = args[++i];
      if (value === undefined) throw new SheetError(needs(word));
      take(options, word, value);
    } else if (word.startsWith("--sheet=") || word.startsWith("--engine=")) {
      const mark = word.indexOf("=");
      take(options, word.slice(0, mark), word.slice(mark + 1));
    } else if (word === "--json") options.form = "cells";
    else if (word === "--rows") options.form = "rows";
    else if (word === "--formulas") options.formulas = true;
    else if (word === "--text") options.text = true;
    else throw new SheetError(`no such option: ${word} (sheet --help lists them)`);
  }
  return { words, options };
}

/** @param {string} option */
function needs(option) {
  return option === "--sheet"
    ? "--sheet needs the name of a sheet"
    : "--engine is builtin or libreoffice";
}

/** @param {Options} options @param {string} option @param {string} value */
function take(options, option, value) {
  if (option === "--sheet") options.sheet = value;
  else if (value === "builtin" || value === "libreoffice") options.engine = value;
  else throw new SheetError(needs(option));
}
