import { strToU8, zipSync } from "fflate";
import { cellName } from "../../grading/columns.ts";

/** A cell of a workbook; `serial` is a date, in days since 1899-12-30. */
export type Cell = null | string | number | { readonly serial: number };

/** A sheet as rows of cells; the first is row 1. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Workbooks hold no time of their making: the same cells, the same bytes. */
const mtime = new Date(1980, 0, 1);

/** The bytes of an `.xlsx` file with these sheets. Cells are unstyled, but for dates. */
export function workbookFile(sheets: readonly Sheet[]): Uint8Array {
  const strings = new Map<string, number>();
  const parts = sheets.map((sheet, at) => [`worksheets/sheet${at + 1}`, sheetPart(sheet, strings)]);
  const texts = [...strings.keys()].map(
    (it) => `<si><t xml:space="preserve">${escaped(it)}</t></si>`,
  );
  const entries = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const files = {
    ...Object.fromEntries(parts),
    styles: part("styleSheet", main, styles),
    sharedStrings: part("sst", main, texts.join("")),
  };
  const names = Object.keys(files);
  const kindOf = (name: string) => (name.startsWith("worksheets/") ? "worksheet" : name);
  const related = names.map((name, at) => relation(at + 1, kindOf(name), `${name}.xml`));
  const types = [["workbook", "sheet.main"], ...names.map((name) => [name, kindOf(name)])].map(
    ([name, kind]) => `<Override PartName="/xl/${name}.xml" ContentType="${type}.${kind}+xml"/>`,
  );
  const package_ = relation(1, "officeDocument", "xl/workbook.xml");
  const tree = {
    "[Content_Types].xml": part("Types", `${packages}/content-types`, defaults + types.join("")),
    "_rels/.rels": part("Relationships", `${packages}/relationships`, package_),
    "xl/workbook.xml": part(
      "workbook",
      `${main}" xmlns:r="${office}`,
      `<sheets>${entries.join("")}</sheets>`,
    ),
    "xl/_rels/workbook.xml.rels": part(
      "Relationships",
      `${packages}/relationships`,
      related.join(""),
    ),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`xl/${name}.xml`, text])),
  };
  const bytes = Object.entries(tree).map(([path, text]) => [path, strToU8(text)]);
  return zipSync(Object.fromEntries(bytes), { level: 9, mtime });
}

const schemas = "http://schemas.openxmlformats.org";
const main = `${schemas}/spreadsheetml/2006/main`;
const office = `${schemas}/officeDocument/2006/relationships`;
const packages = `${schemas}/package/2006`;
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const defaults = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`;
const xf = (format: number) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0"/>`;

/** Style 0 is general, style 1 a date. */
const styles = [
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  `<cellStyleXfs count="1">${xf(0)}</cellStyleXfs><cellXfs count="2">${xf(0)}${xf(164)}</cellXfs>`,
].join("");

function part(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${content}</${root}>`;
}

function relation(number: number, kind: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${office}/${kind}" Target="${target}"/>`;
}

/** @param strings gets the texts of the sheet, each with its number. */
function sheetPart({ rows }: Sheet, strings: Map<string, number>): string {
  const cellPart = (cell: Cell, place: string) => {
    if (cell === null) return "";
    if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
    if (typeof cell === "object") return `<c r="${place}" s="1"><v>${cell.serial}</v></c>`;
    const number = strings.get(cell) ?? strings.size;
    strings.set(cell, number);
    return `<c r="${place}" t="s"><v>${number}</v></c>`;
  };
  const lines = rows.map((cells, row) => {
    const written = cells.map((cell, column) => cellPart(cell, cellName(row + 1, column + 1)));
    return `<row r="${row + 1}">${written.join("")}</row>`;
  });
  return part("worksheet", main, `<sheetData>${lines.join("")}</sheetData>`);
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", '"': "quot" };
  return text.replace(/[&<"]/g, (sign) => `&${names[sign]};`);
}
