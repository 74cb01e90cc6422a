import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";

/** A day of a calendar in which every month has 28, counted from the beginning of year 0. */
export type Day = number;

/** A day of the years that the pages are of. */
export function someDay(rng: Rng): Day {
  return between(rng, 1988 * 336, 2021 * 336);
}

/** A day as it is written in a box, such as `12/27/2019`. */
export function dayText(day: Day): string {
  const year = Math.floor(day / 336);
  const month = Math.floor((day % 336) / 28);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(month + 1)}/${two((day % 28) + 1)}/${year}`;
}

/** Cents as an amount, such as `1,234.50`. */
export function amount(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${String(cents % 100).padStart(2, "0")}`;
}

/** So many digits, the first of them not 0. */
export function digits(rng: Rng, count: number): string {
  return String(between(rng, 10 ** (count - 1), 10 ** count - 1));
}

const list = (text: string) => text.split("|");
const firms = list(
  "Alder|Beacon|Cobalt|Dunmore|Elmfield|Foxglove|Granite|Harbor|Juniper|Kestrel|Meridian|Northgate|Orchard|Redwood|Thornbury|Westmere",
);
const trades = list(
  "Paper Mills|Instruments|Shipping Company|Laboratories|Tool Works|Printing House|Glass Works|Seed Company",
);

/** A made-up name of a firm. */
export function firm(rng: Rng): string {
  return `${pick(rng, firms)} ${pick(rng, trades)} ${pick(rng, ["Inc.", "Ltd."])}`;
}

export const departments = list(
  "Botany|Accounts|Quality Control|Field Services|Archives|Purchasing",
);
export const positions = list("Regional Manager|Chief Chemist|Secretary|Librarian|Plant Engineer");
export const goods = list(
  "Copper pipe|Desk lamp|Filing cabinet|Glass beaker|Hand truck|Ink cartridge|Label printer|Office chair|Packing tape|Rubber gloves|Steel shelf|Storage crate|Timer switch|Wall clock|Work apron",
);
