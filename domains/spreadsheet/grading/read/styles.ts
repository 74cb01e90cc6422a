import { pythonFloat, pythonInt } from "../python-number.ts";
import { unreadable } from "./fault.ts";
import { builtInFormat, kindOfFormat, type NumberKind } from "./number-format.ts";
import { scannerOf } from "./parts.ts";
import type { XmlScanner } from "./xml.ts";
import type { ZipArchive } from "./zip.ts";

const part = "xl/styles.xml";

/**
 * How numbers are to be read, by number of the cell's style. A file without styles has one style, a
 * plain one.
 *
 * @throws {WorkbookFault} also for the faults of looks that real writers make and openpyxl does not
 * forgive: an empty fill, a font family beyond 14, a colour that is none.
 */
export function readStyles(archive: ZipArchive): readonly NumberKind[] {
  if (!archive.has(part)) return ["number"];
  const scanner = scannerOf(archive, part);
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let emptyFill = false;
  for (let event = scanner.next(); event !== "done"; event = scanner.next()) {
    if (event === "end" && emptyFill) unreadable("a fill of cells that is none");
    if (event !== "start") continue;
    emptyFill = scanner.local === "fill" && scanner.depth === 3;
    if (scanner.depth > 2) checkLooks(scanner);
    else if (scanner.local === "numFmts") readCodes(scanner, codes);
    else if (scanner.local === "cellXfs") readFormats(scanner, formats);
  }
  if (formats.length === 0) return ["number"];
  return formats.map((id) => kindOfFormat(codes.get(id) ?? builtInFormat(id) ?? ""));
}

function checkLooks(scanner: XmlScanner): void {
  const colour = scanner.attribute("rgb");
  if (colour !== undefined && !/^(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/.test(colour))
    unreadable(`a colour that is none: ${colour.slice(0, 20)}`);
  if (scanner.local !== "family") return;
  const family = pythonFloat(scanner.attribute("val") ?? "0");
  if (family === undefined || family < 0 || family > 14) unreadable("a font family beyond 14");
}

function readCodes(scanner: XmlScanner, codes: Map<number, string>): void {
  eachChild(scanner, "numFmt", () => {
    const code = scanner.attribute("formatCode");
    if (code === undefined) unreadable("a number format without a code");
    codes.set(whole(scanner.attribute("numFmtId") ?? ""), code);
  });
}

function readFormats(scanner: XmlScanner, formats: number[]): void {
  formats.length = 0;
  eachChild(scanner, "xf", () => {
    formats.push(whole(scanner.attribute("numFmtId") ?? "0"));
  });
}

function eachChild(scanner: XmlScanner, local: string, take: () => void): void {
  const inside = scanner.depth;
  for (;;) {
    const event = scanner.next();
    if (event === "end" && scanner.depth < inside) return;
    if (event !== "start") continue;
    if (scanner.local === local) take();
    scanner.skip();
  }
}

function whole(text: string): number {
  const value = pythonInt(text);
  return value === undefined ? unreadable(`a number format with the id ${text}`) : Number(value);
}
