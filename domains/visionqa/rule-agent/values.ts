const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const monthNames = `(?:${months})[a-z]*\\.?`;

const day = [
  "\\d{4}-\\d{1,2}-\\d{1,2}",
  "\\d{1,2}[/.]\\d{1,2}[/.](?:\\d{4}|\\d{2})",
  `${monthNames} \\d{1,2},? \\d{4}`,
  `\\d{1,2} ${monthNames},? \\d{4}`,
].join("|");

/** The days of a text, as they are written there. */
export function daysIn(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\\b(?:${day})\\b`, "gi"))].map((match) => match[0]);
}

/** Amounts of money: with cents, or with a sign of a currency. */
export function amountsIn(text: string): readonly string[] {
  const pattern = /[$€£]\s?\d[\d,]*(?:\.\d{2})?|(?<![\d.,/-])\d[\d,]*\.\d{2}(?![\d%])/g;
  return [...text.matchAll(pattern)].map((match) => match[0]);
}

/** The value of an amount. */
export function amountOf(text: string): number {
  return Number(text.replace(/[^\d.]/g, ""));
}

/** A day as year, month and day with hyphens; undefined where it is none. */
export function isoDay(text: string): string | undefined {
  const two = (value: string | number) => String(value).padStart(2, "0");
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return `${iso[1]}-${two(iso[2] ?? "")}-${two(iso[3] ?? "")}`;
  const slashes = /^(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})$/.exec(text);
  if (slashes) {
    const [, month = "", date = "", year = ""] = slashes;
    const century = Number(year) < 50 ? "20" : "19";
    return `${year.length === 2 ? century : ""}${year}-${two(month)}-${two(date)}`;
  }
  const name = new RegExp(`(${months})`, "i").exec(text)?.[1]?.toLowerCase();
  const [, date = ""] = /(?:^|[^\d])(\d{1,2})(?!\d)/.exec(text) ?? [];
  const year = /\d{4}/.exec(text)?.[0];
  if (name === undefined || year === undefined) return undefined;
  return `${year}-${two(months.split("|").indexOf(name) + 1)}-${two(date)}`;
}
