import { pythonFloat, pythonInt } from "../python-number.ts";
import { unreadable } from "./fault.ts";
import { attribute, readXml, type XmlElement } from "./xml.ts";
import type { ZipArchive } from "./zip.ts";

/** How a number in a cell of some style is to be read. */
export type NumberKind = "number" | "date" | "duration";

const part = "xl/styles.xml";

/** What formats show that are known by number alone: dates and times from 14 and 45, [h]:mm:ss at 46. */
function kindOfBuiltIn(id: number): NumberKind {
  if (id === 46) return "duration";
  return (id >= 14 && id <= 22) || id === 45 || id === 47 ? "date" : "number";
}

/**
 * How numbers are to be read, by number of the cell's style. A file without styles has one style, a
 * plain one.
 *
 * @throws {WorkbookFault} also for the faults of looks that real writers make and openpyxl does not
 * forgive: an empty fill, a font family beyond 14, a colour that is none.
 */
export function readStyles(archive: ZipArchive): readonly NumberKind[] {
  if (!archive.has(part)) return ["number"];
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let section = "";
  let isEmptyFill = false;
  readXml(archive, part, {
    open(element, depth) {
      const { local } = element;
      isEmptyFill = local === "fill" && depth === 3;
      if (depth === 2) {
        section = local;
        if (section === "cellXfs") formats.length = 0;
      } else if (section === "numFmts" && depth === 3 && local === "numFmt")
        codes.set(wholeNumber(attribute(element, "numFmtId") ?? ""), codeOf(element));
      else if (section === "cellXfs" && depth === 3 && local === "xf")
        formats.push(wholeNumber(attribute(element, "numFmtId") ?? "0"));
      else if (section !== "numFmts" && section !== "cellXfs" && depth > 2) checkLooks(element);
    },
    close() {
      if (isEmptyFill) unreadable("a fill of cells that is none");
    },
  });
  if (formats.length === 0) return ["number"];
  return formats.map((id) => {
    const code = codes.get(id);
    return code === undefined ? kindOfBuiltIn(id) : kindOfFormat(code);
  });
}

/**
 * What a format makes of a number, by the rules of openpyxl 3.1.5: only its first section counts;
 * quoted text and everything in brackets but elapsed hours, minutes or seconds is passed over; then
 * any of d, m, h, y, s that no underscore or backslash precedes makes it a date.
 */
function kindOfFormat(code: string): NumberKind {
  const first = code.split(";", 1)[0] ?? "";
  const bare = first.replace(/".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]/g, "");
  if (!/(?<![_\\])[dmhysDMHYS]/.test(bare)) return "number";
  // Case does not count here, and what was passed over above does.
  return /\[(?:hh?|mm?|ss?)\]/i.test(first) ? "duration" : "date";
}

function codeOf(element: XmlElement): string {
  return attribute(element, "formatCode") ?? unreadable("a number format without a code");
}

function checkLooks(element: XmlElement): void {
  const colour = attribute(element, "rgb");
  if (colour !== undefined && !/^(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/.test(colour))
    unreadable(`a colour that is none: ${colour.slice(0, 20)}`);
  if (element.local !== "family") return;
  const family = pythonFloat(attribute(element, "val") ?? "0");
  if (family === undefined || family < 0 || family > 14) unreadable("a font family beyond 14");
}

function wholeNumber(text: string): number {
  const value = pythonInt(text);
  return value === undefined ? unreadable(`a number format with the id ${text}`) : Number(value);
}
