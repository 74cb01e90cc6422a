import type { Cursor } from "./cursor.ts";
import { type Expression, node, operand, whole } from "./expression.ts";
import { Unreadable } from "./limits.ts";
import { readMatrix } from "./parse-matrix.ts";
import { readLetter, readNumber, readNumberSet, subscript } from "./parse-name.ts";

/** Functions of one argument, which may stand without brackets. */
const functions = new Set(
  "sin cos tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh ln log exp".split(" "),
);

const greek = new Set(
  `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega
  Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell`.split(/\s+/),
);

const opensGroup = ["(", "[", "{", "{set"];
const startsAtom = [
  "lfloor",
  "lceil",
  "langle",
  "frac",
  "sqrt",
  "binom",
  "overline",
  "begin",
  "pi",
  "infty",
  "emptyset",
  "mathbb",
];

/** Whether a factor can begin here. Inside of bars the next bar is the closing one. */
export function startsFactor(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token === undefined) return false;
  if (token.kind === "number" || token.kind === "letter" || token.kind === "text") return true;
  if (token.text === "|") return !cursor.insideBars;
  return (
    opensGroup.includes(token.text) ||
    (token.kind === "command" &&
      (startsAtom.includes(token.text) || functions.has(token.text) || greek.has(token.text)))
  );
}

/** An atom with its exponents, factorials, percent and degree signs. */
export function readFactor(cursor: Cursor): Expression {
  return cursor.inside(() => {
    const atom = readAtom(cursor);
    return readSuffixes(cursor, atom);
  });
}

function readSuffixes(cursor: Cursor, atom: Expression): Expression {
  let result = atom;
  for (let count = 0; ; count++) {
    if (count > 20) throw new Unreadable("too many signs in a row");
    if (cursor.takes("!")) result = node("factorial", result);
    else if (cursor.takes("%")) result = node("percent", result);
    else if (cursor.sees("^") && takesDegree(cursor)) result = node("degrees", result);
    else if (cursor.takes("^")) result = node("power", result, readExponent(cursor));
    else if (result.kind === "number" && cursor.takes("_"))
      result = { kind: "labelled", parts: [result], base: subscript(cursor) };
    else return result;
  }
}

/** Powers of powers are read from the right: `2^3^2` is 2 to the 9th. */
function readExponent(cursor: Cursor): Expression {
  return cursor.inside(() => {
    const base = readArgument(cursor, "whole");
    if (!cursor.sees("^") || cursor.sees("circ", 1)) return base;
    cursor.skip();
    return node("power", base, readExponent(cursor));
  });
}

function takesDegree(cursor: Cursor): boolean {
  if (cursor.sees("circ", 1)) {
    cursor.skip();
    cursor.skip();
    return true;
  }
  if (!cursor.sees("{", 1) || !cursor.sees("circ", 2) || !cursor.sees("}", 3)) return false;
  for (let count = 0; count < 4; count++) cursor.skip();
  return true;
}

function readAtom(cursor: Cursor): Expression {
  const token = cursor.peek();
  if (token === undefined) throw new Unreadable("something is missing at the end");
  if (token.kind === "mark") return readGroup(cursor);
  cursor.skip();
  if (token.kind === "number") return readNumber(cursor, token.text);
  if (token.kind === "letter") return readLetter(cursor, token.text);
  if (token.kind === "text") return { kind: "text", words: token.text };
  return readCommand(cursor, token.text);
}

function readCommand(cursor: Cursor, name: string): Expression {
  if (functions.has(name)) return readCall(cursor, name);
  if (greek.has(name))
    return { kind: "symbol", name: cursor.takes("_") ? `${name}_${subscript(cursor)}` : name };
  switch (name) {
    case "pi":
      return { kind: "constant", name: "pi" };
    case "infty":
      return { kind: "constant", name: "infinity" };
    case "emptyset":
      return node("set");
    case "frac":
      return node("quotient", readArgument(cursor, "digit"), readArgument(cursor, "digit"));
    case "binom":
      return {
        kind: "call",
        name,
        parts: [readArgument(cursor, "digit"), readArgument(cursor, "digit")],
      };
    case "sqrt":
      return readRoot(cursor);
    case "begin":
      return readMatrix(cursor);
    case "mathbb":
      return readNumberSet(cursor);
    case "lfloor":
    case "lceil":
    case "langle":
      return readFenced(cursor, name);
    default:
      throw new Unreadable(`the command \\${name} in this place`);
  }
}

function readRoot(cursor: Cursor): Expression {
  let index = whole(2);
  if (cursor.takes("[")) {
    index = cursor.grammar.readSum(cursor);
    cursor.expect("]");
  }
  return node("root", readArgument(cursor, "digit"), index);
}

/** A function with its exponent, base and argument: `\sin^2 x`, `\log_2 8`, `\sin 2x`. */
function readCall(cursor: Cursor, name: string): Expression {
  const base = name === "log" && cursor.takes("_") ? readArgument(cursor, "digit") : undefined;
  const exponent = cursor.sees("^") && !cursor.sees("circ", 1) ? takeExponent(cursor) : undefined;
  const argument = readFunctionArgument(cursor);
  const parts = base === undefined ? [argument] : [argument, base];
  if (exponent === undefined) return { kind: "call", name, parts };
  if (isMinusOne(exponent)) return { kind: "call", name: `arc${name}`, parts };
  return node("power", { kind: "call", name, parts }, exponent);
}

function takeExponent(cursor: Cursor): Expression {
  cursor.skip();
  return readArgument(cursor, "whole");
}

function isMinusOne(expression: Expression): boolean {
  if (expression.kind !== "negative") return false;
  const of = operand(expression);
  return of.kind === "number" && of.value.num === 1n && of.value.den === 1n;
}

/** What a function without brackets applies to: the factors up to the next function or sign. */
function readFunctionArgument(cursor: Cursor): Expression {
  if (cursor.sees("(") || cursor.sees("{") || cursor.sees("[")) return readFactor(cursor);
  const sign = cursor.takes("-");
  const parts: Expression[] = [];
  while (startsFactor(cursor) && cursor.peek()?.kind !== "text" && parts.length < 20) {
    const token = cursor.peek();
    const nested = token?.kind === "command" && functions.has(token.text);
    if ((nested || cursor.sees("(")) && parts.length > 0) break;
    parts.push(readFactor(cursor));
    if (nested) break;
  }
  const [only] = parts;
  if (only === undefined) throw new Unreadable("a function without an argument");
  const argument = parts.length === 1 ? only : node("product", ...parts);
  return sign ? node("negative", argument) : argument;
}

/**
 * The argument of a command, or an exponent: a group in braces, or the next thing alone.
 *
 * @param number how much of a number is taken: its first digit, as TeX does, or all of it.
 */
function readArgument(cursor: Cursor, number: "digit" | "whole"): Expression {
  return cursor.inside(() => {
    if (cursor.takes("{")) {
      const inner = cursor.grammar.readList(cursor);
      cursor.expect("}");
      return inner;
    }
    if (number === "digit") cursor.splitDigit();
    if (number === "whole" && cursor.takes("-")) return node("negative", readAtom(cursor));
    if (!startsFactor(cursor)) throw new Unreadable("an argument is missing");
    return readAtom(cursor);
  });
}

function readGroup(cursor: Cursor): Expression {
  const open = cursor.peek()?.text ?? "";
  cursor.skip();
  switch (open) {
    case "(":
    case "[":
      return readBracketed(cursor, open);
    case "{": {
      const inner = cursor.grammar.readList(cursor);
      cursor.expect("}");
      return inner;
    }
    case "{set": {
      const items = cursor.grammar.readItems(cursor);
      cursor.expect("}set");
      return node("set", ...items);
    }
    case "|": {
      const of = cursor.inBars(() => cursor.grammar.readSum(cursor));
      cursor.expect("|");
      return { kind: "call", name: "abs", parts: [of] };
    }
    default:
      throw new Unreadable(`${open} in this place`);
  }
}

function readBracketed(cursor: Cursor, open: "(" | "["): Expression {
  const items = cursor.outOfBars(() => cursor.grammar.readItems(cursor));
  const close = cursor.takes(")") ? ")" : "]";
  if (close === "]") cursor.expect("]");
  const [only] = items;
  if (only === undefined) throw new Unreadable("there is nothing between the brackets");
  if (items.length > 1) return { kind: "tuple", open, close, parts: items };
  if ((open === "(") !== (close === ")")) throw new Unreadable("brackets of two kinds");
  return only;
}

function readFenced(cursor: Cursor, open: string): Expression {
  const items = cursor.outOfBars(() => cursor.grammar.readItems(cursor));
  cursor.expect(open === "langle" ? "rangle" : open.replace("l", "r"));
  if (open === "langle") return { kind: "tuple", open: "<", close: ">", parts: items };
  const [of] = items;
  if (of === undefined || items.length > 1) throw new Unreadable("what is rounded");
  return { kind: "call", name: open === "lfloor" ? "floor" : "ceiling", parts: [of] };
}
