import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import type { Answer, Piece, Style } from "./answer.ts";
import { type Formula, functionsIn, type Given } from "./formula.ts";
import { definitionsOf } from "./functions.ts";

/** What every program needs to write numbers down. */
const writers = [
  `function num(x,   s) { s = sprintf("%.4f", x); sub(/0+$/, "", s); sub(/\\.$/, "", s); return s == "-0" ? "0" : s }`,
  `function quotient(p, q, f,   n) {
  n = p % q == 0 ? num(abs(p) / q) : "\\\\frac{" num(abs(p)) "}{" num(q) "}"
  if (f != "" && n == "1") n = f; else if (p != 0) n = n f
  return (p < 0 ? "-" : "") n
}`,
  `function term(x, of,   n) {
  n = abs(x) == 1 && of != "" ? "" : num(abs(x))
  return x == 0 ? "" : (x < 0 ? " - " : " + ") n of
}`,
];

/**
 * A shell command that computes an answer from the numbers of its problem and prints it. It runs under
 * any awk.
 */
export function commandFor(answer: Answer, given: Given, style: Style): string {
  const used = formulasOf(answer);
  const names = ["abs", "gcd", "squares", ...functionsIn(used)];
  const numbers = Object.entries(given)
    .filter(([name]) => used.some((formula) => new RegExp(`\\b${name}\\b`).test(formula)))
    .map(([name, value]) => `  ${name} = ${value}`);
  const shown = answer.form === "value" ? valueLines(answer, style) : writtenLines(answer.pieces);
  const source = [
    ...definitionsOf(names),
    ...writers,
    "BEGIN {",
    ...numbers,
    ...shown,
    "  print shown",
    "}",
  ];
  return `awk ${shellWord(source.join("\n"))}`;
}

function formulasOf(answer: Answer): Formula[] {
  if (answer.form === "value") return [answer.above, answer.below, answer.inside];
  return answer.pieces.flatMap((piece) => {
    if (typeof piece === "string") return [];
    return ["number" in piece ? piece.number : piece.term];
  });
}

/** Names in capitals are not those of a problem's numbers. */
function valueLines(
  { above, below, inside, times, isReduced }: Answer & { form: "value" },
  { writing, isUnsigned }: Style,
): string[] {
  const places = writing === "rounded" ? 1 : 100;
  const exact = [
    `  F = (R == 1 ? "" : "\\\\sqrt{" num(R) "}") ${quoted(times)}`,
    "  shown = quotient(P, Q, F)",
  ];
  const rounded = [
    `  X = P / Q * sqrt(R)${times === "" ? "" : " * atan2(0, -1)"} * ${places} + 0.5`,
    "  N = int(X); if (N > X) N--",
    `  shown = num(N / ${places})`,
  ];
  return [
    `  R = ${inside}`,
    "  S = squares(R); R = R / (S * S)",
    `  P = (${above}) * S; Q = ${below}`,
    "  if (Q < 0) { P = -P; Q = -Q }",
    ...(isReduced ? ["  G = gcd(P, Q); if (G > 1) { P = P / G; Q = Q / G }"] : []),
    ...(isUnsigned ? ["  P = abs(P)"] : []),
    ...(writing === "exact"
      ? exact
      : [
          `  if (P % Q == 0 && R == 1 && ${quoted(times)} == "") {`,
          ...exact.map((line) => `  ${line}`),
          "  } else {",
          ...rounded.map((line) => `  ${line}`),
          "  }",
        ]),
  ];
}

function writtenLines(pieces: readonly Piece[]): string[] {
  const parts = pieces.map((piece) => {
    if (typeof piece === "string") return quoted(piece);
    return "number" in piece ? `num(${piece.number})` : `term(${piece.term}, ${quoted(piece.of)})`;
  });
  return [
    `  shown = ${parts.join(" ")}`,
    `  sub(/^ \\+ /, "", shown); if (sub(/^ - /, "", shown)) shown = "-" shown`,
  ];
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}
