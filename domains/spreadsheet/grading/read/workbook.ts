import { unreadable, WorkbookFault } from "./fault.ts";
import { mainParts, type Relation, relationsOf } from "./parts.ts";
import { readSheet, type SheetContext } from "./read-sheet.ts";
import { epochs } from "./serial-date.ts";
import { chartSheet, type GradedSheet } from "./sheet.ts";
import { readSharedStrings } from "./strings.ts";
import { readStyles } from "./styles.ts";
import { attribute, linkId, namespaces, partText, readXml } from "./xml.ts";
import { openZip, type ZipArchive, type ZipLimits, zipLimits } from "./zip.ts";

/** A workbook, read for grading. */
export interface Workbook {
  readonly sheets: readonly GradedSheet[];
  /** By exact name, as Python looks it up. */
  sheet(name: string): GradedSheet | undefined;
}

export interface OpenOptions {
  /** Sheets whose cells are needed; the others are only checked. @default all */
  readonly keep?: (name: string, index: number) => boolean;
  readonly limits?: ZipLimits;
}

/** Real ones have a few dozen; finding a free name takes time that grows with their square. */
const mostSheets = 2_000;

const openable = [".xlsx", ".xlsm", ".xltx", ".xltm"];
const relationTypes = {
  comments: `${namespaces.relations}/comments`,
  drawing: `${namespaces.relations}/drawing`,
  pivotTable: `${namespaces.relations}/pivotTable`,
} as const;

/**
 * Whether openpyxl opens a file of this name: by its extension alone.
 *
 * @returns what is wrong, or undefined.
 */
export function nameProblem(name: string): string | undefined {
  const base = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const extension = /[^.](\.[^.]*)$/.exec(base)?.[1]?.toLowerCase() ?? "";
  if (openable.includes(extension)) return undefined;
  return `the extension ${extension === "" ? "(none)" : extension} is not one of ${openable.join(", ")}`;
}

/**
 * Reads a workbook as openpyxl 3.1.5 does with `data_only=True`. Every sheet is checked, since one bad
 * cell anywhere makes openpyxl refuse the file; macros, drawings and external links are not opened.
 *
 * @throws {WorkbookFault} when it cannot be read, or is larger than the limits.
 */
export function openWorkbook(bytes: Uint8Array, options: OpenOptions = {}): Workbook {
  const archive = openZip(bytes, options.limits ?? zipLimits);
  const parts = mainParts(archive);
  const shared = parts.strings === undefined ? [] : readSharedStrings(archive, parts.strings);
  const { entries, epoch, external } = readWorkbookPart(archive, parts.workbook);
  const relations = relationsOf(archive, parts.workbook);
  for (const id of external) checkExternal(archive, linkOf(relations, id).target);
  for (const part of ["docProps/core.xml", "docProps/custom.xml"]) checkXml(archive, part);
  if (archive.has("xl/theme/theme1.xml")) archive.read("xl/theme/theme1.xml");
  const common = { shared, epoch, styles: readStyles(archive) };
  const sheets: GradedSheet[] = [];
  for (const { name, id } of entries) {
    const relation = linkOf(relations, id);
    if (!archive.has(relation.target)) continue;
    const title = freeTitle(
      sheets.map((sheet) => sheet.name),
      name,
    );
    sheets.push(
      openSheet(archive, relation, {
        ...common,
        name: title,
        keep: options.keep?.(title, sheets.length) ?? true,
      }),
    );
  }
  const byName = new Map([...sheets].reverse().map((sheet) => [sheet.name, sheet]));
  return { sheets, sheet: (name) => byName.get(name) };
}

function openSheet(
  archive: ZipArchive,
  { target, type }: Relation,
  context: Pick<SheetContext, "name" | "keep" | "shared" | "styles" | "epoch">,
): GradedSheet {
  const relations = relationsOf(archive, target);
  for (const relation of relations)
    if (relation.type === relationTypes.drawing || relation.type === relationTypes.pivotTable)
      if (!archive.has(relation.target)) unreadable(`there is no part ${relation.target}`);
  if (type.includes("chartsheet")) {
    checkXml(archive, target);
    return chartSheet(context.name);
  }
  const commented = relations
    .filter((relation) => relation.type === relationTypes.comments)
    .flatMap((relation) => commentedCells(archive, relation.target));
  // Of links with the same id the first one counts.
  const byId = new Map([...relations].reverse().map((relation) => [relation.id, relation]));
  const text = partText(archive, target);
  return readSheet(text, { ...context, part: target, relations: byId, commented });
}

function commentedCells(archive: ZipArchive, part: string): string[] {
  const places: string[] = [];
  readXml(archive, part, {
    open(element, depth) {
      if (element.local === "comment" && depth === 3)
        places.push(
          attribute(element, "ref") ?? unreadable(`a comment without a place in ${part}`),
        );
    },
  });
  return places;
}

interface SheetEntry {
  readonly name: string;
  readonly id: string;
}

function readWorkbookPart(archive: ZipArchive, part: string) {
  const entries: SheetEntry[] = [];
  const external: string[] = [];
  let epoch: number = epochs.from1900;
  let section = "";
  readXml(archive, part, {
    open(element, depth) {
      if (depth === 2) {
        section = element.local;
        const mac = section === "workbookPr" ? attribute(element, "date1904") : undefined;
        if (mac !== undefined && !["false", "f", "0"].includes(mac)) epoch = epochs.from1904;
      } else if (depth === 3 && section === "sheets") {
        const id = linkId(element) ?? "";
        const name = attribute(element, "name") ?? unreadable("a sheet without a name");
        if (id !== "") entries.push({ name, id });
        if (entries.length > mostSheets)
          throw new WorkbookFault("limits", `the workbook has more than ${mostSheets} sheets`);
      } else if (depth === 3 && section === "externalReferences") {
        external.push(linkId(element) ?? "");
      }
    },
  });
  return { entries, epoch, external };
}

/** The address of an external workbook is a link of its own; the workbook behind it is never opened. */
function checkExternal(archive: ZipArchive, part: string): void {
  checkXml(archive, archive.has(part) ? part : unreadable(`there is no part ${part}`));
  if (relationsOf(archive, part).length === 0) unreadable(`${part} has no address`);
}

function checkXml(archive: ZipArchive, part: string): void {
  if (archive.has(part)) readXml(archive, part);
}

function linkOf(relations: readonly Relation[], id: string): Relation {
  const found = relations.findLast((relation) => relation.id === id);
  return found ?? unreadable(`the workbook has no link ${id}`);
}

/** A sheet's name as openpyxl takes it: with a number behind where it is taken already. */
function freeTitle(taken: readonly string[], wanted: string): string {
  const name = wanted === "" ? "Sheet" : wanted;
  if (/[\\*?:/[\]]/.test(name)) throw new WorkbookFault("unreadable", `a sheet is called ${name}`);
  const lower = name.toLowerCase();
  if (!taken.some((title) => title.toLowerCase() === lower)) return name;
  const numbers = taken
    .filter((title) => title.toLowerCase().includes(lower))
    .map((title) => /^[0-9]*/.exec(title.slice(title.toLowerCase().indexOf(lower) + name.length)));
  return name + (Math.max(0, ...numbers.map((found) => Number(found?.[0] ?? 0))) + 1);
}
