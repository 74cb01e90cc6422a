import { expect, test } from "vitest";
import type { CellValue } from "../../../domains/spreadsheet/grading/cell-value.ts";
import { shownValue } from "../../../domains/spreadsheet/grading/cell-value.ts";
import { WorkbookFault } from "../../../domains/spreadsheet/grading/read/fault.ts";
import { nameProblem, openWorkbook } from "../../../domains/spreadsheet/grading/read/workbook.ts";
import { type RawWorkbook, rawCells, rawWorkbook } from "../../support/spreadsheet/raw-workbook.ts";

/** The value of A1 of a workbook whose first cell is this XML. */
function a1(cell: string, more: Partial<RawWorkbook> = {}): CellValue {
  return (
    openWorkbook(rawCells([cell], more))
      .sheet("S")
      ?.value(1, 1) ?? null
  );
}

function refusalOf(bytes: Uint8Array): string {
  try {
    openWorkbook(bytes);
  } catch (error) {
    if (error instanceof WorkbookFault) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return "it was opened";
}

test.each<[string, string, CellValue]>([
  ["a whole number is an int", '<c r="A1"><v>12</v></c>', 12n],
  ["a point or an exponent makes a float", '<c r="A1"><v>12.0</v></c>', 12],
  ["even where it is whole", '<c r="A1"><v>1E2</v></c>', 100],
  [
    "an int of any length is exact",
    '<c r="A1"><v>12345678901234567891</v></c>',
    12345678901234567891n,
  ],
  ["Python's notations are numbers", '<c r="A1"><v> 1_000 </v></c>', 1000n],
  ["digits of any script too", '<c r="A1"><v>٤٢</v></c>', 42n],
  ["an empty v is nothing", '<c r="A1"><v></v></c>', null],
  ["a formula that was never calculated is nothing", '<c r="A1"><f>1+1</f></c>', null],
  ["a formula is its stored result", '<c r="A1"><f>1+1</f><v>2</v></c>', 2n],
  ["a formula's text is a text", '<c r="A1" t="str"><f>A2</f><v>x</v></c>', "x"],
  ["its empty text is nothing", '<c r="A1" t="str"><f>A2</f><v></v></c>', null],
  ["an error is a plain text", '<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"],
  ["a boolean is one", '<c r="A1" t="b"><v>0</v></c>', false],
  ["an inline text may be empty", '<c r="A1" t="inlineStr"><is><t/></is></c>', ""],
  ["an inline text does not look at v", '<c r="A1" t="inlineStr"><v>x</v></c>', null],
  [
    "runs are joined, white space is kept",
    '<c r="A1" t="inlineStr"><is><r><t>a </t></r><r><t> b</t></r></is></c>',
    "a  b",
  ],
  [
    "phonetic hints are left out",
    '<c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>',
    "a",
  ],
  [
    "entities and CDATA are resolved",
    '<c r="A1" t="str"><v>a&amp;b&#10;<![CDATA[<c>]]></v></c>',
    "a&b\n<c>",
  ],
  [
    "escapes in inline text stay",
    '<c r="A1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>',
    "_x005F_x000D_",
  ],
  ["a type nobody knows is a text", '<c r="A1" t="z"><v>5</v></c>', "5"],
  [
    "the later of two cells at a place counts",
    '<c r="A1"><v>1</v></c><c r="B1"/><c r="A1"/>',
    null,
  ],
])("%s", (_, cell, value) => {
  expect(a1(cell)).toEqual(value);
});

test("cells that are written in another form read the same", () => {
  const forms = (cell: string) => [cell, cell.replace("<c ", "<c  "), `<!-- ${cell} -->${cell}`];
  for (const cell of [
    '<c r="A1"><v>12.50</v></c>',
    '<c r="A1" s="0" t="n"><f t="shared" ref="A1:A9" si="0">B1</f><v>7</v></c>',
    '<c r="A1" t="str"><f>B1</f><v>a b</v></c>',
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
    '<c r="A1"><f>B1</f></c>',
    '<c r="A1" t="b"><v>1</v></c>',
  ])
    expect(new Set(forms(cell).map((form) => a1(form))).size).toBe(1);
  // In a comment, a text or another cell nothing is a cell.
  expect(a1('<!-- > <c r="A1"><v>1</v></c> -->')).toBeNull();
  expect(a1('<c r="B1" z=""><x/><c r="A1"><v>1</v></c></c>')).toBeNull();
});

test("shared strings lose x005F_ and may be empty; Python counts from the end as well", () => {
  const strings = "<si><t>_x005F_x000D_</t></si><si><t/></si><si><t> last </t></si>";
  const shared = (index: number) => a1(`<c r="A1" t="s"><v>${index}</v></c>`, { strings });
  expect([0, 1, 2, -1].map(shared)).toEqual(["_x000D_", "", " last ", " last "]);
});

test.each<[string, string, string]>([
  ["yyyy-mm-dd", "43831", "2020-01-01 00:00:00"],
  ["yyyy-mm-dd", "43831.75", "2020-01-01 18:00:00"],
  ["yyyy-mm-dd", "0.5", "12:00:00"],
  ["yyyy-mm-dd", "1", "1900-01-01 00:00:00"],
  ["yyyy-mm-dd", "59", "1900-02-28 00:00:00"],
  ["yyyy-mm-dd", "60", "1900-02-28 00:00:00"],
  ["yyyy-mm-dd", "61", "1900-03-01 00:00:00"],
  ["yyyy-mm-dd", "0.9999999999", "1900-01-01 00:00:00"],
  ["yyyy-mm-dd", "-1", "1899-12-29 00:00:00"],
  ["yyyy-mm-dd", "2958465", "9999-12-31 00:00:00"],
  ["yyyy-mm-dd", "2958466", "#VALUE!"],
  ["yyyy-mm-dd", "1e400", "#VALUE!"],
  ["[h]:mm:ss", "1.5", "1 day, 12:00:00"],
  ["[HH]:MM", "1.5", "1 day, 12:00:00"],
  ["[mm]", "-0.25", "-1 day, 18:00:00"],
  ["[s]", "1e12", "#VALUE!"],
  ['0.0"d"', "1.5", "1.5"],
  ["[Red]0.0", "1.5", "1.5"],
  ["[Red]d", "1.5", "1900-01-01 12:00:00"],
  ["_d0", "1.5", "1.5"],
  ["\\d0", "1.5", "1.5"],
  ["0;d", "1.5", "1.5"],
  ["[$-409]0", "1.5", "1.5"],
  ["[HH]", "1.5", "1.5"],
])("with the format %s, %s is %s", (format, number, shown) => {
  const value = a1(`<c r="A1" s="1"><v>${number}</v></c>`, { formats: [format] });
  expect(shownValue(value)).toBe(shown);
});

test("in the system of 1904 days count from there, without the leap day that never was", () => {
  const shown = (number: string) =>
    shownValue(
      a1(`<c r="A1" s="1"><v>${number}</v></c>`, {
        formats: ["d.m.yyyy"],
        properties: 'date1904="1"',
      }),
    );
  expect(["0", "1", "59", "-1"].map(shown)).toEqual([
    "00:00:00",
    "1904-01-02 00:00:00",
    "1904-02-29 00:00:00",
    "1903-12-31 00:00:00",
  ]);
});

test.each([
  ["2020-02-29", "2020-02-29"],
  ["2020-01-01T10:30:15.5", "2020-01-01 10:30:15.500000"],
  ["10:30", "10:30:00"],
  ["PT26H30M", "1 day, 2:30:00"],
  ["2020-01-01 and more", "2020-01-01"],
])("a cell of type d reads %s as %s", (text, shown) => {
  expect(shownValue(a1(`<c r="A1" t="d"><v>${text}</v></c>`))).toBe(shown);
});

test.each([
  ["a text where a number should be", '<c r="B7"><v>abc</v></c>', 'B7 holds no number: "abc"'],
  ["nan", '<c r="A1"><v>nan</v></c>', "A1 holds no number"],
  ["a boolean in words", '<c r="A1" t="b"><v>true</v></c>', "A1 holds no boolean"],
  ["a shared string that is not there", '<c r="A1" t="s"><v>9</v></c>', "no shared string"],
  ["a style that is not there", '<c r="A1" s="9"/>', "style 9"],
  ["a place that is none", '<c r="1A"/>', 'a cell at "1A"'],
  ["a date that is none", '<c r="A1" t="d"><v>2020-02-30</v></c>', "A1 holds no date"],
])("%s fails the whole workbook", (_, cell, message) => {
  const rows = `<row>${cell}</row>`;
  expect(refusalOf(rawWorkbook({ sheets: { Good: "", S: rows } }))).toContain(`sheet S: `);
  expect(refusalOf(rawWorkbook({ sheets: { Good: "", S: rows } }))).toContain(message);
});

test.each([
  ["an end tag of another element", "<row></rows>", "unexpected close tag"],
  ["an attribute twice", '<row r="1" r="1"/>', "duplicate attribute"],
  ["an attribute without quotes", "<row r=1/>", "unquoted attribute value"],
  ["an unknown entity", '<row><c t="str"><v>&nbsp;</v></c></row>', "undefined entity"],
  ["an undeclared prefix", "<x:row/>", "unbound namespace prefix"],
  ["]]> in a text", '<row><c t="str"><v>]]></v></c></row>', "disallowed in char data"],
  ["]]> in a plain cell", '<row><c r="A1" t="str"><v>]]></v></c></row>', "disallowed in char data"],
  ["a control character", '<row><c t="str"><v>\u0001</v></c></row>', "disallowed character"],
  ["one in a plain cell", '<row><c r="A1" t="str"><v>\u0001</v></c></row>', "disallowed character"],
  ["plain cells in a tag that does not end", '<row><c <c r="A1"><v>1</v></c></row>', "disallowed"],
  ["an early end", "<row>".repeat(3), "unclosed tag"],
])("XML with %s is refused", (_, rows, problem) => {
  const broken = rows.startsWith("<row><row>") ? `<worksheet>${rows}` : rows;
  expect(refusalOf(rawWorkbook({ sheets: { S: broken } }))).toContain(problem);
});

test("elements of another namespace are no cells, whatever the prefix of the right one", () => {
  const sheet = (prefix: string, space: string) =>
    `<worksheet xmlns:${prefix}="${space}"><${prefix}:sheetData><${prefix}:row><${prefix}:c><${prefix}:v>5</${prefix}:v></${prefix}:c></${prefix}:row></${prefix}:sheetData></worksheet>`;
  const right = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const open = (space: string) =>
    openWorkbook(rawWorkbook({ sheets: { S: sheet("q", space) } })).sheet("S");
  expect(open(right)?.value(1, 1)).toBe(5n);
  expect(open("urn:other")?.value(1, 1)).toBeNull();
});

test("a sheet reaches as far as its cells, formatted, merged and linked ones included", () => {
  const after = (more: string) =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="C2" s="0"/></row></sheetData>${more}</worksheet>`;
  const reach = (more: string) => {
    const sheet = openWorkbook(rawWorkbook({ sheets: { S: after(more) } })).sheet("S");
    return [sheet?.maxRow, sheet?.maxColumn, sheet?.value(2, 2)];
  };
  expect(reach("")).toEqual([2, 3, 2n]);
  const merged = '<mergeCells><mergeCell ref="A2:B5"/></mergeCells>';
  expect(reach(merged)).toEqual([5, 3, null]);
  const linked = '<hyperlinks><hyperlink ref="D9" location="elsewhere"/></hyperlinks>';
  expect(reach(linked)).toEqual([9, 4, 2n]);
});

test("a link gives an empty cell its address as a value, and no other", () => {
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><hyperlinks><hyperlink ref="A1:B1" location="there"/></hyperlinks></worksheet>`;
  const opened = openWorkbook(rawWorkbook({ sheets: { S: sheet } })).sheet("S");
  expect([opened?.value(1, 1), opened?.value(1, 2)]).toEqual([1n, "there"]);
});

test("rows and cells that do not say where they are follow the one before", () => {
  const rows = `<row><c><v>1</v></c><c r="D1"/><c><v>2</v></c></row><row r="5"><c><v>3</v></c></row><row><c><v>4</v></c></row>`;
  const sheet = openWorkbook(rawWorkbook({ sheets: { S: rows } })).sheet("S");
  expect(
    [
      [1, 1],
      [1, 5],
      [5, 1],
      [6, 1],
    ].map(([row = 0, column = 0]) => sheet?.value(row, column)),
  ).toEqual([1n, 2n, 3n, 4n]);
});

/** Rows after a first one are read without the parser where they are plain; what comes out must not differ. */
const first = '<row r="1"><c r="A1"><v>1</v></c></row>';

test.each([
  ["plain", '<row r="2" spans="1:3" ht="15.5" customHeight="1"><c r="A2"><v>2</v></c></row>'],
  ["after empty ones", '<row r="7"/><row r="8" ht="3"/><row r="2"><c r="A2"><v>2</v></c></row>'],
  ["with a cell that is not plain", '<row r="2"><c r="A2" cm="1"><v>2</v></c></row>'],
  ["with unplain and plain cells", '<row r="2"><c cm="1" r="B2"/><c r="A2"><v>2</v></c></row>'],
  ["that ends with white space", '<row r="2"><c r="A2"><v>2</v></c> </row>'],
  [
    "after a comment with a row in it",
    '<!-- <row r="2"> --><row r="2"><c r="A2"><v>2</v></c></row>',
  ],
  ["without a number", "<row><c><v>2</v></c></row>"],
])("a row %s is read", (_, row) => {
  const sheet = openWorkbook(rawWorkbook({ sheets: { S: `${first}${row}${first}` } })).sheet("S");
  expect([sheet?.value(1, 1), sheet?.value(2, 1), sheet?.value(3, 1)]).toEqual([1n, 2n, null]);
});

test.each([
  ["has no end", '<row r="2"><c r="A2"/>'],
  ["ends twice", '<row r="2"></row></row>'],
  ["ends inside a cell", '<row r="2"><c cm="1" r="A2"></row>'],
  ["says its number twice", '<row r="2" r="2"></row>'],
])("a workbook with a row that %s is refused", (_, row) => {
  expect(refusalOf(rawWorkbook({ sheets: { S: first + row } }))).toMatch(/well-formed/);
});

test.each([
  ["a.xlsx", true],
  ["dir.d/A.XLSM", true],
  ["a.xltx", true],
  ["a.xls", false],
  ["a.csv", false],
  ["a", false],
  [".xlsx", false],
])("openpyxl opens a file called %s: %s", (name, opens) => {
  expect(nameProblem(name) === undefined).toBe(opens);
});

test.each([
  ["an empty fill", "<fills><fill/></fills>", "a fill of cells that is none"],
  ["a font family that is none", '<fonts><font><family val="15"/></font></fonts>', "beyond 14"],
  [
    "a colour that is none",
    '<fonts><font><color rgb="FFF"/></font></fonts>',
    "a colour that is none",
  ],
])("looks that openpyxl does not forgive fail the workbook: %s", (_, looks, message) => {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const parts = { "xl/styles.xml": `<styleSheet xmlns="${main}">${looks}</styleSheet>` };
  expect(refusalOf(rawWorkbook({ sheets: { S: "" }, parts }))).toContain(message);
});
