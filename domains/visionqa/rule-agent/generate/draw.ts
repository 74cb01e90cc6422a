import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { months } from "../../../shared/months.ts";

/** A day of a calendar in which every month has 28, counted from the beginning of year 0. */
export type Day = number;

export function someDay(rng: Rng): Day {
  return between(rng, 1988 * 336, 2021 * 336);
}

/** A day as it is written in a letter, or in a box. */
export function dayText(day: Day, style: "long" | "slashes"): string {
  const year = Math.floor(day / 336);
  const month = Math.floor((day % 336) / 28);
  const date = (day % 28) + 1;
  const two = (value: number) => String(value).padStart(2, "0");
  return style === "long"
    ? `${months[month]} ${date}, ${year}`
    : `${two(month + 1)}/${two(date)}/${year}`;
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
const given = list(
  "Adela|Bram|Corinne|Dagny|Edmund|Farah|Gideon|Harriet|Jolanda|Kasper|Leonie|Magnus|Nadia|Petra|Rosalind|Stellan",
);
const family = list(
  "Abernethy|Brandvold|Castellan|Drummond|Eastwick|Fairholm|Greaves|Hollister|Kettering|Lindqvist|Marchetti|Northcott|Penrose|Ravenhill|Sorensen|Thackeray",
);
const firms = list(
  "Alder|Beacon|Cobalt|Dunmore|Elmfield|Foxglove|Granite|Harbor|Juniper|Kestrel|Meridian|Northgate|Orchard|Redwood|Thornbury|Westmere",
);
const trades = list(
  "Paper Mills|Instruments|Shipping Company|Laboratories|Tool Works|Printing House|Glass Works|Seed Company",
);
const streets = list(
  "Chapel Street|Mill Road|Station Road|Orchard Lane|Harbor Avenue|Bridge Street",
);
const towns = list(
  "Ashcombe, VT|Brightwater, OH|Fernley, NC|Glenrock, WA|Hartsville, ME|Larkspur, IA",
);

export function person(rng: Rng): string {
  return `${pick(rng, given)} ${pick(rng, [..."ABCDEFGHJKLMNPRSTW"])}. ${pick(rng, family)}`;
}

export function firm(rng: Rng): string {
  return `${pick(rng, firms)} ${pick(rng, trades)} ${pick(rng, ["Inc.", "Ltd."])}`;
}

/** An address in two lines. */
export function address(rng: Rng): readonly [string, string] {
  return [
    `${between(rng, 11, 989)} ${pick(rng, streets)}`,
    `${pick(rng, towns)} ${digits(rng, 5)}`,
  ];
}

export const departments = list(
  "Botany|Accounts|Quality Control|Field Services|Archives|Purchasing",
);
export const positions = list("Regional Manager|Chief Chemist|Secretary|Librarian|Plant Engineer");
export const letterSubjects = list(
  "Delivery of filter paper samples|Renewal of the storage contract|Repair of the packing line|Survey of the north warehouse|Return of damaged crates|Change of the payment terms",
);
export const goods = list(
  "Copper pipe|Desk lamp|Filing cabinet|Glass beaker|Hand truck|Ink cartridge|Label printer|Office chair|Packing tape|Rubber gloves|Steel shelf|Storage crate|Timer switch|Wall clock|Work apron",
);
