import type { Habit } from "../../../../harness/contracts/index.ts";
/** Reads letters in a number as the digits they look like. */
export const lookalikes: Habit = {
  id: "lookalikes",
  harmful: false,
  applies: /./,
  effect: "Reads letters in a number as the digits they look like.",
  taughtBy: [
    "check|mend|correct|fix|repair|replace|watch|distinguish digit|letter|number|character alike|misread|similar|confuse|misreading",
    "letter|digit|character look alike|like|similar|same",
    "mend|correct|fix|repair misread|lookalike digit|letter|number",
  ],
  rule: {
    title: "Mend misread digits",
    when: "a number has letters in it",
    do: "replace the letters that look like digits",
    why: "a scan blurs O and 0",
    unless: "the code really has letters",
    check: "the number has digits alone",
  },
};
