import { fold } from "../../../../harness/models/rule-based/kit.ts";
/** Footnote marks as Wikipedia sets them: `[1]`, `[a]`, `*`, daggers. */
export const footnoteMarks = /\[[^\]]*\]|[*†‡§^#]+/g;

/** Cells that say that there is nothing: empty, dashes, `n/a`, `none`, `?`. */
export function isBlank(cell: string): boolean {
  return /^(?:[-–—−.?\s]*|n\/?a|none|nil|unknown|tba|tbd)$/i.test(cell.trim());
}

/** The number a cell is, when it is written as digits alone. */
export function bareNumber(cell: string): number | undefined {
  return /^[-+]?\d+(?:\.\d+)?$/.test(cell.trim()) ? Number(cell) : undefined;
}

/**
 * The number a cell holds beside commas, currency, units, ordinals or footnotes; the first of a
 * score. Undefined when the cell is mostly words.
 */
export function looseNumber(cell: string): number | undefined {
  const text = cell
    .replace(/\[[^\]]*\]/g, "")
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/[−–—]/g, "-")
    .trim();
  const time = /^(\d+):(\d{2})(?::(\d{2}))?(\.\d+)?/.exec(text);
  if (time) {
    const [, a = "0", b = "0", c, fraction = "0"] = time;
    const seconds =
      c === undefined ? Number(a) * 60 + Number(b) : Number(a) * 3600 + Number(b) * 60 + Number(c);
    return seconds + Number(fraction);
  }
  const found =
    /^[^\d\w.+-]*(?:[a-z]{1,3}[$.#]?\s?-?|us\$|no\. ?)?([-+]?(?:\d+(?:\.\d+)?|\.\d+))/i.exec(text);
  if (!found) return undefined;
  const rest = text.slice(found[0].length);
  if ((rest.match(/[a-z]{2,}/gi) ?? []).length > 4) return undefined;
  const scale = /^\s*million/i.test(rest) ? 1e6 : /^\s*billion/i.test(rest) ? 1e9 : 1;
  return Number(found[1]) * scale;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthName =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const dayFirst = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?(?:[- ]|\\s*of\\s+)${monthName}(?:,?[- ]+(\\d{4}))?\\b`,
);
const monthFirst = new RegExp(
  `\\b${monthName}(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d))?(?:(?:,\\s*|\\s+)(\\d{4}))?`,
);

/** A date as far as the text says it: 0 stands for a part that it does not say. */
export interface CellDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The first date in a text, in the styles of Wikipedia tables. */
export function dateIn(cell: string): CellDate | undefined {
  const text = fold(cell);
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const slashed = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b/.exec(text);
  if (slashed) {
    const [a, b, c] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    const year = c < 100 ? c + (c < 30 ? 2000 : 1900) : c;
    return a > 12 ? { year, month: b, day: a } : { year, month: a, day: b };
  }
  const anyYear = () => Number(/\b(1\d{3}|20\d{2})\b/.exec(text)?.[1] ?? 0);
  const day = dayFirst.exec(text);
  if (day) {
    return { year: Number(day[3] ?? anyYear()), month: monthNumber(day[2]), day: Number(day[1]) };
  }
  const month = monthFirst.exec(text);
  if (month && (month[2] !== undefined || month[3] !== undefined || month.index === 0)) {
    return {
      year: Number(month[3] ?? anyYear()),
      month: monthNumber(month[1]),
      day: Number(month[2] ?? 0),
    };
  }
  const year = anyYear();
  return year > 0 ? { year, month: 0, day: 0 } : undefined;
}

function monthNumber(name: string | undefined): number {
  return months.indexOf((name ?? "").slice(0, 3)) + 1;
}

/** A number that grows with the date. */
export function dateKey(date: CellDate): number {
  return date.year * 372 + date.month * 31 + date.day;
}

/** Numbers that questions write as words, each at its value. */
export const numberWords =
  "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

/** The whole number that a word of a question names: `7`, `seven`. */
export function numberWord(word: string): number | undefined {
  const bare = bareNumber(word);
  if (bare !== undefined) return bare;
  const at = numberWords.indexOf(word);
  return at >= 0 ? at : undefined;
}
