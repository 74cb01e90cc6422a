import { fraction, surd, whole, written } from "../answer.ts";
import type { Kind } from "../kind.ts";
import { bothParts } from "./numbers.ts";

/** A term that a formula shows with its sign, such as ` - 4` or ` + x`, where it is not 0. */
const signed = (name: string, symbol = "") =>
  symbol === "" ? `(?<${name}> [-+] \\d+)?` : `(?:(?<${name}> [-+] \\d*)${symbol})?`;

/** Whole numbers of the groups that may have a sign, may be 1 unwritten, or absent. */
function coefficients(
  words: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => {
      const text = words[name];
      if (text === undefined) return [name, 0];
      const plain = text.replace(/ /g, "").replace("+", "");
      return [name, plain === "" ? 1 : plain === "-" ? -1 : Number(plain)];
    }),
  );
}

const linear = `(?<a>\\d*)x${signed("b")} = (?<c>\\d*)x${signed("d")}`;

/** The solution of a linear equation, and what comes of moving a number without turning its sign. */
const linearAnswer: Pick<Kind, "answer" | "numbers"> = {
  numbers: (words) => ({
    ...coefficients(words, ["b", "d"]),
    a: coefficientBefore(words["a"]),
    c: coefficientBefore(words["c"]),
  }),
  answer: (on) => fraction(on("substitute-back") ? "d - b" : "d + b", "a - c"),
};

function coefficientBefore(text: string | undefined): number {
  return text === undefined || text === "" ? 1 : Number(text);
}

/** Equations, sequences, polynomials and radicals. */
export const algebraKinds: readonly Kind[] = [
  {
    ...linearAnswer,
    reads: new RegExp(`^Solve \\$${linear}\\$ for \\$x\\$\\.$`),
  },
  {
    ...linearAnswer,
    reads: new RegExp(`^For which \\$x\\$ is \\$${linear}\\$\\?$`),
  },
  {
    reads: new RegExp(
      `^What is the sum of the squares of the two roots, real or not, of \\$(?<a>\\d+)x\\^2${signed("b", "x")}${signed("c")} = 0\\$\\?$`,
    ),
    numbers: (words) => ({ a: Number(words["a"]), ...coefficients(words, ["b", "c"]) }),
    answer: (on) => fraction(on("cross-terms") ? "b * b - 2 * a * c" : "b * b", "a * a"),
  },
  {
    reads: new RegExp(
      `^Find all real \\$x\\$ with \\$x\\^2${signed("b", "x")}${signed("c")} = 0\\$\\. List them with a comma between them\\.$`,
    ),
    numbers: (words) => coefficients(words, ["b", "c"]),
    answer(on) {
      const root = "root(b * b - 4 * c)";
      const [low, high] = [`(0 - b - ${root}) / 2`, `(0 - b + ${root}) / 2`];
      if (on("positive-only") || !on("all-solutions")) return written({ number: high });
      return written({ number: low }, ", ", { number: high });
    },
  },
  {
    reads: /^What is the sum of all real \$x\$ with \$\|x - (?<a>\d+)\| = (?<b>\d+)\$\?$/,
    answer(on) {
      if (on("positive-only")) return whole("a + b + (abs(a - b) + a - b) / 2");
      return whole(on("all-solutions") ? "2 * a" : "a + b");
    },
  },
  {
    reads:
      /^Real numbers satisfy \$x \+ y = (?<p>-?\d+)\$, \$y \+ z = (?<q>-?\d+)\$ and \$z \+ x = (?<r>-?\d+)\$\. What is the ordered triple \$\(x, y, z\)\$\?$/,
    answer(on) {
      const sum = on("substitute-back") ? "(p + q + r) / 2" : "(p + q + r)";
      const [x, y, z] = ["q", "r", "p"].map((other) => ({ number: `${sum} - ${other}` }));
      return written("(", x ?? "", ", ", y ?? "", ", ", z ?? "", ")");
    },
  },
  {
    reads:
      /^An arithmetic sequence starts \$(?<a>-?\d+), (?<b>-?\d+), -?\d+, \\ldots\$\. What is the sum of its first \$(?<n>\d+)\$ terms\?$/,
    answer: (on) =>
      fraction(
        on("fence-posts") ? "n * (2 * a + (n - 1) * (b - a))" : "n * (2 * a + n * (b - a))",
        "2",
      ),
  },
  {
    reads:
      /^What is the sum of the infinite geometric series with first term \$(?<f>\d+)\$ and common ratio \$\\frac\{(?<a>\d+)\}\{(?<b>\d+)\}\$\?$/,
    answer: (on) => fraction("f * b", "b - a", on("lowest-terms")),
  },
  {
    reads:
      /^The infinite geometric series with first term \$(?<f>\d+)\$ and common ratio \$\\frac\{(?<a>\d+)\}\{(?<b>\d+)\}\$ has the sum \$\\frac\{m\}\{n\}\$ in lowest terms\. What is \$m \+ n\$\?$/,
    answer: (on) => bothParts("f * b", "(b - a)", on("lowest-terms")),
  },
  {
    reads: new RegExp(
      `^Expand \\$\\((?<a>\\d*)x${signed("b")}\\)\\((?<c>\\d*)x${signed("d")}\\)\\$\\.$`,
    ),
    numbers: linearAnswer.numbers ?? (() => ({})),
    answer(on) {
      const mixed = on("cross-terms") ? [{ term: "a * d + b * c", of: "x" }] : [];
      return written({ term: "a * c", of: "x^2" }, ...mixed, { term: "b * d", of: "" });
    },
  },
  {
    reads: /^Simplify \$\\sqrt\{(?<a>\d+)\} \+ \\sqrt\{(?<b>\d+)\}\$\.$/,
    answer: (on) =>
      on("simplify-each-root")
        ? surd("a / squares(a) ^ 2", "squares(a) + squares(b)")
        : surd("a + b"),
  },
  {
    reads: new RegExp(
      `^Solve the inequality \\$x\\^2${signed("b", "x")}${signed("c")} < 0\\$\\. Write the solutions as an interval\\.$`,
    ),
    numbers: (words) => coefficients(words, ["b", "c"]),
    answer(on) {
      const root = "root(b * b - 4 * c)";
      const [left, right] = on("open-ends") ? ["(", ")"] : ["[", "]"];
      const [low, high] = [`(0 - b - ${root}) / 2`, `(0 - b + ${root}) / 2`];
      return written(left, { number: low }, ", ", { number: high }, right);
    },
  },
  {
    reads:
      /^Two numbers have sum \$(?<s>-?\d+)\$ and product \$(?<p>-?\d+)\$\. What is the sum of their cubes\?$/,
    answer: (on) => whole(on("cross-terms") ? "s ^ 3 - 3 * s * p" : "s ^ 3"),
  },
];
