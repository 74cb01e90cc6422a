import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Takes the last line that is called a total; without it the first, which may be a subtotal. */
export const lastTotal: Habit = {
  id: "last-total",
  harmful: false,
  applies: /total|sum|due|amount/,
  effect:
    "Takes the last line that is called a total; without it the first, which may be a subtotal.",
  taughtBy: [
    "take|use|choose|read|give|pick|copy amount|value|figure|one|number last|final|lowest|bottom total|line|row",
    "take|use|choose|give|pick|copy last|final|grand|bottom total|line",
    "total not+subtotal",
    `${drop} subtotal`,
    "subtotal total close|together|apart|differ|near",
    "distinguish|tell|separate subtotal total",
  ],
  rule: {
    title: "Take the last total",
    when: "the total of a bill is asked for",
    do: "take the amount of the last line that is called total",
    why: "what comes earlier lacks the tax",
    unless: "the sum before tax is asked for",
    check: "nothing is added after it",
  },
};
