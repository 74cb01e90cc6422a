import { distance } from "fastest-levenshtein";
import { fold } from "../../../harness/models/rule-based/kit.ts";

/** A line of a page, cut where columns are apart; never without cells. */
export type Line = readonly string[];

/** The lines of a page that have something on them: two spaces or more are between cells. */
export function linesOfPage(page: string): readonly Line[] {
  const isText = (cell: string) => /[\p{L}\p{N}]/u.test(cell);
  return page
    .split("\n")
    .map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .filter(isText),
    )
    .filter((cells) => cells.length > 0);
}

/** How alike two texts are, from 0 to 1: the share of characters that need not be changed. */
export function likeness(a: string, b: string): number {
  const [left, right] = [fold(a), fold(b)];
  const length = Math.max(left.length, right.length);
  return length === 0 ? 1 : 1 - distance(left, right) / length;
}

/** Whether a printed text is the wanted one, a misread letter or a colon overlooked. */
export function isLike(text: string, wanted: string): boolean {
  return likeness(text.replace(/[:.]+$/, ""), wanted.replace(/[:.]+$/, "")) >= 0.75;
}

const amount = /\$ ?\d[\d,]*(?:\.\d\d)?|(?<![\d.,/-])\d[\d,]*\.\d\d(?![\d%])/g;

/** Amounts of money: with cents, or with a sign of a currency. */
export function amountsIn(text: string): readonly string[] {
  return text.match(amount) ?? [];
}
