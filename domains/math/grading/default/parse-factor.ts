import type { Cursor } from "./cursor.ts";
import { type Expression, node, operand, whole } from "./expression.ts";
import { Unreadable } from "./limits.ts";
import { readMatrix } from "./parse-matrix.ts";
import { readLetter, readNumber, readNumberSet, subscript } from "./parse-name.ts";
import { functionNames, greek } from "./words.ts";

/** Whether a factor can begin here. Inside of bars the next bar is the closing one. */
export function startsFactor(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token === undefined) return false;
  if (token.kind === "number" || token.kind === "letter" || token.kind === "text") return true;
  if (token.text === "|") return !cursor.insideBars;
  const { text } = token;
  if (token.kind === "mark") return ["(", "[", "{", "{set"].includes(text);
  return Object.hasOwn(commands, text) || functionNames.has(text) || greek.has(text);
}

/** An atom with its exponents, factorials, percent and degree signs. */
export function readFactor(cursor: Cursor): Expression {
  return cursor.inside(() => {
    let result = readAtom(cursor);
    for (let count = 0; ; count++) {
      if (count > 20) throw new Unreadable("too many signs in a row");
      if (cursor.takes("!")) result = node("factorial", result);
      else if (cursor.takes("%")) result = node("percent", result);
      else if (cursor.takes("^", "circ") || cursor.takes("^", "{", "circ", "}"))
        result = node("degrees", result);
      else if (cursor.takes("^")) result = node("power", result, readExponent(cursor));
      else if (result.kind === "number" && cursor.takes("_"))
        result = { kind: "labelled", parts: [result], base: subscript(cursor) };
      else return result;
    }
  });
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

/** Commands that are an atom, or begin one. */
const commands: Readonly<Record<string, (cursor: Cursor) => Expression>> = {
  pi: () => ({ kind: "constant", name: "pi" }),
  infty: () => ({ kind: "constant", name: "infinity" }),
  emptyset: () => node("set"),
  frac: (cursor) => node("quotient", ...twoArguments(cursor)),
  binom: (cursor) => ({ kind: "call", name: "binom", parts: twoArguments(cursor) }),
  sqrt: readRoot,
  begin: readMatrix,
  mathbb: readNumberSet,
  lfloor: (cursor) => ({ kind: "call", name: "floor", parts: [readRounded(cursor, "rfloor")] }),
  lceil: (cursor) => ({ kind: "call", name: "ceiling", parts: [readRounded(cursor, "rceil")] }),
  langle: (cursor) => ({ kind: "tuple", open: "<", close: ">", parts: itemsTo(cursor, "rangle") }),
};

function readCommand(cursor: Cursor, name: string): Expression {
  if (functionNames.has(name)) return readCall(cursor, name);
  if (greek.has(name))
    return { kind: "symbol", name: cursor.takes("_") ? `${name}_${subscript(cursor)}` : name };
  const read = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (read === undefined) throw new Unreadable(`the command \\${name} in this place`);
  return read(cursor);
}

function twoArguments(cursor: Cursor): readonly [Expression, Expression] {
  return [readArgument(cursor, "digit"), readArgument(cursor, "digit")];
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
  const base = name === "log" && cursor.takes("_") ? [readArgument(cursor, "digit")] : [];
  const isRaised = !cursor.sees("circ", 1) && cursor.takes("^");
  const exponent = isRaised ? readArgument(cursor, "whole") : undefined;
  const parts = [readFunctionArgument(cursor), ...base];
  if (exponent === undefined) return { kind: "call", name, parts };
  if (isMinusOne(exponent)) return { kind: "call", name: `arc${name}`, parts };
  return node("power", { kind: "call", name, parts }, exponent);
}

function isMinusOne(expression: Expression): boolean {
  if (expression.kind !== "negative") return false;
  const of = operand(expression);
  return of.kind === "number" && of.value.equals(1);
}

/** What a function without brackets applies to: the factors up to the next function or sign. */
function readFunctionArgument(cursor: Cursor): Expression {
  if (cursor.sees("(") || cursor.sees("{") || cursor.sees("[")) return readFactor(cursor);
  const sign = cursor.takes("-");
  const parts: Expression[] = [];
  while (startsFactor(cursor) && cursor.peek()?.kind !== "text" && parts.length < 20) {
    const token = cursor.peek();
    const nested = token?.kind === "command" && functionNames.has(token.text);
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
    if (cursor.sees("{")) return readGroup(cursor);
    if (number === "digit") cursor.splitDigit();
    if (number === "whole" && cursor.takes("-")) return node("negative", readAtom(cursor));
    if (!startsFactor(cursor)) throw new Unreadable("an argument is missing");
    return readAtom(cursor);
  });
}

/** What begins with a mark: brackets, braces, a set or an absolute value. */
function readGroup(cursor: Cursor): Expression {
  if (cursor.takes("(")) return readBracketed(cursor, "(");
  if (cursor.takes("[")) return readBracketed(cursor, "[");
  if (cursor.takes("{set")) {
    const items = cursor.grammar.readItems(cursor);
    cursor.expect("}set");
    return node("set", ...items);
  }
  if (cursor.takes("{")) {
    const inner = cursor.grammar.readList(cursor);
    cursor.expect("}");
    return inner;
  }
  if (!cursor.takes("|")) throw new Unreadable(`${cursor.peek()?.text ?? ""} in this place`);
  const of = cursor.withBars(true, () => cursor.grammar.readSum(cursor));
  cursor.expect("|");
  return { kind: "call", name: "abs", parts: [of] };
}

function readBracketed(cursor: Cursor, open: "(" | "["): Expression {
  const items = cursor.withBars(false, () => cursor.grammar.readItems(cursor));
  const close = cursor.takes(")") ? ")" : "]";
  if (close === "]") cursor.expect("]");
  const [only] = items;
  if (only === undefined) throw new Unreadable("there is nothing between the brackets");
  if (items.length > 1) return { kind: "tuple", open, close, parts: items };
  if ((open === "(") !== (close === ")")) throw new Unreadable("brackets of two kinds");
  return only;
}

/** Members up to a command that closes them. */
function itemsTo(cursor: Cursor, close: string): readonly Expression[] {
  const items = cursor.withBars(false, () => cursor.grammar.readItems(cursor));
  cursor.expect(close);
  return items;
}

function readRounded(cursor: Cursor, close: string): Expression {
  const [of, more] = itemsTo(cursor, close);
  if (of === undefined || more !== undefined) throw new Unreadable("what is rounded");
  return of;
}
