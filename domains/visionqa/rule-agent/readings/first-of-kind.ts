import { textOf } from "../page-text.ts";
import { asks, type Reading } from "../thought.ts";
import { amountsIn, daysIn } from "../values.ts";

/** Where no caption helps: the first day or the first amount of the page, whichever is asked for. */
export const firstOfKind: Reading = (thought) => {
  const kinds = [
    { asked: /^(?:date|day|when)$/, found: daysIn },
    { asked: /^(?:amount|cost|price|sum|much|total)$/, found: amountsIn },
  ];
  const kind = kinds.find(({ asked }) => asks(thought, asked));
  for (const line of kind === undefined ? [] : thought.page) {
    const text = textOf(line);
    const [first] = kind?.found(text) ?? [];
    if (first !== undefined) return { text: first, line: text };
  }
  return undefined;
};
