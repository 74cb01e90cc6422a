import { remembered } from "../../../harness/models/rule-based/kit.ts";
import { functions } from "./functions.ts";

/**
 * A formula over whole numbers, in the notation that JavaScript and awk share: `+ - * / % ^`, brackets,
 * names, and the functions of `functions.ts`, as in `n * (a + b) / 2`.
 */
export type Formula = string;

/** Numbers by the names that formulas give them. */
export type Given = Readonly<Record<string, number>>;

/**
 * A formula's value, as awk would find it.
 *
 * @throws when the formula does not parse or names what is not given: formulas are ours.
 */
export function evaluate(formula: Formula, given: Given): number {
  return evaluated(parsed(formula), given);
}

/** The functions of the library that formulas call. */
export function functionsIn(formulas: readonly Formula[]): string[] {
  const called = formulas.flatMap((formula) => formula.match(/[a-z]+(?=\()/g) ?? []);
  return [...new Set(called)];
}

type Node =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly of: readonly Node[] };

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": (a, b) => a ** b,
};

function evaluated(node: Node, given: Given): number {
  if (node.kind === "number") return node.value;
  if (node.kind === "name") {
    const value = given[node.name];
    if (value === undefined) throw new Error(`no number is called ${node.name}`);
    return value;
  }
  const of = node.of.map((part) => evaluated(part, given));
  const operation = operations[node.name];
  if (operation) return operation(of[0] ?? Number.NaN, of[1] ?? Number.NaN);
  const known = functions[node.name];
  if (!known) throw new Error(`there is no function ${node.name}`);
  return known.value(...of);
}

function parsed(formula: Formula): Node {
  return remembered("formula", formula, () => {
    const tokens = formula.match(/\d+|[a-z]+|[-+*/%^(),]/g) ?? [];
    if (tokens.join("") !== formula.replace(/ /g, "")) throw new Error(`not a formula: ${formula}`);
    const reader = { tokens, at: 0 };
    const node = operationOf(reader, 0);
    if (reader.at < tokens.length) throw new Error(`not a formula: ${formula}`);
    return node;
  });
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

/** From the loosest to the tightest; all of them are read from the left. */
const levels = [/^[-+]$/, /^[*/%]$/, /^\^$/] as const;

function operationOf(reader: Reader, level: number): Node {
  const signs = levels[level];
  if (signs === undefined) return operandOf(reader);
  let node = operationOf(reader, level + 1);
  for (;;) {
    const sign = reader.tokens[reader.at] ?? "";
    if (!signs.test(sign)) return node;
    reader.at++;
    node = { kind: "call", name: sign, of: [node, operationOf(reader, level + 1)] };
  }
}

function operandOf(reader: Reader): Node {
  const token = reader.tokens[reader.at++] ?? "";
  if (/^\d/.test(token)) return { kind: "number", value: Number(token) };
  if (token === "(") {
    const node = operationOf(reader, 0);
    expect(reader, ")");
    return node;
  }
  if (!/^[a-z]/.test(token)) throw new Error(`an operand is missing before ${token}`);
  if (reader.tokens[reader.at] !== "(") return { kind: "name", name: token };
  reader.at++;
  const of = [operationOf(reader, 0)];
  while (reader.tokens[reader.at] === ",") {
    reader.at++;
    of.push(operationOf(reader, 0));
  }
  expect(reader, ")");
  return { kind: "call", name: token, of };
}

function expect(reader: Reader, token: string): void {
  if (reader.tokens[reader.at++] !== token) throw new Error(`${token} is missing`);
}
