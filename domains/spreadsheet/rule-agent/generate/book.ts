import { zipOf } from "./zip.ts";

/** A cell of a workbook; `serial` is a date, in days since 1899-12-30. */
export type Cell = null | string | number | { readonly serial: number };

/** A sheet as rows of cells; the first is row 1. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

export type Book = readonly Sheet[];

/** The letters of a column, from 1. */
export function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? letters(rest) : ""}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

/** A book with one cell of one sheet changed; rows and columns are added as they are needed. */
export function withCell(book: Book, name: string, row: number, column: number, cell: Cell): Book {
  return book.map((sheet) => {
    if (sheet.name !== name) return sheet;
    const rows = sheet.rows.map((cells) => [...cells]);
    while (rows.length < row) rows.push([]);
    const cells = rows[row - 1] ?? [];
    while (cells.length < column) cells.push(null);
    cells[column - 1] = cell;
    return { name, rows };
  });
}

/** The bytes of a book as an `.xlsx` file; the same for the same cells. */
export function bookFile(book: Book): Uint8Array {
  const strings = new Map<string, number>();
  const stringAt = (text: string) => {
    const at = strings.get(text) ?? strings.size;
    strings.set(text, at);
    return at;
  };
  const sheets = book.map((sheet) => sheetPart(sheet, stringAt));
  const numbers = book.map((_, index) => index + 1);
  const files = new Map([
    [
      "[Content_Types].xml",
      part(
        "Types",
        `${NAMES.types}`,
        `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
          ["workbook", "sheet.main"],
          ...numbers.map((n) => [`worksheets/sheet${n}`, "worksheet"]),
          ["styles", "styles"],
          ["sharedStrings", "sharedStrings"],
        ]
          .map(
            ([path, kind]) =>
              `<Override PartName="/xl/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`,
          )
          .join("")}`,
      ),
    ],
    [
      "_rels/.rels",
      part("Relationships", NAMES.package, relation(1, "officeDocument", "xl/workbook.xml")),
    ],
    [
      "xl/workbook.xml",
      part(
        "workbook",
        `${NAMES.main}" xmlns:r="${NAMES.office}`,
        `<sheets>${book.map(({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets>`,
      ),
    ],
    [
      "xl/_rels/workbook.xml.rels",
      part(
        "Relationships",
        NAMES.package,
        `${numbers.map((n) => relation(n, "worksheet", `worksheets/sheet${n}.xml`)).join("")}${relation(book.length + 1, "styles", "styles.xml")}${relation(book.length + 2, "sharedStrings", "sharedStrings.xml")}`,
      ),
    ],
    ["xl/styles.xml", part("styleSheet", NAMES.main, STYLES)],
  ]);
  for (const [index, text] of sheets.entries())
    files.set(`xl/worksheets/sheet${index + 1}.xml`, text);
  files.set(
    "xl/sharedStrings.xml",
    part(
      "sst",
      NAMES.main,
      [...strings.keys()]
        .map(
          (text) =>
            `<si><t${/^\s|\s$/.test(text) ? ' xml:space="preserve"' : ""}>${escaped(text)}</t></si>`,
        )
        .join(""),
    ),
  );
  return zipOf(files);
}

const NAMES = {
  main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  office: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  package: "http://schemas.openxmlformats.org/package/2006/relationships",
  types: "http://schemas.openxmlformats.org/package/2006/content-types",
};

// Style 0 is general, style 1 a date.
const STYLES = [
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>',
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
].join("");

function part(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${root} xmlns="${namespace}">${content}</${root}>`;
}

function relation(number: number, kind: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${NAMES.office}/${kind}" Target="${target}"/>`;
}

function sheetPart({ rows }: Sheet, stringAt: (text: string) => number): string {
  const width = Math.max(1, ...rows.map((cells) => cells.length));
  const lines = rows.map((cells, row) => {
    const written = cells.map((cell, column) =>
      cellPart(cell, `${letters(column + 1)}${row + 1}`, stringAt),
    );
    return written.join("") === "" ? "" : `<row r="${row + 1}">${written.join("")}</row>`;
  });
  return part(
    "worksheet",
    NAMES.main,
    `<dimension ref="A1:${letters(width)}${Math.max(1, rows.length)}"/><sheetData>${lines.join("")}</sheetData>`,
  );
}

function cellPart(cell: Cell, place: string, stringAt: (text: string) => number): string {
  if (cell === null) return "";
  if (typeof cell === "string") return `<c r="${place}" t="s"><v>${stringAt(cell)}</v></c>`;
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  return `<c r="${place}" s="1"><v>${cell.serial}</v></c>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
