import { strToU8, zipSync } from "fflate";
import { cellName } from "../../grading/columns.ts";

/** A cell of a workbook; `serial` is a date, in days since 1899-12-30. */
export type WrittenCell = null | string | number | { readonly serial: number };

/** A sheet as rows of cells; the first is row 1. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly WrittenCell[])[];
}

/**
 * The bytes of an `.xlsx` file with these sheets, the same for the same cells. Only dates have a style.
 *
 * A file of exceljs is twice as large, and tells when it was made.
 */
export function workbookFile(sheets: readonly Sheet[]): Uint8Array {
  // The parts of the workbook: name, kind, content. A sheet's relation has the sheet's number.
  const parts = [
    ...sheets.map(({ rows }, at) => [`worksheets/sheet${at + 1}`, "worksheet", sheetPart(rows)]),
    ["styles", "styles", xml("styleSheet", main, styles)],
  ];
  const names = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const listed = xml(
    "workbook",
    `${main}" xmlns:r="${office}`,
    `<sheets>${names.join("")}</sheets>`,
  );
  const types = [["workbook", "sheet.main"], ...parts].map(
    ([name, kind]) => `<Override PartName="/xl/${name}.xml" ContentType="${type}.${kind}+xml"/>`,
  );
  const files = [
    ["[Content_Types].xml", xml("Types", `${pack}/content-types`, rels + types.join(""))],
    ["_rels/.rels", relations([["xl/workbook", "officeDocument"]])],
    ["xl/workbook.xml", listed],
    ["xl/_rels/workbook.xml.rels", relations(parts)],
    ...parts.map(([name, , content]) => [`xl/${name}.xml`, content]),
  ];
  const bytes = files.map(([path, text]) => [path, strToU8(text ?? "")]);
  return zipSync(Object.fromEntries(bytes), { level: 9, mtime: "1980-01-01T00:00:00" });
}

const schemas = "http://schemas.openxmlformats.org";
const main = `${schemas}/spreadsheetml/2006/main`;
const office = `${schemas}/officeDocument/2006/relationships`;
const pack = `${schemas}/package/2006`;
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const rels = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;

/** Style 0 is general, style 1 a date. */
const xf = (format: number) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0"/>`;
const styles = [
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  `<cellStyleXfs count="1">${xf(0)}</cellStyleXfs><cellXfs count="2">${xf(0)}${xf(164)}</cellXfs>`,
].join("");

function xml(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${content}</${root}>`;
}

function relations(targets: readonly (readonly string[])[]): string {
  const all = targets.map(
    ([name, kind], at) =>
      `<Relationship Id="rId${at + 1}" Type="${office}/${kind}" Target="${name}.xml"/>`,
  );
  return xml("Relationships", `${pack}/relationships`, all.join(""));
}

function sheetPart(rows: Sheet["rows"]): string {
  const lines = rows.map((row, down) => {
    const cells = row.map((cell, right) => cellPart(cell, cellName(down + 1, right + 1)));
    return `<row r="${down + 1}">${cells.join("")}</row>`;
  });
  return xml("worksheet", main, `<sheetData>${lines.join("")}</sheetData>`);
}

function cellPart(cell: WrittenCell, place: string): string {
  if (cell === null) return "";
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === "object") return `<c r="${place}" s="1"><v>${cell.serial}</v></c>`;
  const text = `<t xml:space="preserve">${escaped(cell)}</t>`;
  return `<c r="${place}" t="inlineStr"><is>${text}</is></c>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
