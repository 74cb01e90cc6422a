import { drop, type HabitText, habitsOf } from "../../../harness/models/rule-based/kit.ts";

/** What helps wherever it applies. */
const good: Readonly<Record<string, HabitText>> = {
  "asked-column": {
    taughtBy: [
      "take|read|give|return|pick|draw|choose|copy answer|item|value|result|it|cell column|field question|word|wh ask|name|mention|want|call",
      "column|field question|word ask|name|mention|want|call answer|take+answer|read+answer|give|return|pick",
      "find|identify|locate|determine|choose|note column|field answer|result take|come|read|lie|stand|be|hold|contain",
      "answer column|field question|word ask|name|mention|want|call",
    ],
    rule: `Answer from the column asked for.
      When the question asks which, who, where or when: take the answer from the column that the question asks for.
      Why: the first column only names the rows. Unless: the question asks for the name of a row. Check: the answer is of the kind asked for.`,
  },
  "count-groups": {
    applies: /most|least|fewest/,
    taughtBy: [
      "count|tally how+often|occurrence|appearance|frequency|many+time|number+of+row|row each|every|per|name|value",
      "count|tally row|line|entry|time each|every|per name|value|group|one|team|person",
      "each|every name|value|one|group count|tally row|time|occurrence|often|appearance",
      "group row|line|entry by|per value|name|cell count|tally|compare|size",
      "most|often frequent|common|often value|name|cell count|tally occurrence|row|time",
    ],
    rule: `Count how often each occurs.
      When the question asks for the most or the fewest and no column holds that number: count the occurrences of each value and compare.
      Why: the answer is the most common value. Unless: a column already gives the number. Check: no other value occurs more often.`,
  },
  "count-rows": {
    applies: /how many|number of|total/,
    taughtBy: [
      "how+many|number+of|ask count|tally row|line|record|entry|match",
      "count|tally row|line|record|entry match|fulfil|fulfill|satisfy|meet|condition|fit|qualify|belong",
      "count|tally match|qualify|fitting|relevant row|line|record|entry",
    ],
    rule: `Count the matching rows.
      When the question asks how many and no column gives that number: count the rows that match the conditions.
      Why: a number in a cell of one row is about that row alone. Unless: a column already states the number. Check: counting by eye gives the same.`,
  },
  dates: {
    applies: /first|last|earl|late|before|after|old|young|new|recent|when|date|year|since|until/,
    taughtBy: [
      "compare|sort|order|rank|parse|convert|read|treat|arrange date|day chronologically|calendar|time|year|chronological|timeline",
      "date compare|sort|order|rank|treat|parse|arrange chronologically|calendar|time|chronological|not+text|not+alphabetically",
      "turn|convert|split|parse|read date year month sort|compare|order|rank",
      "order|sort|arrange|compare chronologically|chronological date|day|event",
      "compare|sort|order|rank year|month day|month date|string|text|alphabetically",
    ],
    rule: `Compare dates by time.
      When the question asks which came earlier or later and the cells hold dates: compare the dates in chronological order by year, then month, then day.
      Why: sorted as text April comes before January. Unless: the dates are all in one style that sorts right. Check: the winner really is the earlier on a calendar.`,
  },
  distinct: {
    applies: /different|distinct|unique|separate|various/,
    taughtBy: [
      "count|tally|number different|distinct|unique value|name|entry|item|cell once|one+time|not+row",
      "count|tally each|every|same different|distinct|unique|value|name|item|entry once|one+time",
      "different|distinct|unique ask|say|mention|appear|word count|tally distinct|unique|once|duplicate|different",
      "ask different|distinct|unique count|tally|number distinct|unique|different|once",
      "remove|drop|collapse|eliminate|merge|ignore|discard duplicate|repeat|repetition count|tally different|distinct|unique|many",
    ],
    rule: `Count different things once.
      When the question asks how many different or unique things there are: count each distinct value once.
      Why: a value can stand in several rows. Unless: the question asks how many times. Check: the count is not above the number of values.`,
  },
  "either-or": {
    applies: / or /,
    taughtBy: [
      "answer|choose|pick|give|return|submit|reply one|either two|both name|option|choice|alternative|candidate|thing|item",
      "compare two|both|pair name|option|choice|alternative|candidate|item|entry|thing answer|give|return|submit|choose|pick|name one|winner|better|name",
      "offer|present|name|give two|both|pair choice|option|alternative|name|thing|entry|or compare|choose|pick|answer",
    ],
    rule: `Choose one of the two.
      When the question offers two things joined by "or": compare the values of both and answer with one of the two named.
      Why: the answer is always one of those offered. Unless: the question is about yes or no. Check: the answer stands in the question.`,
  },
  "every-condition": {
    taughtBy: [
      "apply|use|check|require|keep|satisfy|fulfil|fulfill|meet|test|match all|every|each|both condition|filter|constraint|restriction|criterion|criteria|requirement",
      "row|line|entry|record satisfy|fulfil|fulfill|meet|match|pass|hold|for all|every|each|both condition|filter|constraint|criterion|criteria|requirement|part",
      "all|every|each|both condition|filter|constraint|criterion|criteria|restriction must|hold|apply|satisfy|meet|fulfil|fulfill|true",
    ],
    rule: `Apply every condition.
      When the question names more than one thing that must hold: keep only rows that satisfy every condition at once.
      Why: one condition alone leaves too many rows. Unless: no row satisfies them all. Check: each kept row agrees with the whole question.`,
  },
  "named-measure": {
    applies: /most|least|est\\b|more|less|difference|er\\b/,
    taughtBy: [
      "compare|rank|sort|order|measure|judge by|column|value|in|on|using|use|with column|field|figure|measure question|superlative|word|sentence name|mention|say|speak|refer|about|match|state",
      "compare|rank|sort|order|judge|measure column|field question|superlative|word name|mention|say|speak|refer|match|state",
      "find|identify|locate|determine|choose|pick column|field number compare|rank|sort|measure|belong|about",
    ],
    rule: `Compare by the column named.
      When the question asks for the most, the least or a comparison and there are several columns of numbers: compare the rows by the column that the question mentions.
      Why: another column gives another winner. Unless: there is one column of numbers. Check: the header fits the words of the question.`,
  },
  "one-a-line": {
    taughtBy: [
      "put|write|give|submit|list|place|print|return|enter each|every|one|several|multiple|all answer|item|name|result|value|one own|separate|new|a|per|different line",
      "one|single|each answer|item|name|result|value per|a|each|own|every line",
      "separate|split answer|item|name|result|value newline|line",
      "several|multiple|more|all one each|per line",
      "several|multiple|more answer|item|name own|separate|new|a|per line",
    ],
    rule: `One answer a line.
      When there are several answers: write each answer on its own line.
      Why: joined with commas they are read as one. Unless: there is a single answer. Check: there are as many lines as answers.`,
  },
  "plain-numbers": {
    taughtBy: [
      "strip|remove|drop|ignore|delete|disregard|clean|take+off comma|unit|currency|separator|symbol|percent compare|sort|sum|add|convert|parse|number|numeric|calculate|compute|arithmetic|order|rank",
      "read|parse|convert|treat|turn|cast|normalize|normalise|interpret cell|value|text|figure|string|entry number|numeric|numeral|numerical",
      "compare|sort|rank|order value|figure|number|column|cell|quantity number|numerical|numeric|numerically|magnitude not|never text|string|alphabetically|letter|character",
      "comma|unit|currency|separator|symbol strip|remove|drop|ignore|delete compare|sort|sum|add|parse|calculate",
    ],
    rule: `Read figures as numbers.
      When cells to be compared or added hold commas, units or currency signs: strip commas, units and currency signs and compare the numbers, not the text.
      Why: "14,749" sorts before "5,465" as text. Unless: the column holds names. Check: the greatest value has the most digits.`,
  },
  "row-order": {
    applies: /after|before|next|previous|prior|following|above|below|preced|follow|behind|ahead/,
    taughtBy: [
      "take|look|go|move|use|read|choose|pick|return|answer row|line|entry directly|immediately|right|just|next|adjacent|one after|before|below|above|preceding|following",
      "take|look|go|move|use|read|choose|pick|return|answer next|previous|adjacent|neighboring|neighbouring|following|preceding row|line|entry",
      "find|locate name row|entry|item take|read|answer|return|move|step next|previous|below|above|after|before",
      "row|line|entry below|above|after|before|beneath name|mention answer",
      "position|order row|table|list decide|determine|give|tell|show next|previous|before|after",
    ],
    rule: `Take the neighbouring row.
      When the question asks what comes after, before, next to or previous to a named entry: find the named entry and answer from the row directly below or above it.
      Why: the named row itself is what the question already says. Unless: the question is about years as bounds. Check: the answer is not the named entry.`,
  },
  "skip-totals": {
    taughtBy: [
      `${drop} total|summary|subtotal|aggregate|totals|sum row|line|entry|record`,
      `total|summary|subtotal|aggregate|totals row|line|entry|record ${drop}`,
      `row|line|entry label|name|call|mark|start|say|head|title|read total|sum|overall|totals ${drop}`,
      `${drop} row|line|entry label|name|call|mark|start|say|head|title|read|add|sum total|sum|overall|totals|up`,
    ],
    rule: `Leave out total rows.
      When the table has a row labelled Total or Overall: skip total rows before counting, listing or looking for the highest.
      Why: the total is always the greatest value. Unless: the question asks for the total itself. Check: the answer is not a total.`,
  },
  "sum-rows": {
    applies: /total|how many|how much|sum|combined|altogether|number of/,
    taughtBy: [
      "add|sum|total up|value|figure|number|amount|column|together row|match|entry|line|all|every",
      "add+up|sum+up|add+together value|figure|number|amount|all|every|cell row|match|entry|line|column",
      "sum|add value|figure|number|amount match|all|every|each row|entry|line",
      "total|combine ask|want|need|question add|sum value|figure|number|amount|row",
    ],
    rule: `Add up all matching rows.
      When the question asks for a total and several rows match: add up the values of all matching rows.
      Why: one row holds a part only. Unless: a single row holds the sum already. Check: the sum is at least its greatest part.`,
  },
  "whole-table": {
    taughtBy: [
      "read|print|view|see|load|show|open|look|page|scan|inspect whole|entire|complete|full|all|rest|end|every|remain table|file|row|it|line|output|page",
      "trim|truncate|cut|shorten|long read|print|view|see|show|page|continue|fetch rest|remain|on|further|whole|more|part|end",
      "not|never stop|rely|answer|decide|judge top|first|beginning|head|part row|line|table|file",
      "read|print|view|page|scan table|file|output end|whole|completely|fully|entirely|last",
    ],
    rule: `Read the whole table.
      When the table is long or what was printed was cut: read the whole file to its last row before deciding.
      Why: the deciding row may stand at the end. Unless: the table is short. Check: the last row was seen.`,
  },
  "yes-or-no": {
    applies: /^(?:is|was|were|are|did|does|do|has|have|had|can|will)\b/,
    taughtBy: [
      "answer|reply|submit|say|respond|give|write yes no",
      "yes no answer|reply|submit|say|respond|question|ask",
      "question start|begin|open verb|did|be|do|auxiliary answer|reply|submit yes no",
    ],
    rule: `Yes or no.
      When the question starts with a verb such as "was" or "did": answer with yes or no and nothing else.
      Why: a cell does not answer it. Unless: the question offers two choices. Check: the answer is one word.`,
  },
};

/** Advice that sounds good and does harm wherever its condition does not happen to hold. */
const harmful: Readonly<Record<string, HabitText>> = {
  "always-drop-last-row": {
    taughtBy: [
      `${drop} last|final|bottom row|line|entry|record`,
      `last|final|bottom row|line|entry|record ${drop}`,
      "last|final|bottom row|line|entry|record always|be|only total|sum|summary",
    ],
    rule: `Drop the last row.
      When a table has been read: always leave out the last row as a total.
      Why: tables end with their sums. Unless: the table has one row. Check: one row fewer is left.`,
  },
  "one-item": {
    taughtBy: [
      "answer|submit|give|return|report|write|choose|pick|reply|name|keep only|exactly|just|single|always one|single|first item|answer|name|value|thing|result|entry",
      "always choose|give|submit|answer|return|pick single|one item|answer|name|value|thing|result|entry",
      "never|not submit|give|list|return|write|answer|report several|multiple|more+than item|answer|name|value|one",
    ],
    rule: `One item only.
      When any answer is given: submit only one item, the first.
      Why: a question has one answer. Unless: never. Check: there is one line.`,
  },
};

/** What the agent may or may not do when it answers a question about a table, by id. */
export const habits = habitsOf(good, harmful);
