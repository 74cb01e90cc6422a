import { foldedText, onOneLine } from "../../reply.ts";

/** How two texts that are not the same letter by letter are alike. */
export interface Likeness {
  /**
   * `form`: the same but for case, white space, punctuation or the format of a number. `around`: one
   * stands in the other. `number`: two numbers with a plain relation.
   */
  readonly kind: "form" | "around" | "number";
  /** As the end of a sentence, such as `equal but for case`. */
  readonly how: string;
}

/** How a given item and an expected one that differ are alike; undefined where they have nothing in common. */
export function likenessOf(given: string, expected: string): Likeness | undefined {
  const form = sameForm(given, expected);
  if (form !== undefined) return { kind: "form", how: form };
  const numbers = [numberIn(given), numberIn(expected)] as const;
  if (numbers[0] !== undefined && numbers[1] !== undefined) {
    if (numbers[0] === numbers[1])
      return { kind: "form", how: "the same number in another format" };
    const relation = relationOf(numbers[0], numbers[1]);
    return relation === undefined ? undefined : { kind: "number", how: relation };
  }
  const [left, right] = [words(given), words(expected)];
  if (isWithin(right, left))
    return { kind: "around", how: "the expected item with more text around it" };
  if (isWithin(left, right)) return { kind: "around", how: "a part of the expected item" };
  return undefined;
}

/** What has to be overlooked for two texts to be equal, in the order in which it is tried. */
const overlooked: readonly (readonly [name: string, plain: (text: string) => string])[] = [
  ["white space", onOneLine],
  ["case", foldedText],
  ["punctuation or accents", words],
];

function sameForm(given: string, expected: string): string | undefined {
  const found = overlooked.find(([, plain]) => plain(given) === plain(expected));
  // A text of signs alone has no words: without this any two of them would be equal.
  if (found === undefined || found[1](expected) === "") return undefined;
  // The sign of a number is no punctuation.
  if (signOf(given) !== signOf(expected)) return undefined;
  return `equal but for ${found[0]}`;
}

/** Letters and digits, without accents; a point or comma between digits stays. */
function words(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/(?<!\d)[.,]|[.,](?!\d)|[^\p{L}\p{N}.,]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function signOf(text: string): string {
  return /^\s*[-−]\s*[\d.]/u.test(text) ? "-" : "";
}

/** The number that a text is: grouped digits, a currency sign before it or a per cent sign after it are allowed. */
export function numberIn(text: string): number | undefined {
  const bare = text.replace(/[\s$€£_]/g, "").replace(/^[−–]/u, "-");
  const parts = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(%?)$/.exec(bare);
  if (parts === null || (parts[2] === undefined && parts[3] === undefined)) return undefined;
  const value = Number(`${parts[1]}${(parts[2] ?? "0").replace(/,/g, "")}${parts[3] ?? ""}`);
  return parts[4] === "%" ? value / 100 : value;
}

function relationOf(given: number, expected: number): string | undefined {
  if (given === -expected) return "the same number with the other sign";
  const off = given - expected;
  if (Math.abs(off) === 1) return `${off > 0 ? "larger" : "smaller"} by 1`;
  for (const factor of [10, 100, 1000, 1_000_000]) {
    if (isNear(given, expected * factor)) return `${factor} times as large`;
    if (isNear(given * factor, expected)) return `${factor} times as small`;
  }
  const places = decimalsOf(expected);
  if (decimalsOf(given) > places && isNear(Number(given.toFixed(places)), expected))
    return `equal when rounded to ${places} places`;
  return undefined;
}

/** Digits after the point, at most ten; beyond that they are noise of the binary form. */
function decimalsOf(value: number): number {
  return (/\.(\d+)/.exec(value.toFixed(10).replace(/0+$/, ""))?.[1] ?? "").length;
}

function isNear(a: number, b: number): boolean {
  return b !== 0 && Math.abs(a - b) <= 1e-9 * Math.abs(b);
}

function isWithin(part: string, whole: string): boolean {
  return part !== "" && ` ${whole} `.includes(` ${part} `);
}
