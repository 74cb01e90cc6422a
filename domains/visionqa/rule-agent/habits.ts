import { drop, type HabitText, habitsOf } from "../../../harness/models/rule-based/kit.ts";

/** What helps wherever it applies; the questions and the wording say what is done without it. */
const good: Readonly<Record<string, HabitText>> = {
  "value-below": {
    taughtBy: [
      "take|read|look|use|copy|find|search text|value|answer|line|box|what|field|entry below|under|beneath|underneath caption|label|heading|it|field|title",
      "look|read|search|go below|under|beneath|underneath caption|label|field|box|them",
      "value|answer|entry|text below|under|beneath|underneath caption|label|field|it|them",
      "caption|label above|over value|answer|entry|text",
      "box|form below|under|beneath",
    ],
    rule: `Look below a caption.
      When nothing like a value stands to the right of a caption: take the text below the caption.
      Why: forms print the name of a field over its line. Unless: the value is on the same line. Check: nothing else stands between the two.`,
  },
  "without-caption": {
    taughtBy: [
      `${drop}|leave+off|strip|remove|cut caption|label|key|prefix`,
      "value|answer|text|it without caption|label|key|prefix",
      "give|submit|hand|answer|write|return only|just value",
    ],
    rule: `Leave the caption out.
      When a value and its caption stand in one piece: hand in the value without its caption.
      Why: only what was asked for is compared. Unless: the heading itself is asked for. Check: no colon is left in front.`,
  },
  "caption-words": {
    taughtBy: [
      "look|search|try|match|know|accept|expect|find|use short+form|abbreviation|abbreviated|synonym|shortened|same+meaning|other+word",
      "abbreviation|synonym|short+form|other+word stand|mean|match|count same|caption|question|word",
      "caption|label|heading abbreviate|shorten",
      "word same+meaning caption|label",
    ],
    rule: `Know the short forms.
      When the page has the words of the question nowhere: look for a short form or another word with the same meaning.
      Why: there is little room in front of a value. Unless: the very word is on the page. Check: the short form can stand for the word.`,
  },
  "whole-caption": {
    taughtBy: [
      "choose|take|pick|prefer|use|select|find caption|label|field most|more|every|all|best word|match|question",
      "compare|match|check every|all|each|whole|complete|full word|caption|label question|word",
      "caption|label match|share|has|have most|all|every|best word",
      "compare whole|complete|full caption|label",
    ],
    rule: `Compare the whole caption.
      When several captions share a word with the question: choose the caption that shares the most words with the question.
      Why: one common word is soon found. Unless: there is only one. Check: no other one fits better.`,
  },
  "row-and-column": {
    taughtBy: [
      "cell|value|number|entry|figure where row|column row|column meet|cross|intersect",
      "find|follow|locate|trace|read|go row|column row|column meet|cross|intersect|together",
      "find column heading row first|name|cell",
    ],
    rule: `Go to where row and column meet.
      When a row and a column of a table are named: take the cell where the row and the column meet.
      Why: every other number of the row belongs to another heading. Unless: the row has one number only. Check: the heading is straight above it.`,
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
    rule: `Take the last total.
      When the total of a bill is asked for: take the amount of the last line that is called total.
      Why: what comes earlier lacks the tax. Unless: the sum before tax is asked for. Check: nothing is added after it.`,
  },
  corrections: {
    taughtBy: [
      "take|use|give|copy|choose|prefer correction|amendment",
      "take|use|give|copy|choose corrected|amended value|number|entry|text|one",
      "correction|amendment replace|count|stand",
    ],
    rule: `Take what was corrected.
      When a value was corrected on the page: take the correction and not what it replaces.
      Why: the first one was a slip. Unless: the old value is asked for. Check: nothing of the old value is left.`,
  },
};

/** Bad advice. */
const harmful: Readonly<Record<string, HabitText>> = {
  "round-amounts": {
    taughtBy: [
      `${drop}|cut|remove cent|decimal|fraction`,
      "round amount|price|total|sum|money|figure whole|full|dollar|near|unit",
      "give|write whole|round|full amount|dollar|sum",
    ],
    rule: `Leave out the cents.
      When the answer is an amount of money: round the amount to whole dollars.
      Why: small change does not matter. Unless: never. Check: there is no point in it.`,
  },
  "whole-line": {
    taughtBy: [
      "hand|give|submit|copy|return|answer|write|quote whole|entire|full|complete line|sentence",
    ],
    rule: `Hand in the whole line.
      When the value was found: copy the entire line it stands in.
      Why: more words are more likely to be right. Unless: never. Check: nothing of the line is missing.`,
  },
};

/** Every habit of the subject, by id. */
export const habits = habitsOf(good, harmful);
