import type { Job } from "./job.ts";
import type { Ledger } from "./ledger.ts";
import type { TaskText } from "./task-text.ts";

/** Words of an instruction, with the headings of the ledger in them. */
interface Reading {
  readonly text: string;
  readonly ledger: Ledger;
  /** A pattern of the headings, the longest first, without those of cells to be filled. */
  readonly heading: string;
  /** Column of a heading, from 1; 0 where there is none. */
  column(name: string | undefined): number;
  /** The first heading that the text names, as a column; 0 where it names none. */
  readonly named: number;
  /** The other sheets. */
  readonly others: readonly string[];
}

type Reader = (reading: Reading) => Job | undefined;

/**
 * Understands what an instruction asks to do with a ledger.
 *
 * @returns undefined where it understands nothing.
 */
export function understand(task: TaskText, ledger: Ledger): Job | undefined {
  const { answer, instruction: text } = task;
  const isFilled = (column: number) =>
    answer !== undefined &&
    answer.firstColumn === answer.lastColumn &&
    column === answer.firstColumn &&
    (answer.sheet ?? task.sheets[0]) === ledger.sheet;
  const names = ledger.headings.filter((name, at) => name !== "" && !isFilled(at + 1));
  const heading = [...names]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");
  const column = (name: string | undefined) =>
    ledger.headings.findIndex((it) => it.toLowerCase() === name?.toLowerCase()) + 1;
  const named = column(new RegExp(`(?<![\\w])(?:${heading})(?![\\w])`).exec(text)?.[0]);
  const others = task.sheets.filter((name) => name !== ledger.sheet);
  const reading = { text, ledger, heading, column, named, others };
  for (const read of readers) {
    const job = read(reading);
    if (job !== undefined) return job;
  }
  return undefined;
}

const value = '"?(?<value>[^"?.,;]+?)"?(?=$|[?.,;]| and | into | with | to |" )';

/** `Region is Coast`, `Region "Coast"`, `Region Coast`. */
const condition = ({ heading }: Reading) => `(?<key>${heading})(?: is| equals)? ${value}`;

const readers: readonly Reader[] = [
  readClean,
  readRanking,
  readRunning,
  readShare,
  readCalendar,
  readLookUpColumn,
  readUnique,
  readSort,
  readRows,
  readGroups,
  readSummary,
  readList,
  readDistinct,
  readProduct,
  readBound,
  readHighest,
  readFigures,
  readLookUp,
];

function readClean({ text, named }: Reading): Job | undefined {
  if (!/extra spaces|double spaces|proper case|tidy/.test(text) || named === 0) return undefined;
  return { kind: "clean", column: named };
}

function readRanking({ text, named }: Reading): Job | undefined {
  if (!/\brank\b|which place each/i.test(text) || named === 0) return undefined;
  return { kind: "rank", measure: named };
}

function readRunning({ text, named }: Reading): Job | undefined {
  if (!/running total|cumulative/i.test(text) || named === 0) return undefined;
  return { kind: "running", measure: named };
}

function readShare({ text, named }: Reading): Job | undefined {
  if (!/percent|\bshare\b/i.test(text) || named === 0) return undefined;
  return { kind: "share", measure: named };
}

function readCalendar({ text, named }: Reading): Job | undefined {
  if (named === 0) return undefined;
  const until = /\bdays .* to (\d{4}-\d\d-\d\d)/.exec(text)?.[1];
  if (until !== undefined) return { kind: "calendar", column: named, part: "days", until };
  const part = /\b(?:the|number of the) (month|year)\b/.exec(text)?.[1];
  if (part !== "month" && part !== "year") return undefined;
  return { kind: "calendar", column: named, part, until: "" };
}

function readLookUpColumn({ text, heading, column, others }: Reading): Job | undefined {
  const key = new RegExp(`(?:for each|look up the|of every) (${heading})\\b`).exec(text)?.[1];
  const list = others.findLast((name) => text.includes(`sheet ${name}`));
  if (key === undefined || list === undefined || !/look up|gives for|over from/.test(text))
    return undefined;
  const otherwise = /write "([^"]+)"/.exec(text)?.[1] ?? "";
  return { kind: "look-up-column", column: column(key), list, otherwise };
}

function readUnique({ text }: Reading): Job | undefined {
  return /duplicate|entered twice|\bunique\b/.test(text) ? { kind: "unique" } : undefined;
}

function readSort({ text, named }: Reading): Job | undefined {
  if (!/^sort\b|in order of|rearrange|\bsorted by\b/i.test(text) || named === 0) return undefined;
  return {
    kind: "sort",
    column: named,
    down: /largest first|newest first|descending/.test(text),
    byDate: /oldest|newest/.test(text),
  };
}

function readRows(reading: Reading): Job | undefined {
  const { text, ledger } = reading;
  const found = new RegExp(`(?:whose|with the|where) ${condition(reading)}`).exec(text)?.groups;
  if (found === undefined) return undefined;
  const where = { column: reading.column(found["key"]), value: (found["value"] ?? "").trim() };
  if (/^(?:delete|remove|please drop|drop)\b/i.test(text)) return { kind: "delete", where };
  if (/^copy\b|^list all|should hold/i.test(text)) {
    const last = /\bcolumns (?:from )?A to ([A-Z])\b/.exec(text)?.[1];
    const width = last === undefined ? ledger.headings.length : last.charCodeAt(0) - 64;
    return { kind: "copy", where, width };
  }
  return undefined;
}

function readGroups({ text, heading, column }: Reading): Job | undefined {
  if (!/one row for each|column B the sum|every .* once, sorted/.test(text)) return undefined;
  const names = [...text.matchAll(new RegExp(`(?<!\\w)(?:${heading})(?!\\w)`, "g"))];
  const [key, measure] = [...new Set(names.map(([name]) => name))];
  if (key === undefined || measure === undefined) return undefined;
  return { kind: "groups", column: column(key), measure: column(measure) };
}

function readSummary({ text, heading, column }: Reading): Job | undefined {
  const found = new RegExp(
    `(?:total |add up )?(?:(${heading})|\\w+) (?:of each|for every) (${heading})\\b`,
    "i",
  ).exec(text);
  const list = /\b(?:sheet|on) ([A-Z]\w*)/.exec(text)?.[1];
  if (found === null || list === undefined) return undefined;
  return { kind: "summary", measure: column(found[1]), column: column(found[2]), list };
}

function readList({ text, heading, column }: Reading): Job | undefined {
  const found = new RegExp(
    `(?:every (${heading}) once|different values of (${heading}) in column|each (${heading}) that occurs)`,
  ).exec(text);
  const name = found?.[1] ?? found?.[2] ?? found?.[3];
  return name === undefined ? undefined : { kind: "list", column: column(name) };
}

function readDistinct({ text, heading, column }: Reading): Job | undefined {
  const found = new RegExp(
    `(?:different values of|distinct entries under) (${heading})|count each (${heading}) once`,
    "i",
  ).exec(text);
  const name = found?.[1] ?? found?.[2];
  return name === undefined ? undefined : { kind: "distinct", column: column(name) };
}

function readProduct({ text, heading, column }: Reading): Job | undefined {
  const found = new RegExp(`(${heading}) (?:times|×|by) (${heading})`).exec(text);
  if (found === null) return undefined;
  return { kind: "product", measure: column(found[1]), times: column(found[2]) };
}

function readBound({ text, named }: Reading): Job | undefined {
  const found = /at least (\d+)|(\d+) or (?:more|higher)/.exec(text);
  if (found === null || named === 0) return undefined;
  const bound = Number(found[1] ?? found[2]);
  return { kind: /\bYes\b/.test(text) ? "flag" : "count-from", measure: named, bound };
}

function readHighest({ text, heading, column }: Reading): Job | undefined {
  const measure = new RegExp(`(?:largest|highest|biggest) (${heading})`).exec(text)?.[1];
  const give = new RegExp(`(?:its|put the|enter the) (${heading}) (?:to|with|of)`, "i").exec(
    text,
  )?.[1];
  if (measure === undefined || give === undefined) return undefined;
  return { kind: "highest", measure: column(measure), give: column(give) };
}

function readFigures(reading: Reading): Job | undefined {
  const { text, heading, column } = reading;
  const found = new RegExp(`(?:whose|with|where|have the|for the|for) ${condition(reading)}`).exec(
    text,
  )?.groups;
  if (found === undefined) return undefined;
  const where = { column: column(found["key"]), value: (found["value"] ?? "").trim() };
  const measured = (words: string) =>
    column(new RegExp(`(?:${words}) (?:the )?(${heading})`, "i").exec(text)?.[1]);
  const average = measured("average|mean");
  if (average > 0) return { kind: "average", measure: average, where };
  const total = measured("add up|total|sum of");
  if (total > 0) return { kind: "total", measure: total, where };
  return /how many|count|number of/i.test(text) ? { kind: "count", where } : undefined;
}

function readLookUp({ text, heading, column, ledger }: Reading): Job | undefined {
  const code = /\b([A-Z]{1,4}-\d+)\b/.exec(text)?.[1];
  const give = new RegExp(`(?:what is the|put its|enter the) (${heading})\\b`, "i").exec(text)?.[1];
  const key = ledger.rows[0]?.findIndex((cell) => /^[A-Z]{1,4}-\d+$/.test(cell.trim())) ?? -1;
  if (code === undefined || give === undefined || key < 0) return undefined;
  return { kind: "look-up", where: { column: key + 1, value: code }, give: column(give) };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
