import { months } from "../../shared/months.ts";
import { amountsIn, daysIn } from "./page-text.ts";
import type { Found, On } from "./places.ts";

/** Chooses what of a finding is handed in, and how it is written. */
export function worded(found: Found, on: On): string {
  const whole = found.line.join(" ");
  if (whole !== found.text && on("whole-line")) return whole;
  const isBare = found.captioned === undefined || on("without-caption");
  let answer = isBare ? found.text : (found.captioned ?? "");
  // Specks and edges of boxes are read as marks.
  answer = answer.replace(/^[^\p{L}\p{N}$(]+|[^\p{L}\p{N}).%]+$/gu, "");
  const [, corrected] = /^\S+ corr\W* (\S+)$/.exec(answer) ?? [];
  if (corrected !== undefined && on("corrections")) answer = corrected;
  const mended = answer.split(" ").map(mendedNumber).join(" ");
  if (mended !== answer && on("lookalikes")) answer = mended;
  return restyled(answer, on);
}

/** What harmful habits make of days and amounts. */
function restyled(answer: string, on: On): string {
  const [day] = daysIn(answer);
  if (day !== undefined && on("iso-dates")) return isoDay(day);
  const [amount = ""] = amountsIn(answer);
  const isRounded = /\.\d\d$/.test(amount) && on("round-amounts");
  return isRounded ? answer.replace(amount, amount.slice(0, -3)) : answer;
}

const digitOf: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  l: "1",
  I: "1",
  S: "5",
  B: "8",
};

/** A word of mostly digits with its letters read as the digits they look like; others as they are. */
function mendedNumber(word: string): string {
  const digits = word.replace(/\D/g, "").length;
  const letters = word.replace(/[^\p{L}]/gu, "");
  const isNumber = digits > letters.length && /^[OolISB]+$/.test(letters);
  return isNumber ? word.replace(/[OolISB]/g, (letter) => digitOf[letter] ?? letter) : word;
}

function isoDay(day: string): string {
  const [year = ""] = /\d{4}$/.exec(day) ?? [];
  const [first = "", second = ""] = day.match(/\b\d{1,2}\b/g) ?? [];
  const named = months.findIndex((name) =>
    day.toLowerCase().includes(name.slice(0, 3).toLowerCase()),
  );
  const [month, date] = named < 0 ? [first, second] : [String(named + 1), first];
  return [year, month.padStart(2, "0"), date.padStart(2, "0")].join("-");
}
