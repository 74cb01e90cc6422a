import { textOf } from "../page-text.ts";
import { asks, type Found, type Reading } from "../thought.ts";
import { amountOf, amountsIn } from "../values.ts";

/** A total: the amount of the last line that is called one. */
export const total: Reading = (thought) => {
  if (!asks(thought, /^totals?$/)) return undefined;
  const { page, on } = thought;
  const lines = page.flatMap((line) => {
    const text = textOf(line);
    const amount = amountsIn(text).at(-1);
    return amount === undefined ? [] : [{ text: amount, line: text }];
  });
  const called = lines.filter(({ line }) => /total/i.test(line));
  const last = called.findLast(({ line }) => !/sub[- ]?total/i.test(line));
  const largest = [...lines].sort((a, b) => amountOf(b.text) - amountOf(a.text))[0];
  if (largest !== undefined && largest.text !== last?.text && on("largest-amount")) return largest;
  return pick(called[0], last, on);
};

function pick(
  first: Found | undefined,
  last: Found | undefined,
  on: (habit: string) => boolean,
): Found | undefined {
  if (first === undefined || last === undefined || first.text === last.text) return last ?? first;
  return on("last-total") ? last : first;
}
