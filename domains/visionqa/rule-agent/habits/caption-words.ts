import type { Habit } from "../../../../harness/contracts/index.ts";
/** Knows the short forms of words in captions and headings. */
export const captionWords: Habit = {
  id: "caption-words",
  harmful: false,
  applies: /number|phone|reference|quantity|account|amount|department|id/,
  effect: "Knows the short forms of words in captions and headings.",
  taughtBy: [
    "look|search|try|match|know|accept|expect|find|use short+form|abbreviation|abbreviated|synonym|shortened|same+meaning|other+word",
    "abbreviation|synonym|short+form|other+word stand|mean|match|count same|caption|question|word",
    "caption|label|heading abbreviate|shorten",
    "word same+meaning caption|label",
  ],
  rule: {
    title: "Know the short forms",
    when: "the page has the words of the question nowhere",
    do: "look for a short form or another word with the same meaning",
    why: "there is little room in front of a value",
    unless: "the very word is on the page",
    check: "the short form can stand for the word",
  },
};
