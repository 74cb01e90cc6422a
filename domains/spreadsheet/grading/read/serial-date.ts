import { dayNumber } from "../../../shared/calendar.ts";
import {
  type CellValue,
  type DateTime,
  type Duration,
  microsecondsPerDay,
  type Time,
} from "../cell-value.ts";
import { roundHalfEven } from "../python-number.ts";

/** Days since 1970-01-01 that serial 0 stands for. */
export const epochs = { from1900: -25_569, from1904: -24_107 } as const;

const [firstDay, lastDay] = [-719_162, 2_932_896];
const mostDays = 999_999_999;
const outOfRange = "#VALUE!";

/**
 * The date, time or duration of a number whose format shows a date.
 *
 * A number in [0, 1) is a time; in the 1900 system one in (0, 60) comes a day later, for the leap day
 * that 1900 never had; one outside of the years 1 to 9999 is the error text `#VALUE!`.
 *
 * @param epoch one of `epochs`.
 */
export function dateOfSerial(
  value: number | bigint,
  epoch: number,
): DateTime | Time | typeof outOfRange {
  const serial = Number(value);
  if (!Number.isFinite(serial)) return outOfRange;
  const whole = Math.floor(serial);
  const milliseconds = roundHalfEven(fractionOf(serial) * 86_400 * 1000);
  const full = milliseconds === 86_400_000;
  if (serial >= 0 && serial < 1 && !full)
    return { kind: "time", microseconds: milliseconds * 1000 };
  const early = serial > 0 && serial < 60 && epoch === epochs.from1900;
  const day = epoch + whole + (early ? 1 : 0);
  const shown = full ? day + 1 : day;
  // Both the day alone and the sum must be dates.
  if (Math.abs(whole) > mostDays || day < firstDay || day > lastDay || shown > lastDay)
    return outOfRange;
  return { kind: "datetime", day: shown, microseconds: full ? 0 : milliseconds * 1000 };
}

/** `value % 1` of Python, which is never negative. */
function fractionOf(value: number): number {
  const rest = value % 1;
  return rest < 0 ? rest + 1 : rest + 0;
}

/** The duration of a number whose format shows elapsed time, to the millisecond. */
export function durationOfSerial(value: number | bigint): Duration | typeof outOfRange {
  if (typeof value === "number" && !Number.isFinite(value)) return outOfRange;
  const whole = Math.trunc(Number(value));
  if (Math.abs(whole) > mostDays + 1) return outOfRange;
  const total = whole + 0;
  const rest = typeof value === "bigint" ? 0 : value - whole;
  let { days, microseconds } = normalised(total, roundHalfEven(rest * microsecondsPerDay));
  if (microseconds % 1e6 !== 0) {
    const seconds = Math.floor(microseconds / 1e6);
    ({ days, microseconds } = normalised(
      days,
      seconds * 1e6 + roundHalfEven((microseconds % 1e6) / 1000) * 1000,
    ));
  }
  return Math.abs(days) > mostDays ? outOfRange : { kind: "timedelta", days, microseconds };
}

function normalised(days: number, microseconds: number) {
  const more = Math.floor(microseconds / microsecondsPerDay);
  return { days: days + more, microseconds: microseconds - more * microsecondsPerDay };
}

const isoMoment =
  /^(?:([0-9]{4})-([0-9]{2})-([0-9]{2}))?T?(?:([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,3})?)?)?Z?/;
const isoDuration = /^PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]{1,3})?)S)?/;

/**
 * A value of a cell of type `d`: a moment, date, time or duration of ISO 8601. What follows a valid
 * beginning is passed over, as openpyxl does.
 *
 * @returns undefined where openpyxl refuses it.
 */
export function isoValue(text: string): CellValue | undefined {
  const found = isoMoment.exec(text);
  if (found?.slice(1).some((part) => part !== undefined)) return momentOf(found);
  const lasting = isoDuration.exec(text);
  if (!lasting?.slice(1).some((part) => part !== undefined)) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = lasting.slice(1).map((part) => Number(part ?? 0));
  const whole = Math.trunc(seconds);
  const clock = (hours * 3600 + minutes * 60 + whole) * 1e6;
  const { days, microseconds } = normalised(0, clock + roundHalfEven((seconds - whole) * 1e6));
  return days > mostDays ? undefined : { kind: "timedelta", days, microseconds };
}

function momentOf(found: RegExpExecArray): CellValue | undefined {
  const [year, month, date, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Math.trunc(Number(found[7] ?? 0) * 1_000_000);
  const microseconds = (hour * 3600 + minute * 60 + second) * 1e6 + fraction;
  if (year === undefined) return { kind: "time", microseconds };
  const day = dayNumber(year, month ?? 0, date ?? 0);
  if (day === undefined) return undefined;
  return found[4] === undefined ? { kind: "date", day } : { kind: "datetime", day, microseconds };
}
