import { WithheldEdit } from "./placement.ts";
import {
  codeRanges,
  lineStart,
  type Outline,
  readHeading,
  type Section,
  sectionsNamed,
} from "./section.ts";

/** Text found in a file. Offsets of its text, the end not included. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly inCode: boolean;
  /** The section that was searched, where one was named. */
  readonly section: Section | undefined;
}

/**
 * The one section that a heading line names.
 *
 * @throws {WithheldEdit} when it names none or several, or only a line of a code block.
 */
export function findSection(outline: Outline, heading: string | undefined): Section {
  if (readHeading(heading ?? "").title === "")
    throw new WithheldEdit("empty-anchor", "It names no section.");
  const named = sectionsNamed(outline, heading ?? "");
  const only = named[0];
  const shown = `"${heading?.trim().slice(0, 80)}"`;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1)
    throw new WithheldEdit("ambiguous-anchor", `${named.length} sections are called ${shown}.`);
  const wanted = heading?.trim();
  const inCode = codeRanges(outline).some(({ start, end }) =>
    outline.text
      .slice(start, end)
      .split("\n")
      .some((line) => line.trim() === wanted),
  );
  if (inCode)
    throw new WithheldEdit("anchor-in-code", `${shown} is a line of a code block, not a heading.`);
  throw new WithheldEdit("missing-anchor", `There is no section ${shown}.`);
}

/**
 * The one place where a text stands.
 *
 * @param sectionName heading line of the section to search; blank or absent means the whole body.
 * @param options `outsideCode`: a place inside a code block does not count, as no block fits there.
 * @throws {WithheldEdit} when it stands nowhere or more than once.
 */
export function findText(
  outline: Outline,
  anchor: string | undefined,
  sectionName: string | undefined,
  options: { readonly outsideCode: boolean },
): Match {
  const trimmed = (anchor ?? "").replace(/\r\n?/g, "\n").trim();
  if (trimmed === "") throw new WithheldEdit("empty-anchor", "The text to look for is empty.");
  const section = (sectionName ?? "").trim() === "" ? undefined : findSection(outline, sectionName);
  const needle = outline.text.includes("\r\n") ? trimmed.replace(/\n/g, "\r\n") : trimmed;
  const first = lineStart(outline, section?.headingFrom ?? outline.bodyFrom);
  const last = lineStart(outline, section?.treeTo ?? outline.lineCount);
  const code = codeRanges(outline);
  const found: Match[] = [];
  for (
    let start = outline.text.indexOf(needle, first);
    start !== -1 && start + needle.length <= last;
    start = outline.text.indexOf(needle, start + 1)
  ) {
    const end = start + needle.length;
    const inCode = code.some(
      (block) =>
        start < block.end && block.start < end && !(start <= block.start && block.end <= end),
    );
    found.push({ start, end, inCode, section });
  }
  const shown = `"${trimmed.slice(0, 80)}"`;
  if (found.length === 0) {
    if (outline.text.slice(0, lineStart(outline, outline.bodyFrom)).includes(needle))
      throw new WithheldEdit("front-matter", `${shown} is in the front matter, which is frozen.`);
    const where = section ? ` in section "${section.title}"` : "";
    throw new WithheldEdit("missing-anchor", `${shown} does not occur${where}.`);
  }
  const usable = options.outsideCode ? found.filter(({ inCode }) => !inCode) : found;
  const only = usable[0];
  if (only === undefined)
    throw new WithheldEdit("anchor-in-code", `${shown} occurs only inside a code block.`);
  if (usable.length > 1)
    throw new WithheldEdit("ambiguous-anchor", `${shown} occurs ${usable.length} times.`);
  return only;
}
