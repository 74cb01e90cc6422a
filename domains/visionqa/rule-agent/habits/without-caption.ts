import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Hands in a value without the caption that it was read with. */
export const withoutCaption: Habit = {
  id: "without-caption",
  harmful: false,
  applies: /./,
  effect: "Hands in a value without the caption that it was read with.",
  taughtBy: [
    `${drop}|leave+off|strip|remove|cut caption|label|key|prefix`,
    "value|answer|text|it without caption|label|key|prefix",
    "give|submit|hand|answer|write|return only|just value",
  ],
  rule: {
    title: "Leave the caption out",
    when: "a value and its caption stand in one piece",
    do: "hand in the value without its caption",
    why: "only what was asked for is compared",
    unless: "the heading itself is asked for",
    check: "no colon is left in front",
  },
};
