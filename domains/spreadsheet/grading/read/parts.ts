import { posix } from "node:path";
import { unreadable } from "./fault.ts";
import { attribute, readXml } from "./xml.ts";
import type { ZipArchive } from "./zip.ts";

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
  const overrides = new Map<string, string>();
  const defaults = new Set<string>();
  readXml(archive, "[Content_Types].xml", {
    open(element, depth) {
      if (depth !== 2) return;
      const type = attribute(element, "ContentType");
      if (element.local === "Default" && type !== undefined) defaults.add(type);
      if (element.local !== "Override") return;
      const name = attribute(element, "PartName");
      if (type === undefined || name === undefined) unreadable("an incomplete content type");
      if (!overrides.has(type)) overrides.set(type, name.slice(1));
    },
  });
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
  const folder = posix.dirname(part);
  const list = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(list)) return relations;
  readXml(archive, list, {
    open(element, depth) {
      if (depth !== 2 || element.local !== "Relationship") return;
      const target = attribute(element, "Target");
      const type = attribute(element, "Type");
      if (target === undefined || type === undefined) unreadable(`an incomplete link in ${list}`);
      const id = attribute(element, "Id") ?? `rId${relations.length + 1}`;
      const place = placeOf(target, attribute(element, "TargetMode"), folder);
      relations.push({ id, type, target: place });
    },
  });
  return relations;
}

function placeOf(target: string, mode: string | undefined, folder: string): string {
  if (mode === "External") return target;
  return target.startsWith("/") ? target.slice(1) : posix.normalize(posix.join(folder, target));
}
