import { posix } from "node:path";
import { unreadable } from "./fault.ts";
import { XmlScanner } from "./xml.ts";
import type { ZipArchive } from "./zip.ts";

/** Namespaces of the parts of a workbook file. */
export const namespaces = {
  main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
} as const;

/** A link from one part to another. */
export interface Relation {
  readonly id: string;
  readonly type: string;
  /** Name of the part in the archive, or an address where it is external. */
  readonly target: string;
}

const overrideTypes = {
  strings: "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
  /** In the order in which openpyxl looks for them: macro template, macro workbook, template, workbook. */
  workbooks: [
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
  ],
} as const;

/**
 * Finds the workbook and its shared strings by the content types.
 *
 * @throws {WorkbookFault} when the file has no workbook.
 */
export function mainParts(archive: ZipArchive): { workbook: string; strings: string | undefined } {
  const scanner = scannerOf(archive, "[Content_Types].xml");
  const overrides = new Map<string, string>();
  const defaults = new Set<string>();
  for (let event = scanner.next(); event !== "done"; event = scanner.next()) {
    if (event !== "start" || scanner.depth !== 2) continue;
    const type = scanner.attribute("ContentType");
    if (scanner.local === "Default" && type !== undefined) defaults.add(type);
    if (scanner.local !== "Override") continue;
    const name = scanner.attribute("PartName");
    if (type === undefined || name === undefined) unreadable("an incomplete content type");
    if (!overrides.has(type)) overrides.set(type, name.slice(1));
  }
  const strings = overrides.get(overrideTypes.strings);
  for (const type of overrideTypes.workbooks) {
    const workbook = overrides.get(type);
    if (workbook !== undefined) return { workbook, strings };
  }
  if (overrideTypes.workbooks.some((type) => defaults.has(type)))
    return { workbook: "xl/workbook.xml", strings };
  return unreadable("the file contains no workbook part");
}

/** The links of a part; none where it has no list of them. */
export function relationsOf(archive: ZipArchive, part: string): readonly Relation[] {
  const list = posix.join(posix.dirname(part), "_rels", `${posix.basename(part)}.rels`);
  return archive.has(list) ? readRelations(archive, list, posix.dirname(part)) : [];
}

function readRelations(archive: ZipArchive, list: string, folder: string): Relation[] {
  const scanner = scannerOf(archive, list);
  const relations: Relation[] = [];
  for (let event = scanner.next(); event !== "done"; event = scanner.next()) {
    if (event !== "start" || scanner.depth !== 2 || scanner.local !== "Relationship") continue;
    const target = scanner.attribute("Target");
    const type = scanner.attribute("Type");
    if (target === undefined || type === undefined) unreadable(`an incomplete link in ${list}`);
    const id = scanner.attribute("Id") ?? `rId${relations.length + 1}`;
    relations.push({ id, type, target: placeOf(target, scanner.attribute("TargetMode"), folder) });
  }
  return relations;
}

function placeOf(target: string, mode: string | undefined, folder: string): string {
  if (mode === "External") return target;
  return target.startsWith("/") ? target.slice(1) : posix.normalize(posix.join(folder, target));
}

/** @throws {WorkbookFault} when the part is missing, damaged or in no known encoding. */
export function scannerOf(archive: ZipArchive, part: string): XmlScanner {
  return new XmlScanner(archive.read(part), part);
}
