// What Python 3 takes for white space; JavaScript's set lacks U+001C to U+001F and U+0085, and has U+FEFF.
const WHITE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const whiteRuns = new RegExp(`[${WHITE}]+`);

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
