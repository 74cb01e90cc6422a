import type { Habit } from "../../../../harness/contracts/index.ts";
/** Reads the answer back against the question and looks in another column where it only repeats the question. */
export const readBack: Habit = {
  id: "read-back",
  harmful: false,
  applies: /./,
  effect:
    "Reads the answer back against the question and looks in another column where it only repeats the question.",
  taughtBy: [
    "read|check|compare|verify|review|reread|hold answer|result question|repeat submit|before|against|back",
    "read|check|verify|review|reread answer|result back|against|before|again|submit",
    "before submit|finish|answer check|verify|read|review|reread|compare answer|result|it",
    "answer|result repeat|echo|restate question|name look|choose|read|take another|other|different column|cell",
  ],
  rule: {
    title: "Read the answer back",
    when: "an answer is ready",
    do: "check the answer against the question before submitting",
    why: "an answer that only repeats the question is not one",
    unless: "the question offers its answers",
    check: "the answer says something new",
  },
};
