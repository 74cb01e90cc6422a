import { remembered, shellWord } from "../../../harness/models/rule-based/kit.ts";

/**
 * An expression in what awk and JavaScript have in common: `+ - * / %`, comparisons, `? :`, the functions
 * of `library`, and `int`, `sqrt` and `sprintf`. So the agent computes with the very text that its
 * shell command computes with.
 */
export type Formula = string;

/** Decimals of a number that is not whole; -1 where it is left as it is, a fraction or a root. */
export type Places = -1 | 0 | 2;

/** A computation, from the numbers of a problem to its answer. */
export interface Program {
  readonly given: Readonly<Record<string, number>>;
  /** What is computed, in order, by name; the last one is the answer. */
  readonly steps: readonly (readonly [name: string, formula: Formula])[];
  readonly places: Places;
  /** A minus sign in front of the answer is dropped. */
  readonly isUnsigned: boolean;
}

/**
 * Functions of formulas, each after those that it calls. Parameters after the gap are local names. All
 * have two letters: some shells bind parameters before all arguments are read, and the numbers of
 * problems have one. Nothing stands after a call that is returned: some shells go on there.
 */
const library = [
  "function abs(xx) { return xx < 0 ? 0 - xx : xx }",
  "function gcd(aa, bb,   rr) { while (bb != 0) { rr = aa % bb; aa = bb; bb = rr }; return abs(aa) }",
  "function lcm(aa, bb) { return aa / gcd(aa, bb) * bb }",
  "function power(bb, ee,   rr) { for (rr = 1; ee > 0; ee--) rr = rr * bb; return rr }",
  "function powermod(bb, ee, mm,   rr) { for (rr = 1 % mm; ee > 0; ee--) rr = rr * bb % mm; return rr }",
  "function factorial(nn,   rr) { for (rr = 1; nn > 1; nn--) rr = rr * nn; return rr }",
  "function choose(nn, kk,   ii, rr) { rr = 1; for (ii = 1; ii <= kk; ii++) rr = rr * (nn - ii + 1) / ii; return rr }",
  "function divisors(nn,   dd, cc) { cc = 0; for (dd = 1; dd <= nn; dd++) cc += nn % dd == 0; return cc }",
  'function decimal(xx) { return places == 2 ? sprintf("%.2f", xx) : int(xx + 0.5) }',
  // A quotient in lowest terms, as LaTeX.
  `function frac(pp, qq,   dd) {
  dd = gcd(pp, qq); pp = pp / dd; qq = qq / dd
  if (qq == 1) return pp
  return places < 0 ? sprintf("%sfrac{%d}{%d}", pp < 0 ? "-\\\\" : "\\\\", abs(pp), qq) : decimal(pp / qq)
}`,
  // The root of a number with its squares taken out, as LaTeX.
  `function surd(nn,   kk) {
  kk = int(sqrt(nn)); while (nn % (kk * kk) != 0) kk--
  nn = nn / (kk * kk)
  if (nn == 1) return kk
  return places < 0 ? sprintf("%s%ssqrt{%d}", kk == 1 ? "" : kk, "\\\\", nn) : decimal(kk * sqrt(nn))
}`,
] as const;

/** What awk has and JavaScript has not, by name. */
const missing = {
  int: Math.trunc,
  sqrt: Math.sqrt,
  sprintf: (format: string, ...values: readonly unknown[]) => {
    const rest = [...values];
    return format.replace(/%(?:s|d|\.2f)/g, (one) =>
      one === "%.2f" ? Number(rest.shift()).toFixed(2) : String(rest.shift()),
    );
  },
};

/**
 * The answer, as it is submitted.
 *
 * @throws when a formula is none or names what is not given: formulas are the families', not a model's.
 */
export function answerOf({ given, steps, places, isUnsigned }: Program): string {
  const names = [...Object.keys(missing), "places", ...Object.keys(given)];
  const body = [
    ...functionsFor(steps),
    ...steps.map(([name, formula]) => `const ${name} = ${formula}`),
    `return String(${steps.at(-1)?.[0]})`,
  ].join("\n");
  const compute = remembered("formulas", [...names, body].join("\n"), () =>
    Function(...names, body),
  );
  const answer: string = compute(...Object.values(missing), places, ...Object.values(given));
  return isUnsigned ? answer.replace(/^-/, "") : answer;
}

/** A shell command that computes the answer and prints it, under any awk. */
export function commandOf({ given, steps, places, isUnsigned }: Program): string {
  const answer = steps.at(-1)?.[0];
  const source = [
    ...functionsFor(steps),
    "BEGIN {",
    `  places = ${places}`,
    ...[...Object.entries(given), ...steps].map(([name, value]) => `  ${name} = ${value}`),
    ...(isUnsigned ? [`  sub(/^-/, "", ${answer})`] : []),
    `  print ${answer}`,
    "}",
  ];
  return `awk ${shellWord(source.join("\n"))}`;
}

/** The functions that steps call, and those that these call. */
function functionsFor(steps: Program["steps"]): readonly string[] {
  const wanted: string[] = [];
  const texts = steps.map(([, formula]) => formula);
  for (const definition of library.toReversed()) {
    const [, name] = /^function (\w+)/.exec(definition) ?? [];
    const call = new RegExp(`\\b${name}\\(`);
    if ([...texts, ...wanted].some((text) => call.test(text))) wanted.unshift(definition);
  }
  return wanted;
}
