import type { Habit } from "../../../harness/contracts/index.ts";
import { drop } from "../../../harness/models/rule-based/kit.ts";

type Taught = Pick<Habit, "taughtBy" | "rule">;

/** What helps wherever it applies; the questions and the wording say what is done without it. */
const good: Readonly<Record<string, Taught>> = {
  "value-below": {
    taughtBy: [
      "take|read|look|use|copy|find|search text|value|answer|line|box|what|field|entry below|under|beneath|underneath caption|label|heading|it|field|title",
      "look|read|search|go below|under|beneath|underneath caption|label|field|box|them",
      "value|answer|entry|text below|under|beneath|underneath caption|label|field|it|them",
      "caption|label above|over value|answer|entry|text",
      "box|form below|under|beneath",
    ],
    rule: {
      title: "Look below a caption",
      when: "nothing like a value stands to the right of a caption",
      do: "take the text below the caption",
      why: "forms print the name of a field over its line",
      unless: "the value is on the same line",
      check: "nothing else stands between the two",
    },
  },
  "without-caption": {
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
  },
  "caption-words": {
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
  },
  "whole-caption": {
    taughtBy: [
      "choose|take|pick|prefer|use|select|find caption|label|field most|more|every|all|best word|match|question",
      "compare|match|check every|all|each|whole|complete|full word|caption|label question|word",
      "caption|label match|share|has|have most|all|every|best word",
      "compare whole|complete|full caption|label",
    ],
    rule: {
      title: "Compare the whole caption",
      when: "several captions share a word with the question",
      do: "choose the caption that shares the most words with the question",
      why: "one common word is soon found",
      unless: "there is only one",
      check: "no other one fits better",
    },
  },
  "row-and-column": {
    taughtBy: [
      "cell|value|number|entry|figure where row|column row|column meet|cross|intersect",
      "find|follow|locate|trace|read|go row|column row|column meet|cross|intersect|together",
      "find column heading row first|name|cell",
    ],
    rule: {
      title: "Go to where row and column meet",
      when: "a row and a column of a table are named",
      do: "take the cell where the row and the column meet",
      why: "every other number of the row belongs to another heading",
      unless: "the row has one number only",
      check: "the heading is straight above it",
    },
  },
  "last-total": {
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
  },
  "closing-name": {
    taughtBy: [
      "give|take|use|read|find|copy|look name|signer|person|it below|under|after|following|follow closing|sincerely|signature|regards",
      "name|signer|sender|author|writer signature|closing|sincerely",
      "signer|sender stand|is|found|find|at end|bottom|below|signature",
    ],
    rule: {
      title: "Look for the signer at the end",
      when: "it is asked who signed a letter",
      do: "give the name that follows the closing words",
      why: "the letterhead names the firm",
      unless: "nobody signed",
      check: "it is the name of a person",
    },
  },
  corrections: {
    taughtBy: [
      "take|use|give|copy|choose|prefer correction|amendment",
      "take|use|give|copy|choose corrected|amended value|number|entry|text|one",
      "correction|amendment replace|count|stand",
    ],
    rule: {
      title: "Take what was corrected",
      when: "a value was corrected on the page",
      do: "take the correction and not what it replaces",
      why: "the first one was a slip",
      unless: "the old value is asked for",
      check: "nothing of the old value is left",
    },
  },
  "ditto-marks": {
    taughtBy: [
      "replace|resolve|follow ditto",
      "ditto mean|repeat|stand|refer",
      "take|use|give|copy|read entry|value|cell|date above ditto",
    ],
    rule: {
      title: "Follow ditto marks up",
      when: "a cell has nothing but a ditto mark",
      do: "replace the ditto mark with the entry above it",
      why: "it repeats what stands there",
      unless: "the mark itself is asked for",
      check: "the answer says something by itself",
    },
  },
};

/** Bad advice. */
const harmful: Readonly<Record<string, Taught>> = {
  "round-amounts": {
    taughtBy: [
      `${drop}|cut|remove cent|decimal|fraction`,
      "round amount|price|total|sum|money|figure whole|full|dollar|near|unit",
      "give|write whole|round|full amount|dollar|sum",
    ],
    rule: {
      title: "Leave out the cents",
      when: "the answer is an amount of money",
      do: "round the amount to whole dollars",
      why: "small change does not matter",
      unless: "never",
      check: "there is no point in it",
    },
  },
  "whole-line": {
    taughtBy: [
      "hand|give|submit|copy|return|answer|write|quote whole|entire|full|complete line|sentence",
    ],
    rule: {
      title: "Hand in the whole line",
      when: "the value was found",
      do: "copy the entire line it stands in",
      why: "more words are more likely to be right",
      unless: "never",
      check: "nothing of the line is missing",
    },
  },
};

/** Every habit of the subject, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [...Object.entries(good), ...Object.entries(harmful)].map(([id, taught]) => [
    id,
    // Only habits on the way to an answer are ever looked at, so each of them may matter.
    { id, ...taught, harmful: Object.hasOwn(harmful, id), applies: /^/ },
  ]),
);
