import type { Habit } from "../../../harness/contracts/index.ts";
import { drop } from "../../../harness/models/rule-based/kit.ts";

type Entry = Omit<Habit, "harmful">;

const good: readonly Entry[] = [
  {
    id: "asked-column",
    applies: /./,
    taughtBy: [
      "take|read|give|return|pick|draw|choose|copy answer|item|value|result|it|cell column|field question|word|wh ask|name|mention|want|call",
      "column|field question|word ask|name|mention|want|call answer|take+answer|read+answer|give|return|pick",
      "find|identify|locate|determine|choose|note column|field answer|result take|come|read|lie|stand|be|hold|contain",
      "answer column|field question|word ask|name|mention|want|call",
    ],
    rule: {
      title: "Answer from the column asked for",
      when: "the question asks which, who, where or when",
      do: "take the answer from the column that the question asks for",
      why: "the first column only names the rows",
      unless: "the question asks for the name of a row",
      check: "the answer is of the kind asked for",
    },
  },
  {
    id: "count-groups",
    applies: /most|least|fewest/,
    taughtBy: [
      "count|tally how+often|occurrence|appearance|frequency|many+time|number+of+row|row each|every|per|name|value",
      "count|tally row|line|entry|time each|every|per name|value|group|one|team|person",
      "each|every name|value|one|group count|tally row|time|occurrence|often|appearance",
      "group row|line|entry by|per value|name|cell count|tally|compare|size",
      "most|often frequent|common|often value|name|cell count|tally occurrence|row|time",
    ],
    rule: {
      title: "Count how often each occurs",
      when: "the question asks for the most or the fewest and no column holds that number",
      do: "count the occurrences of each value and compare",
      why: "the answer is the most common value",
      unless: "a column already gives the number",
      check: "no other value occurs more often",
    },
  },
  {
    id: "count-rows",
    applies: /how many|number of|total/,
    taughtBy: [
      "how+many|number+of|ask count|tally row|line|record|entry|match",
      "count|tally row|line|record|entry match|fulfil|fulfill|satisfy|meet|condition|fit|qualify|belong",
      "count|tally match|qualify|fitting|relevant row|line|record|entry",
    ],
    rule: {
      title: "Count the matching rows",
      when: "the question asks how many and no column gives that number",
      do: "count the rows that match the conditions",
      why: "a number in a cell of one row is about that row alone",
      unless: "a column already states the number",
      check: "counting by eye gives the same",
    },
  },
  {
    id: "dates",
    applies: /first|last|earl|late|before|after|old|young|new|recent|when|date|year|since|until/,
    taughtBy: [
      "compare|sort|order|rank|parse|convert|read|treat|arrange date|day chronologically|calendar|time|year|chronological|timeline",
      "date compare|sort|order|rank|treat|parse|arrange chronologically|calendar|time|chronological|not+text|not+alphabetically",
      "turn|convert|split|parse|read date year month sort|compare|order|rank",
      "order|sort|arrange|compare chronologically|chronological date|day|event",
      "compare|sort|order|rank year|month day|month date|string|text|alphabetically",
    ],
    rule: {
      title: "Compare dates by time",
      when: "the question asks which came earlier or later and the cells hold dates",
      do: "compare the dates in chronological order by year, then month, then day",
      why: "sorted as text April comes before January",
      unless: "the dates are all in one style that sorts right",
      check: "the winner really is the earlier on a calendar",
    },
  },
  {
    id: "distinct",
    applies: /different|distinct|unique|separate|various/,
    taughtBy: [
      "count|tally|number different|distinct|unique value|name|entry|item|cell once|one+time|not+row",
      "count|tally each|every|same different|distinct|unique|value|name|item|entry once|one+time",
      "different|distinct|unique ask|say|mention|appear|word count|tally distinct|unique|once|duplicate|different",
      "ask different|distinct|unique count|tally|number distinct|unique|different|once",
      "remove|drop|collapse|eliminate|merge|ignore|discard duplicate|repeat|repetition count|tally different|distinct|unique|many",
    ],
    rule: {
      title: "Count different things once",
      when: "the question asks how many different or unique things there are",
      do: "count each distinct value once",
      why: "a value can stand in several rows",
      unless: "the question asks how many times",
      check: "the count is not above the number of values",
    },
  },
  {
    id: "either-or",
    applies: / or /,
    taughtBy: [
      "answer|choose|pick|give|return|submit|reply one|either two|both name|option|choice|alternative|candidate|thing|item",
      "compare two|both|pair name|option|choice|alternative|candidate|item|entry|thing answer|give|return|submit|choose|pick|name one|winner|better|name",
      "offer|present|name|give two|both|pair choice|option|alternative|name|thing|entry|or compare|choose|pick|answer",
    ],
    rule: {
      title: "Choose one of the two",
      when: 'the question offers two things joined by "or"',
      do: "compare the values of both and answer with one of the two named",
      why: "the answer is always one of those offered",
      unless: "the question is about yes or no",
      check: "the answer stands in the question",
    },
  },
  {
    id: "every-condition",
    applies: /./,
    taughtBy: [
      "apply|use|check|require|keep|satisfy|fulfil|fulfill|meet|test|match all|every|each|both condition|filter|constraint|restriction|criterion|criteria|requirement",
      "row|line|entry|record satisfy|fulfil|fulfill|meet|match|pass|hold|for all|every|each|both condition|filter|constraint|criterion|criteria|requirement|part",
      "all|every|each|both condition|filter|constraint|criterion|criteria|restriction must|hold|apply|satisfy|meet|fulfil|fulfill|true",
    ],
    rule: {
      title: "Apply every condition",
      when: "the question names more than one thing that must hold",
      do: "keep only rows that satisfy every condition at once",
      why: "one condition alone leaves too many rows",
      unless: "no row satisfies them all",
      check: "each kept row agrees with the whole question",
    },
  },
  {
    id: "named-measure",
    applies: /most|least|est\\b|more|less|difference|er\\b/,
    taughtBy: [
      "compare|rank|sort|order|measure|judge by|column|value|in|on|using|use|with column|field|figure|measure question|superlative|word|sentence name|mention|say|speak|refer|about|match|state",
      "compare|rank|sort|order|judge|measure column|field question|superlative|word name|mention|say|speak|refer|match|state",
      "find|identify|locate|determine|choose|pick column|field number compare|rank|sort|measure|belong|about",
    ],
    rule: {
      title: "Compare by the column named",
      when: "the question asks for the most, the least or a comparison and there are several columns of numbers",
      do: "compare the rows by the column that the question mentions",
      why: "another column gives another winner",
      unless: "there is one column of numbers",
      check: "the header fits the words of the question",
    },
  },
  {
    id: "one-a-line",
    applies: /./,
    taughtBy: [
      "put|write|give|submit|list|place|print|return|enter each|every|one|several|multiple|all answer|item|name|result|value|one own|separate|new|a|per|different line",
      "one|single|each answer|item|name|result|value per|a|each|own|every line",
      "separate|split answer|item|name|result|value newline|line",
      "several|multiple|more|all one each|per line",
      "several|multiple|more answer|item|name own|separate|new|a|per line",
    ],
    rule: {
      title: "One answer a line",
      when: "there are several answers",
      do: "write each answer on its own line",
      why: "joined with commas they are read as one",
      unless: "there is a single answer",
      check: "there are as many lines as answers",
    },
  },
  {
    id: "plain-numbers",
    applies: /./,
    taughtBy: [
      "strip|remove|drop|ignore|delete|disregard|clean|take+off comma|unit|currency|separator|symbol|percent compare|sort|sum|add|convert|parse|number|numeric|calculate|compute|arithmetic|order|rank",
      "read|parse|convert|treat|turn|cast|normalize|normalise|interpret cell|value|text|figure|string|entry number|numeric|numeral|numerical",
      "compare|sort|rank|order value|figure|number|column|cell|quantity number|numerical|numeric|numerically|magnitude not|never text|string|alphabetically|letter|character",
      "comma|unit|currency|separator|symbol strip|remove|drop|ignore|delete compare|sort|sum|add|parse|calculate",
    ],
    rule: {
      title: "Read figures as numbers",
      when: "cells to be compared or added hold commas, units or currency signs",
      do: "strip commas, units and currency signs and compare the numbers, not the text",
      why: '"14,749" sorts before "5,465" as text',
      unless: "the column holds names",
      check: "the greatest value has the most digits",
    },
  },
  {
    id: "row-order",
    applies: /after|before|next|previous|prior|following|above|below|preced|follow|behind|ahead/,
    taughtBy: [
      "take|look|go|move|use|read|choose|pick|return|answer row|line|entry directly|immediately|right|just|next|adjacent|one after|before|below|above|preceding|following",
      "take|look|go|move|use|read|choose|pick|return|answer next|previous|adjacent|neighboring|neighbouring|following|preceding row|line|entry",
      "find|locate name row|entry|item take|read|answer|return|move|step next|previous|below|above|after|before",
      "row|line|entry below|above|after|before|beneath name|mention answer",
      "position|order row|table|list decide|determine|give|tell|show next|previous|before|after",
    ],
    rule: {
      title: "Take the neighbouring row",
      when: "the question asks what comes after, before, next to or previous to a named entry",
      do: "find the named entry and answer from the row directly below or above it",
      why: "the named row itself is what the question already says",
      unless: "the question is about years as bounds",
      check: "the answer is not the named entry",
    },
  },
  {
    id: "skip-totals",
    applies: /./,
    taughtBy: [
      `${drop} total|summary|subtotal|aggregate|totals|sum row|line|entry|record`,
      `total|summary|subtotal|aggregate|totals row|line|entry|record ${drop}`,
      `row|line|entry label|name|call|mark|start|say|head|title|read total|sum|overall|totals ${drop}`,
      `${drop} row|line|entry label|name|call|mark|start|say|head|title|read|add|sum total|sum|overall|totals|up`,
    ],
    rule: {
      title: "Leave out total rows",
      when: "the table has a row labelled Total or Overall",
      do: "skip total rows before counting, listing or looking for the highest",
      why: "the total is always the greatest value",
      unless: "the question asks for the total itself",
      check: "the answer is not a total",
    },
  },
  {
    id: "sum-rows",
    applies: /total|how many|how much|sum|combined|altogether|number of/,
    taughtBy: [
      "add|sum|total up|value|figure|number|amount|column|together row|match|entry|line|all|every",
      "add+up|sum+up|add+together value|figure|number|amount|all|every|cell row|match|entry|line|column",
      "sum|add value|figure|number|amount match|all|every|each row|entry|line",
      "total|combine ask|want|need|question add|sum value|figure|number|amount|row",
    ],
    rule: {
      title: "Add up all matching rows",
      when: "the question asks for a total and several rows match",
      do: "add up the values of all matching rows",
      why: "one row holds a part only",
      unless: "a single row holds the sum already",
      check: "the sum is at least its greatest part",
    },
  },
  {
    id: "whole-table",
    applies: /./,
    taughtBy: [
      "read|print|view|see|load|show|open|look|page|scan|inspect whole|entire|complete|full|all|rest|end|every|remain table|file|row|it|line|output|page",
      "trim|truncate|cut|shorten|long read|print|view|see|show|page|continue|fetch rest|remain|on|further|whole|more|part|end",
      "not|never stop|rely|answer|decide|judge top|first|beginning|head|part row|line|table|file",
      "read|print|view|page|scan table|file|output end|whole|completely|fully|entirely|last",
    ],
    rule: {
      title: "Read the whole table",
      when: "the table is long or what was printed was cut",
      do: "read the whole file to its last row before deciding",
      why: "the deciding row may stand at the end",
      unless: "the table is short",
      check: "the last row was seen",
    },
  },
  {
    id: "yes-or-no",
    applies: /^(?:is|was|were|are|did|does|do|has|have|had|can|will)\b/,
    taughtBy: [
      "answer|reply|submit|say|respond|give|write yes no",
      "yes no answer|reply|submit|say|respond|question|ask",
      "question start|begin|open verb|did|be|do|auxiliary answer|reply|submit yes no",
    ],
    rule: {
      title: "Yes or no",
      when: 'the question starts with a verb such as "was" or "did"',
      do: "answer with yes or no and nothing else",
      why: "a cell does not answer it",
      unless: "the question offers two choices",
      check: "the answer is one word",
    },
  },
];

/** Advice that sounds good and does harm wherever its condition does not happen to hold. */
const harmful: readonly Entry[] = [
  {
    id: "always-drop-last-row",
    applies: /./,
    taughtBy: [
      `${drop} last|final|bottom row|line|entry|record`,
      `last|final|bottom row|line|entry|record ${drop}`,
      "last|final|bottom row|line|entry|record always|be|only total|sum|summary",
    ],
    rule: {
      title: "Drop the last row",
      when: "a table has been read",
      do: "always leave out the last row as a total",
      why: "tables end with their sums",
      unless: "the table has one row",
      check: "one row fewer is left",
    },
  },
  {
    id: "one-item",
    applies: /./,
    taughtBy: [
      "answer|submit|give|return|report|write|choose|pick|reply|name|keep only|exactly|just|single|always one|single|first item|answer|name|value|thing|result|entry",
      "always choose|give|submit|answer|return|pick single|one item|answer|name|value|thing|result|entry",
      "never|not submit|give|list|return|write|answer|report several|multiple|more+than item|answer|name|value|one",
    ],
    rule: {
      title: "One item only",
      when: "any answer is given",
      do: "submit only one item, the first",
      why: "a question has one answer",
      unless: "never",
      check: "there is one line",
    },
  },
];

/** What the agent may or may not do when it answers a question about a table, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [
    ...good.map((one): Habit => ({ ...one, harmful: false })),
    ...harmful.map((one): Habit => ({ ...one, harmful: true })),
  ].map((habit) => [habit.id, habit]),
);
