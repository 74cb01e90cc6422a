import type { Rng } from "../../../../harness/contracts/index.ts";
import { between } from "../../../../harness/models/rule-based/kit.ts";
import { months } from "../../../shared/months.ts";

/** Whether something with this chance happens. */
export function happens(rng: Rng, chance: number): boolean {
  return rng.next() < chance;
}

/** So many digits, the first of them not 0. */
export function digits(rng: Rng, count: number): string {
  return String(between(rng, 10 ** (count - 1), 10 ** count - 1));
}

/** Cents as an amount with separators, such as `1,234.50`. */
export function amount(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${String(cents % 100).padStart(2, "0")}`;
}

/** A whole number with separators. */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A day of the calendar. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The ways in which the sample writes a day. */
export type DayStyle = "long" | "day-first" | "slashes" | "short-slashes" | "iso" | "stamp";

export function day(rng: Rng, year = between(rng, 1988, 2021)): Day {
  return { year, month: between(rng, 1, 12), day: between(rng, 1, 28) };
}

/** The day so many days later; months are taken to have 28, which keeps every result in the calendar. */
export function later(from: Day, days: number): Day {
  const count = from.day - 1 + days;
  const month = from.month - 1 + Math.floor(count / 28);
  return {
    year: from.year + Math.floor(month / 12),
    month: (month % 12) + 1,
    day: (count % 28) + 1,
  };
}

export function dayText({ year, month, day: date }: Day, style: DayStyle): string {
  const name = months[month - 1] ?? "";
  const two = (value: number) => String(value).padStart(2, "0");
  switch (style) {
    case "long":
      return `${name} ${date}, ${year}`;
    case "day-first":
      return `${date} ${name} ${year}`;
    case "slashes":
      return `${two(month)}/${two(date)}/${year}`;
    case "short-slashes":
      return `${month}/${date}/${two(year % 100)}`;
    case "iso":
      return `${year}-${two(month)}-${two(date)}`;
    case "stamp":
      return `${two(date)} ${name.slice(0, 3).toUpperCase()} ${year}`;
  }
}
