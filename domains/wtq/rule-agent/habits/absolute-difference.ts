import type { Habit } from "../../../../harness/contracts/index.ts";
/** Gives a difference without sign; without it in the order of the question. */
export const absoluteDifference: Habit = {
  id: "absolute-difference",
  harmful: false,
  applies: /difference|how (?:many|much)|more|less|between/,
  effect: "Gives a difference without sign; without it in the order of the question.",
  taughtBy: [
    "give|report|state|return|answer|submit|write|make|take|use|subtract difference|gap|smaller|result positive|absolute|sign|larger|bigger|greater|minus",
    "difference|gap|subtraction never|not|always|without|be|as|an negative|positive|absolute|sign|minus",
    "subtract|deduct smaller|lesser|lower larger|bigger|greater|higher",
    "absolute|positive value|number difference|gap",
  ],
  rule: {
    title: "Differences are positive",
    when: "the question asks for a difference or how many more",
    do: "subtract the smaller from the larger so that the difference is positive",
    why: "the order of the names says nothing about the sign",
    unless: "the question asks for a change that may be a loss",
    check: "the result has no minus",
  },
};
