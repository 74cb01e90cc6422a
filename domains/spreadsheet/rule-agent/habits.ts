import { type HabitText, habitsOf } from "../../../harness/models/rule-based/kit.ts";

/** Where things are: sheets, headings, ends, and what is left behind. */
const places: Readonly<Record<string, HabitText>> = {
  "right-sheet": {
    taughtBy: [
      "choose|find|use|pick|take sheet headings|heading|columns match|name|fit|mention|hold",
      "look|check|go every|all|each sheet before|until|find data|headings|ledger",
      "data|ledger|table may|can|might|not lie|stand|be any|another|other|second|later|first sheet|them",
    ],
    rule: `Find the sheet with the data.
      When the workbook has several sheets: choose the sheet whose headings the instruction names.
      Why: notes and cover pages often stand in front. Unless: there is one sheet only. Check: every heading of the instruction stands there.`,
  },
  "find-headings": {
    taughtBy: [
      "find|locate|look|search|identify row heading|headings|header|headers",
      "title|titles|banner|notes row|rows|often|may stand|come|lie above heading|headings|header|headers|it|them",
      "heading|headings|header|headers may|can|often|might stand|lie|be|begin|start below|under|lower|later",
      "not|never assume|suppose|take heading|headings|header|headers row|line first|1|one|top",
    ],
    rule: `Headings may stand lower.
      When the upper rows hold a title or nothing: find the row of headings below the title.
      Why: row 1 is often a banner. Unless: row 1 has a name in every column. Check: the next row is an entry.`,
  },
  "totals-row": {
    taughtBy: [
      "skip|ignore|exclude|omit|drop|leave+out|disregard|set+aside|not+count|not+include total|totals|subtotal|summary row|line|rows|lines",
      "total|totals|summary row|line be|is not|no entry|record|data",
      "row|line|rows|lines total|totals be|is no|not entry|record|data",
    ],
    rule: `A totals row is no entry.
      When the last row is labelled Total: leave out the totals row of every sum, count, rank and column.
      Why: it repeats the entries above it. Unless: the instruction asks for it. Check: no result stands beside it.`,
  },
  "clear-leftovers": {
    applies: /duplicate|twice|unique|delete|remove|drop/,
    taughtBy: [
      "clear|empty|blank|erase|wipe row|rows|cells|lines left|leftover|remain|over|below|freed|vacated",
      "row|rows|cells|lines left|leftover|remain|freed below|over|end|behind clear|empty|blank|erase|wipe",
      "not|never leave old|stale|leftover|former row|rows|values|copies below|end|behind|bottom",
    ],
    rule: `Clear what is left over.
      When rows were removed and the others moved up: clear the old rows left over below.
      Why: the last rows would stand there twice. Unless: nothing was removed. Check: the cells below the last entry are empty.`,
  },
};

/** What cells say, and what results are. */
const cells: Readonly<Record<string, HabitText>> = {
  "match-loosely": {
    taughtBy: [
      "ignore|overlook|disregard case|spaces|capitals|spelling compare|match|comparing|matching|group|look",
      "compare|match|group|look|count|find text|words|word|names|values|keys|categories|cells ignore|ignoring|without|whatever|regardless|after case|spaces|capitals|trim|trimming",
      "trim|strip|fold|normalise|normalize|lower text|words|word|values|names|keys|categories|cells|both before|and compare|comparing|match|matching|group|grouping|counting",
      "word|words|text|value|names same|equal whatever|regardless|despite case|capitals|spaces",
    ],
    rule: `Compare words loosely.
      When cells are compared with a word or with each other: compare words ignoring case and stray spaces.
      Why: the same word is spelled in several ways. Unless: the instruction asks for an exact spelling. Check: every spelling of the word was found.`,
  },
  "text-numbers": {
    taughtBy: [
      "number|numbers|amounts|figures store|stored|kept|write|written|hold text convert|read|treat|turn|count|parse",
      "convert|turn|parse|read|treat text|strings number|numbers|numeric",
      "strip|trim|remove spaces|blanks number|numbers|amounts|figures",
    ],
    rule: `Numbers stored as text count.
      When a column of numbers has cells with spaces in them: convert numbers stored as text before calculating.
      Why: sums pass over text without a word. Unless: the column is a code. Check: no filled cell was left out of the sum.`,
  },
  "blank-stays": {
    applies: /missing|empty|nothing|no /,
    taughtBy: [
      "leave|keep result|results|cell|cells|it|them|output empty|blank where|when|if missing|empty|blank|no",
      "missing|empty|blank cell|cells|value|values|input|number stay|remain|keep|leave|give|get empty|blank|no",
      "not|never treat|count|take|replace|calculate blank|missing|empty zero|0|nought",
      "write|give nothing|no where|when|for missing|blank|empty",
    ],
    rule: `No number, no result.
      When an entry lacks the number: leave the result empty where the number is missing.
      Why: zero is a value and blank is none. Unless: the instruction says that it counts as 0. Check: as many results as numbers.`,
  },
  "plain-values": {
    taughtBy: [
      "write|store|enter|put|save|leave value|values|results|result|numbers instead|rather|not|and formula|formulas",
      "write|store|enter|put|save|leave plain|calculated|computed|stored|static|final value|values|result|results|numbers",
      "not|never|avoid|without leave|write|enter|put|use|rely formula|formulas",
      "formula|formulas not|never|without calculated|stored|cached|value|values|result read|reads|empty",
    ],
    rule: `Write values, not formulas.
      When a result is calculated: write the calculated value itself.
      Why: a formula that nobody calculated reads as empty. Unless: it is recalculated and checked afterwards. Check: the cell prints as a number.`,
  },
  "asked-digits": {
    applies: /decimal|round/,
    taughtBy: [
      "round decimals|digits|places|as|exactly|only instruction|asked|named|names|says|requested",
      "round instruction|task names|says|asks|asked digits|decimals|places",
      "as+many decimals|digits|places instruction|asked|named|requested",
    ],
    rule: `Round as asked.
      When the instruction names decimals: round to the decimals that the instruction names.
      Why: further digits are other values. Unless: it names none. Check: no result has more digits.`,
  },
  "limit-included": {
    applies: /at least|or more|or higher/,
    taughtBy: [
      "include|count|keep|accept|take limit|bound|boundary|threshold|edge itself|too|least|more|also",
      "at+least|or+more|or+higher include|includes|mean|means|count|contain limit|bound|threshold|itself|equal|number",
      "limit|bound|boundary|threshold itself|count|belong|is include|included|in|counts|too",
    ],
    rule: `At least includes the limit.
      When the instruction says at least or or more: count the limit itself as well.
      Why: five is at least five. Unless: it says more than. Check: the entry on the limit is in.`,
  },
};

/** Bad advice that sounds like good. */
const harmful: Readonly<Record<string, HabitText>> = {
  "whole-results": {
    taughtBy: [
      "round|truncate|simplify number|numbers|result|results|value|values|figure|every|all whole|integer|nearest",
      "drop|remove|cut|omit decimals|fractions|digits+after result|results|number|numbers|value|values|every",
      "number|numbers|result|results|value|values round whole|integer|nearest",
    ],
    rule: `Whole numbers only.
      When a result has decimals: round every result to a whole number.
      Why: it is easier to read. Unless: never. Check: no result has a point.`,
  },
};

/** Every habit of working on a workbook, by id. */
export const habits = habitsOf({ ...places, ...cells }, harmful);
