import { months } from "../../../shared/months.ts";

/** A clean value of a cell; the mess is added when the cell is written. */
export type Clean =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "date"; readonly year: number; readonly month: number; readonly day: number };

/** How a column's values look in its cells, without footnotes. */
export type Style =
  | { readonly kind: "plain" }
  | { readonly kind: "quoted" }
  | { readonly kind: "thousands" }
  | { readonly kind: "unit"; readonly before?: string; readonly after?: string }
  | { readonly kind: "ordinal" }
  | { readonly kind: "length" }
  | { readonly kind: "date"; readonly order: "month-first" | "day-first" | "iso" };

/** The value as a reader would copy it: the text of an answer. */
export function display(value: Clean, style: Style): string {
  switch (value.kind) {
    case "text":
      return style.kind === "quoted" ? `"${value.text}"` : value.text;
    case "number":
      return numberText(value.number, style);
    case "date":
      return dateText(value, style);
  }
}

/** The value in the form that the dataset calls canonical. */
export function canonical(value: Clean, style: Style): string {
  switch (value.kind) {
    case "text":
      return display(value, style);
    case "number":
      return style.kind === "length" ? display(value, style) : writtenDecimal(value.number);
    case "date":
      return iso(value);
  }
}

/** A number as the dataset writes it: always with a fraction. */
export function writtenDecimal(number: number): string {
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

/** Order in time or size; text has none. */
export function magnitude(value: Clean): number {
  if (value.kind === "number") return value.number;
  if (value.kind === "date") return value.year * 10_000 + value.month * 100 + value.day;
  throw new Error("text has no size");
}

function numberText(number: number, style: Style): string {
  switch (style.kind) {
    case "thousands":
      return thousands(number);
    case "unit":
      return `${style.before ?? ""}${thousands(number)}${style.after ?? ""}`;
    case "ordinal":
      return `${number}${suffix(number)}`;
    case "length":
      return `${Math.floor(number / 60)}:${String(number % 60).padStart(2, "0")}`;
    default:
      return String(number);
  }
}

function thousands(number: number): string {
  const [whole = "", fraction] = String(number).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function suffix(number: number): string {
  if (number % 100 >= 11 && number % 100 <= 13) return "th";
  return { 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th";
}

function dateText(date: Clean & { kind: "date" }, style: Style): string {
  const month = months[date.month - 1];
  if (style.kind !== "date" || style.order === "iso") return iso(date);
  return style.order === "month-first"
    ? `${month} ${date.day}, ${date.year}`
    : `${date.day} ${month} ${date.year}`;
}

function iso(date: Clean & { kind: "date" }): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.year}-${two(date.month)}-${two(date.day)}`;
}
