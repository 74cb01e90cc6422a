import { isoDay } from "../../shared/calendar.ts";

/**
 * What a cell holds, typed as openpyxl 3.1.5 types it with `data_only=True`: a bigint is Python's int,
 * a number its float, null its None.
 */
export type CellValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | DateTime
  | Day
  | Time
  | Duration;

/** A `datetime`: days since 1970-01-01 and microseconds of the day. */
export interface DateTime {
  readonly kind: "datetime";
  readonly day: number;
  readonly microseconds: number;
}

/** A `date`: days since 1970-01-01. */
export interface Day {
  readonly kind: "date";
  readonly day: number;
}

/** A `time`: microseconds since midnight. */
export interface Time {
  readonly kind: "time";
  readonly microseconds: number;
}

/** A `timedelta`, normalised: 0 <= microseconds < a day; the days may be negative. */
export interface Duration {
  readonly kind: "timedelta";
  readonly days: number;
  readonly microseconds: number;
}

export const microsecondsPerDay = 86_400_000_000;

/** The text Python's `str` gives, for messages; None for an empty cell. */
export function shownValue(value: CellValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return shownFloat(value);
  if (typeof value !== "object") return String(value);
  switch (value.kind) {
    case "datetime":
      return `${isoDay(value.day)} ${shownTime(value.microseconds)}`;
    case "date":
      return isoDay(value.day);
    case "time":
      return shownTime(value.microseconds);
    case "timedelta":
      return shownDuration(value);
  }
}

/** `str(time)`: HH:MM:SS, with six more digits where there are microseconds. */
export function shownTime(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6);
  const rest = microseconds % 1e6;
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
  return rest === 0 ? clock : `${clock}.${String(rest).padStart(6, "0")}`;
}

function shownFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (Object.is(value, -0)) return "-0.0";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [mantissa = "", exponent = ""] = value.toExponential().split("e");
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${mantissa}e${sign}${exponent.slice(1).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function shownDuration({ days, microseconds }: Duration): string {
  const clock = shownTime(microseconds).replace(/^0/, "");
  if (days === 0) return clock;
  return `${days} day${Math.abs(days) === 1 ? "" : "s"}, ${clock}`;
}
