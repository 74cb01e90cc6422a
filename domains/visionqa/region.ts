import type { JsonObject } from "../../harness/contracts/index.ts";

/** What the agent asked to see. */
export interface Look {
  /** In pixels of the page. */
  readonly region: Region;
  /** Degrees, clockwise, from -180 to 180. */
  readonly rotate: number;
  readonly enhance: Enhancement;
}

/** A rectangle of whole pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a region can be made easier to read; the first changes nothing. */
export const enhancements = ["none", "contrast", "sharpen", "binarize", "invert"] as const;
export type Enhancement = (typeof enhancements)[number];

/** The arguments that are edges, with the value each has when it is left out. */
const edges = { left: 0, top: 0, right: 1, bottom: 1 } as const;

/** Regions with a shorter side than this have nothing to read, in pixels of the page. */
const SMALLEST = 4;

/** A page's size, and that of the picture the agent was shown of it, in pixels. */
export interface Sizes {
  readonly page: { readonly width: number; readonly height: number };
  readonly shown: { readonly width: number; readonly height: number };
}

/**
 * Reads the arguments of a look.
 *
 * Edges that are all between 0 and 1 are shares of the page; otherwise they are pixels of the picture as it
 * was shown. What is outside of the page is cut off.
 *
 * @returns what is wrong with them, for the agent, in place of a look.
 */
export function readLook(args: JsonObject, sizes: Sizes): Look | { readonly problem: string } {
  const given = Object.entries(edges).map(([name, otherwise]) => {
    const value = args[name];
    return {
      name,
      otherwise,
      value: value === undefined || value === null ? undefined : numberOf(value),
    };
  });
  const bad = given.find(({ value }) => Number.isNaN(value));
  if (bad !== undefined) return { problem: `${bad.name} must be a number` };
  const rotate = numberOf(args["rotate"] ?? 0);
  if (Number.isNaN(rotate) || Math.abs(rotate) > 360)
    return { problem: "rotate must be a number of degrees, from -180 to 180" };
  const enhance = enhancements.find((known) => known === (args["enhance"] ?? "none"));
  if (enhance === undefined)
    return { problem: `enhance must be one of ${enhancements.join(", ")}` };

  const areShares = given.every(({ value }) => value === undefined || (value >= 0 && value <= 1));
  const share = (index: number, side: number) => {
    const { value, otherwise = 0 } = given[index] ?? {};
    const wanted = value === undefined ? otherwise : areShares ? value : value / side;
    return Math.min(1, Math.max(0, wanted));
  };
  const { page, shown } = sizes;
  const left = Math.floor(share(0, shown.width) * page.width);
  const top = Math.floor(share(1, shown.height) * page.height);
  const width = Math.ceil(share(2, shown.width) * page.width) - left;
  const height = Math.ceil(share(3, shown.height) * page.height) - top;
  if (width < SMALLEST || height < SMALLEST)
    return {
      problem: `that region is empty: right must be larger than left and bottom larger than top, and the page is ${shown.width} x ${shown.height} pixels`,
    };
  return { region: { left, top, width, height }, rotate: half(rotate), enhance };
}

/** NaN for what is no number; models write numbers as text, too. */
function numberOf(value: unknown): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== "string" || value.trim() === "") return Number.NaN;
  const percent = /^\s*([\d.]+)\s*%\s*$/.exec(value)?.[1];
  const read = percent === undefined ? Number(value) : Number(percent) / 100;
  return Number.isFinite(read) ? read : Number.NaN;
}

/** The same angle from -180 to 180. */
function half(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}
