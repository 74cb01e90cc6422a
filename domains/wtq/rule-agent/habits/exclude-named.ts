import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Leaves out what the question names after `other than` or `besides`; without it looks there. */
export const excludeNamed: Habit = {
  id: "exclude-named",
  harmful: false,
  applies: /other than|besides|except|aside|apart|excluding|not/,
  effect:
    "Leaves out what the question names after `other than` or `besides`; without it looks there.",
  taughtBy: [
    `${drop} name|mention|entry|thing|one|item other+than|besides|except|apart|aside`,
    `other+than|besides|except|apart+from|aside+from ${drop} name|mention|thing|one|entry|item|it|that`,
    "other+than|besides|except|apart+from|aside+from remove|skip|exclude|drop|leave|not name|mention|thing|one|entry|row",
  ],
  rule: {
    title: "Leave out what is excepted",
    when: 'the question says "other than", "besides" or "except"',
    do: "exclude the named entry from the rows",
    why: "it is known already and another is asked for",
    unless: "the entry is named as an example",
    check: "the answer is not the named entry",
  },
};
