/** How functions take their arguments. */

import {
  Area,
  CannotCompute,
  errors,
  Grid,
  parseNumber,
  toNumber,
  Union,
  XlError,
} from "./values.mjs";

/** @typedef {import("./values.mjs").Scalar} Scalar */
/** @typedef {import("./evaluate.mjs").Context} Context */

/** @typedef {{ evaluate: (node: any, context: Context) => any, single: (value: any, context: Context) => Scalar, lifted: (values: any[], context: Context, f: (scalars: Scalar[]) => Scalar) => any }} Run */

/**
 * @typedef {object} Known a function
 * @property {(args: any[], context: Context, run: Run) => any} f may throw an XlError
 * @property {string} kinds of its arguments, the last one repeated: `v` one value, `e` one value that
 * may be an error, `r` as it is, `a` as it is and computed cell by cell, `l` (alone) the tree itself
 * @property {number} min
 * @property {number} max
 */

/** @param {Map<string, Known>} table @param {string} names @param {string} kinds @param {number} min @param {number} max @param {Known["f"]} f */
export function define(table, names, kinds, min, max, f) {
  for (const name of names.split(" ")) table.set(name, { f, kinds, min, max });
}

/**
 * Values of an argument, one list of rows.
 *
 * @param {any} value
 * @param {Context} context
 * @returns {Grid}
 */
export function gridOf(value, context) {
  if (value instanceof Grid) return value;
  if (value instanceof Area) return context.calc.grid(value);
  if (value instanceof Union) throw new CannotCompute("a list of references here");
  if (value instanceof XlError) throw value;
  return new Grid(1, 1, [value ?? null]);
}

/**
 * The numbers among arguments, as SUM takes them: all of direct values, only the numbers of ranges.
 *
 * @param {any[]} args
 * @param {Context} context
 * @returns {number[]}
 * @throws {XlError} the first error among them
 */
export function numbersOf(args, context) {
  const numbers = [];
  for (const arg of args) {
    if (arg === undefined) continue;
    if (arg instanceof Area || arg instanceof Grid) {
      for (const item of gridOf(arg, context).data)
        if (typeof item === "number") numbers.push(item);
        else if (item instanceof XlError) throw item;
    } else if (arg instanceof Union) numbers.push(...numbersOf(arg.areas, context));
    else numbers.push(toNumber(arg));
  }
  return numbers;
}

/**
 * All values of arguments, errors and empty cells included.
 *
 * @param {any[]} args
 * @param {Context} context
 * @returns {Scalar[]}
 */
export function itemsOf(args, context) {
  return args.flatMap((arg) => {
    if (arg instanceof Area || arg instanceof Grid) return gridOf(arg, context).data;
    if (arg instanceof Union) return itemsOf(arg.areas, context);
    return [arg ?? null];
  });
}

/** @param {any} value @param {number} standard @returns {number} */
export function numberOr(value, standard) {
  return value === undefined ? standard : toNumber(value);
}

/** A whole number, cut towards zero. @param {any} value @param {number} [standard] */
export function whole(value, standard = 0) {
  return Math.trunc(numberOr(value, standard));
}

/**
 * Whether a value meets a criterion such as `">=5"`, `"a*"` or 3.
 *
 * @param {any} criterion
 * @returns {(value: Scalar) => boolean}
 */
export function criterionOf(criterion) {
  if (criterion instanceof XlError)
    return (value) => value instanceof XlError && value.name === criterion.name;
  if (typeof criterion === "number")
    return (value) =>
      value === criterion || (typeof value === "string" && parseNumber(value) === criterion);
  if (typeof criterion === "boolean") return (value) => value === criterion;
  const text = criterion === null || criterion === undefined ? "=0" : String(criterion);
  if (criterion === null || criterion === undefined) return (value) => value === 0;
  const [, op = "", operand = ""] = /^(<>|<=|>=|=|<|>)?([\s\S]*)$/.exec(text) ?? [];
  if (op === "=" && operand === "") return (value) => value === null;
  if (op === "<>" && operand === "") return (value) => value !== null;
  if (op === "" && operand === "") return (value) => value === null || value === "";
  const number = parseNumber(operand);
  if (op === "" || op === "=" || op === "<>") {
    const equal = number !== undefined ? equalsNumber(number) : equalsText(operand);
    return op === "<>" ? (value) => !equal(value) : equal;
  }
  return ordered(op, number ?? operand.toLowerCase());
}

/** @param {number} number @returns {(value: Scalar) => boolean} */
function equalsNumber(number) {
  return (value) =>
    value === number || (typeof value === "string" && parseNumber(value) === number);
}

/** @param {string} operand @returns {(value: Scalar) => boolean} */
function equalsText(operand) {
  if (/^(true|false)$/i.test(operand)) {
    const truth = operand.toLowerCase() === "true";
    return (value) => value === truth;
  }
  if (/^#[A-Z/0!?]+$/.test(operand))
    return (value) => value instanceof XlError && value.name === operand;
  if (/[*?~]/.test(operand)) {
    const matches = wildcard(operand);
    return (value) => typeof value === "string" && matches(value);
  }
  const small = operand.toLowerCase();
  return (value) => typeof value === "string" && value.toLowerCase() === small;
}

/** @param {string} op @param {number | string} operand @returns {(value: Scalar) => boolean} */
function ordered(op, operand) {
  return (value) => {
    if (typeof operand === "number" ? typeof value !== "number" : typeof value !== "string")
      return false;
    const own = typeof value === "string" ? value.toLowerCase() : /** @type {number} */ (value);
    if (op === "<") return own < operand;
    if (op === ">") return own > operand;
    return op === "<=" ? own <= operand : own >= operand;
  };
}

/**
 * A pattern of `*`, `?` and `~`, matched by hand: a regular expression of many stars would never end.
 *
 * @param {string} pattern
 * @returns {(text: string) => boolean} whether the whole text matches, whatever its case
 */
export function wildcard(pattern) {
  /** @type {string[]} */
  const steps = [];
  const small = pattern.toLowerCase();
  for (let i = 0; i < small.length; i++) {
    const sign = small[i] ?? "";
    if (sign === "~" && i + 1 < small.length) steps.push(`=${small[++i]}`);
    else steps.push(sign === "*" || sign === "?" ? sign : `=${sign}`);
  }
  return (text) => {
    const own = text.toLowerCase();
    let [at, step, star, resume] = [0, 0, -1, 0];
    while (at < own.length) {
      const want = steps[step];
      if (want === "*") [star, resume, step] = [step, at, step + 1];
      else if (want === "?" || want === `=${own[at]}`) [at, step] = [at + 1, step + 1];
      else if (star >= 0) {
        resume++;
        [at, step] = [resume, star + 1];
      } else return false;
    }
    while (steps[step] === "*") step++;
    return step === steps.length;
  };
}

/** @param {any} value @returns {Area} @throws {XlError | CannotCompute} */
export function areaArgument(value) {
  if (value instanceof Area) return value;
  if (value instanceof XlError) throw value;
  throw errors.value;
}
