import { pythonWhite } from "../shared/python-text.ts";

const whiteRuns = new RegExp(`[${pythonWhite}]+`);

/** Single spaces between the words, none around them, as by Python's `" ".join(text.split())`. */
export function collapsed(text: string): string {
  return text
    .split(whiteRuns)
    .filter((word) => word !== "")
    .join(" ");
}

/** Length in code points, as Python counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
