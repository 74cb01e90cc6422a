/**
 * `bc` of the embedded sandbox: decimal numbers of any length, as POSIX calculates them. Statements
 * that steer (`if`, `while`, `for`, `define`), arrays, other bases and the functions of `-l` are
 * refused in words, never passed over.
 */

import { BcError, combined, functions, integer, places, printed, truth } from "./bc-numbers.mjs";

/** @typedef {import("./bc-numbers.mjs").Decimal} Decimal */
/** @typedef {{ text: string, kind: "number" | "name" | "string" | "sign" | "end" }} Token */

const pattern =
  /[^\S\n]*(?:(?<number>\d+\.?\d*|\.\d+)|(?<name>[a-z][a-z0-9_]*)|(?<string>"[^"]*")|(?<sign>\|\||&&|\+\+|--|[-+*/%^<>=!]=|[-+*/%^<>=!();,{}[\]\n])|(?<end>$))/y;
const refused = /^(if|else|while|for|define|auto|return|break|continue|read|halt|ibase|obase)$/;
/** Signs of two sides, those that bind loosest first. */
const levels = [["||"], ["&&"], ["<", "<=", "==", "!=", ">=", ">"], ["+", "-"], ["*", "/", "%"]];
const additive = 3;

/** Reads statements of one text and carries them out, one after the other. */
class Calculator {
  /** @type {Map<string, Decimal>} */
  #names = new Map();
  output = "";
  /** @type {Token[]} */
  #tokens = [];
  #at = 0;

  /** @param {number} scale */
  constructor(scale) {
    this.#names.set("scale", integer(scale));
  }

  /** @param {string} text @returns {boolean} whether it said to quit */
  run(text) {
    this.#tokens = tokensOf(text);
    this.#at = 0;
    while (this.#next.kind !== "end") {
      if (this.#takes(";", "\n")) continue;
      if (this.#takes("quit")) return true;
      this.#statement();
      if (this.#next.kind !== "end" && !this.#takes(";", "\n")) this.#unexpected();
    }
    return false;
  }

  get #next() {
    return this.#tokens[this.#at] ?? { text: "", kind: /** @type {const} */ ("end") };
  }

  get #scale() {
    return Number(places(this.#valueOf("scale"), 0).units);
  }

  /** @param {string} name */
  #valueOf(name) {
    return this.#names.get(name) ?? integer(0);
  }

  /** @param {string[]} texts */
  #takes(...texts) {
    const { text, kind } = this.#next;
    if (kind === "string" || kind === "end" || !texts.includes(text)) return undefined;
    this.#at++;
    return text;
  }

  /** @returns {never} */
  #unexpected() {
    const { text, kind } = this.#next;
    if (kind === "name" && refused.test(text))
      throw new BcError(`${text} is not known here; use python3 or awk`);
    throw new BcError(`syntax error at ${kind === "end" ? "the end" : JSON.stringify(text)}`);
  }

  #statement() {
    if (this.#takes("print")) {
      do this.#print("");
      while (this.#takes(","));
      return;
    }
    const name = this.#next;
    const isAssignment =
      name.kind === "name" && /^([-+*/%^]?=)$/.test(this.#tokens[this.#at + 1]?.text ?? "");
    if (isAssignment) this.#expression();
    else this.#print(this.#next.kind === "string" ? "" : "\n");
  }

  /** @param {string} end */
  #print(end) {
    if (this.#next.kind === "string") {
      const text = this.#next.text.slice(1, -1);
      this.output += text.replace(/\\([nt"\\])/g, (_, of) => ({ n: "\n", t: "\t" })[of] ?? of);
      this.#at++;
    } else this.output += printed(this.#expression()) + end;
  }

  /** @param {number} level @returns {Decimal} */
  #expression(level = 0) {
    const signs = levels[level];
    if (signs === undefined) return this.#power();
    let value = this.#expression(level + 1);
    for (let sign = this.#takes(...signs); sign !== undefined; sign = this.#takes(...signs))
      value = combined(sign, value, this.#expression(level + 1), this.#scale);
    return value;
  }

  /** Of several, the last first. @returns {Decimal} */
  #power() {
    const base = this.#unary();
    return this.#takes("^") ? combined("^", base, this.#power(), this.#scale) : base;
  }

  /** @returns {Decimal} */
  #unary() {
    if (this.#takes("-")) return combined("-", integer(0), this.#unary(), 0);
    if (this.#takes("!")) return truth(this.#unary().units === 0n);
    const step = this.#takes("++", "--");
    if (step === undefined) return this.#primary();
    return this.#assigned(this.#next.text, combined(step.slice(1), this.#primary(), integer(1), 0));
  }

  /** @returns {Decimal} */
  #primary() {
    const { text, kind } = this.#next;
    if (this.#takes("(")) return this.#closed();
    if (kind === "number") {
      this.#at++;
      const [before = "", after = ""] = text.split(".");
      return { units: BigInt(before + after), scale: after.length };
    }
    if (kind !== "name" || refused.test(text)) return this.#unexpected();
    this.#at++;
    if (this.#takes("(")) return this.#called(text);
    if (this.#takes("[")) throw new BcError("arrays are not known here; use python3 or awk");
    const sign = this.#takes("=", "+=", "-=", "*=", "/=", "%=", "^=");
    if (sign !== undefined) {
      const value = this.#expression(additive);
      const had = this.#valueOf(text);
      return this.#assigned(
        text,
        sign === "=" ? value : combined(sign.charAt(0), had, value, this.#scale),
      );
    }
    const value = this.#valueOf(text);
    const step = this.#takes("++", "--");
    if (step !== undefined) this.#assigned(text, combined(step.slice(1), value, integer(1), 0));
    return value;
  }

  /** @param {string} name @param {Decimal} value */
  #assigned(name, value) {
    this.#names.set(name, value);
    return value;
  }

  #closed() {
    const value = this.#expression();
    if (!this.#takes(")")) this.#unexpected();
    return value;
  }

  /** @param {string} name */
  #called(name) {
    const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (call === undefined) throw new BcError(`${name}() is not known here; use python3`);
    return call(this.#closed(), this.#scale);
  }
}

/** @param {string} text @returns {Token[]} */
function tokensOf(text) {
  const plain = text.replace(/\\\n/g, "").replace(/\/\*[\s\S]*?\*\/|#.*/g, " ");
  /** @type {Token[]} */
  const tokens = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < plain.length) {
    const from = pattern.lastIndex;
    const groups = pattern.exec(plain)?.groups;
    if (groups === undefined)
      throw new BcError(`illegal character: ${plain.slice(from).trim().charAt(0)}`);
    const [kind, said] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
    tokens.push({ kind: /** @type {Token["kind"]} */ (kind), text: said ?? "" });
  }
  return tokens;
}

/** @type {import("../contracts/sandbox.ts").ShellCommandRun} */
export async function runBc(args, shell) {
  const files = args.filter((arg) => !arg.startsWith("-"));
  const unknown = args.find((arg) => /^-(?![lqsiw]+$|-mathlib$|-quiet$)/.test(arg));
  if (unknown !== undefined) return failed("", `invalid option ${unknown}`);
  const calculator = new Calculator(args.some((arg) => /^-(\w*l|-mathlib)/.test(arg)) ? 20 : 0);
  try {
    for (const file of files) {
      const data = await shell.read(file);
      if (data === undefined) return failed(calculator.output, `${file}: no such file`);
      if (calculator.run(new TextDecoder().decode(data))) break;
    }
    calculator.run(await shell.stdin());
    return { stdout: calculator.output, stderr: "", exitCode: 0 };
  } catch (error) {
    if (!(error instanceof BcError || error instanceof RangeError)) throw error;
    return failed(calculator.output, error.message);
  }
}

/** @param {string} stdout @param {string} problem */
function failed(stdout, problem) {
  return { stdout, stderr: `bc: ${problem}\n`, exitCode: 1 };
}
