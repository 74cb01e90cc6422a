import { parse } from "csv-parse/sync";
import type ExcelJS from "exceljs";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { sheetDesk } from "../../../support/sheet-desk.ts";

const desk = sheetDesk();

describe("fill", () => {
  test("puts a CSV at a cell, each field for what it is", async () => {
    const made = await desk.run(
      ["fill", "f.xlsx", "--sheet", "New", "B2"],
      'a,"b ""c"", d",\r\n1,=B3*2,\'7\n',
    );
    expect(made).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(await desk.out("read", "f.xlsx", "--formulas")).toBe(
      ',,,\r\n,a,"b ""c"", d",\r\n,1,=B3*2,7\r\n',
    );
    expect(await desk.out("list", "f.xlsx")).toBe("New\n");
  });

  test("takes all for text where it is told to", async () => {
    await desk.run(["fill", "t.xlsx", "--text"], "007,=A1,TRUE");
    expect(await desk.out("read", "t.xlsx", "--json")).toBe(
      '[\n{"cell":"A1","type":"text","value":"007"},\n{"cell":"B1","type":"text","value":"=A1"},\n{"cell":"C1","type":"text","value":"TRUE"}\n]\n',
    );
  });

  test("and read give any text back, wherever it starts", async () => {
    const text = fc.string({
      unit: fc.constantFrom(..."ab,\"'=\n é<&_x"),
      minLength: 1,
      maxLength: 9,
    });
    const grid = fc.integer({ min: 1, max: 4 }).chain((columns) =>
      fc.array(fc.array(text, { minLength: columns, maxLength: columns }), {
        minLength: 1,
        maxLength: 4,
      }),
    );
    await fc.assert(
      fc.asyncProperty(grid, fc.constantFrom("A1", "C7", "ZZ300"), async (rows, start) => {
        const own = sheetDesk();
        const csv = rows.map((row) =>
          row.map((field) => `"${field.replaceAll('"', '""')}"`).join(","),
        );
        expect(await own.run(["fill", "p.xlsx", "--text", start], csv.join("\n"))).toMatchObject({
          stderr: "",
        });
        const printed = await own.out("read", "p.xlsx", `${start}:XFD1048576`);
        expect(parse(printed, { record_delimiter: "\r\n" })).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["", "fill found nothing on standard input"],
    ['a,"b', "line 1 of the CSV: a quote that does not end its field"],
  ])("refuses %j", async (csv, problem) => {
    const { stderr, exitCode } = await desk.run(["fill", "none.xlsx"], csv);
    expect([stderr.includes(problem), exitCode, desk.files.has("none.xlsx")]).toEqual([
      true,
      1,
      false,
    ]);
  });
});

test("read prints cells and rows as JSON, with types, formulas and formats", async () => {
  await desk.out(
    "write",
    "j.xlsx",
    "A1",
    "day",
    "B1",
    "n",
    "A2",
    "2024-03-05",
    "B2",
    "=1+1",
    "A3",
    "TRUE",
  );
  expect(JSON.parse(await desk.out("read", "j.xlsx", "A2:B3", "--json"))).toEqual([
    { cell: "A2", type: "date", value: "2024-03-05", format: "yyyy-mm-dd" },
    { cell: "B2", type: "uncalculated", value: null, formula: "=1+1" },
    { cell: "A3", type: "boolean", value: true },
  ]);
  expect(JSON.parse(await desk.out("read", "j.xlsx", "--rows"))).toEqual([
    { day: "2024-03-05", n: null },
    { day: true, n: null },
  ]);
  expect(JSON.parse(await desk.out("list", "j.xlsx", "--json"))).toEqual([
    { name: "Sheet1", used: "A1:B3", rows: 3, columns: 2, formulas: 1, state: "visible" },
  ]);
});

test("a range may name its sheet, with quotes or half of them", async () => {
  await desk.out("write", "s.xlsx", "'My Sheet'!B2", "x", "Data!A1", "y", "'My Sheet'!B3", "z");
  expect(await desk.out("list", "s.xlsx")).toBe("My Sheet\nData\n");
  for (const range of ["'My Sheet'!B2:B3", "my sheet!B2:B3", "My Sheet'!B2:B3", "'My Sheet'!B2:B"])
    expect(await desk.out("read", "s.xlsx", range)).toBe("x\r\nz\r\n");
  expect(await desk.out("read", "s.xlsx", "'My Sheet'!2:3")).toBe(",x\r\n,z\r\n");
});

describe("what a command does not name stays:", () => {
  async function styled(fill: (sheet: ExcelJS.Worksheet) => void) {
    await desk.book((b) => {
      fill(b.addWorksheet("S"));
      b.addWorksheet("T").getCell("A1").value = "other";
    });
  }
  const first = async () => {
    const sheet = (await desk.opened()).worksheets[0];
    if (sheet === undefined) throw new Error("no sheet");
    return sheet;
  };

  test("the style of a cell that gets another value", async () => {
    await styled((s) => {
      s.getCell("A1").value = 1;
      s.getCell("A1").font = { bold: true };
      s.getCell("A1").numFmt = "0.00";
    });
    await desk.out("write", "b.xlsx", "A1", "2", "B1", "3");
    const cell = (await first()).getCell("A1");
    expect([cell.value, cell.font.bold, cell.numFmt]).toEqual([2, true, "0.00"]);
  });

  test("widths, merged areas, validations and conditional formats", async () => {
    await styled((s) => {
      s.getColumn(1).width = 33;
      s.mergeCells("A1:B1");
      s.getCell("C1").dataValidation = { type: "list", formulae: ['"a,b"'], allowBlank: true };
      s.addConditionalFormatting({
        ref: "A1:A9",
        rules: [
          {
            type: "cellIs",
            operator: "greaterThan",
            priority: 1,
            formulae: [5],
            style: { font: { bold: true } },
          },
        ],
      });
      s.autoFilter = "A1:C1";
    });
    const before = (await first()).model;
    await desk.out("write", "b.xlsx", "D4", "x");
    const { merges, dataValidations, conditionalFormattings, autoFilter, cols } = (await first())
      .model as never as Record<string, unknown>;
    const was = before as never as Record<string, unknown>;
    expect({ merges, dataValidations, conditionalFormattings, autoFilter, cols }).toEqual({
      merges: was["merges"],
      dataValidations: was["dataValidations"],
      conditionalFormattings: was["conditionalFormattings"],
      autoFilter: was["autoFilter"],
      cols: was["cols"],
    });
  });

  test("the formulas that shared one which is overwritten", async () => {
    await styled((s) => {
      s.fillFormula("B1:B3", "A1+1", [1, 1, 1]);
    });
    await desk.out("write", "b.xlsx", "B1", "5", "A3", "9");
    expect(await desk.out("read", "b.xlsx", "--formulas")).toBe(",5\r\n,=A2+1\r\n9,=A3+1\r\n");
  });

  test("every part of the file that holds none of the cells, byte for byte", async () => {
    await styled((s) => {
      s.getCell("A1").value = "shared text";
    });
    const before = unzipSync(desk.files.get("b.xlsx") ?? new Uint8Array());
    await desk.out("write", "b.xlsx", "A2", "1");
    const after = unzipSync(desk.files.get("b.xlsx") ?? new Uint8Array());
    // Entries of folders hold nothing, and go.
    const parts = Object.keys(before).filter((part) => !part.endsWith("/"));
    const changed = parts.filter(
      (part) => Buffer.compare(before[part] ?? Buffer.of(), after[part] ?? Buffer.of()) !== 0,
    );
    expect(Object.keys(after).sort()).toEqual(parts.sort());
    // The workbook asks programs to calculate.
    expect(changed.sort()).toEqual(["xl/workbook.xml", "xl/worksheets/sheet1.xml"]);
  });

  test("formats of cells that are cleared", async () => {
    await styled((s) => {
      s.getCell("A1").value = 5;
      s.getCell("A1").numFmt = "0.0";
      s.getCell("A2").value = 6;
    });
    await desk.out("clear", "b.xlsx", "A:A");
    const sheet = await first();
    expect([
      sheet.getCell("A1").value,
      sheet.getCell("A1").numFmt,
      sheet.getCell("A2").value,
    ]).toEqual([null, "0.0", null]);
  });
});

test("a cell below a merged area means the first cell of the area", async () => {
  await desk.book((b) => {
    b.addWorksheet("S").mergeCells("A1:B2");
  });
  await desk.out("write", "b.xlsx", "B2", "x");
  expect(await desk.out("read", "b.xlsx", "A1:A1")).toBe("x\r\n");
});

test("younger functions are stored as other programs expect them", async () => {
  await desk.out(
    "write",
    "x.xlsx",
    "A1",
    '=XLOOKUP(1,B:B,C:C)&"XLOOKUP("',
    "A2",
    "=SORT(FILTER(B1:B3,B1:B3>1))",
  );
  const sheet = (await desk.opened("x.xlsx")).worksheets[0];
  expect(sheet?.getCell("A1").formula).toBe('_xlfn.XLOOKUP(1,B:B,C:C)&"XLOOKUP("');
  expect(sheet?.getCell("A2").formula).toBe("_xlfn._xlws.SORT(_xlfn._xlws.FILTER(B1:B3,B1:B3>1))");
  expect(await desk.out("read", "x.xlsx", "A2", "--formulas")).toBe(
    '"=SORT(FILTER(B1:B3,B1:B3>1))"\r\n',
  );
});

test.each([
  [["read", "b.xlsx", "--frob"], "no such option: --frob"],
  [["write", "b.xlsx", "--sheet", "a/b", "A1", "1"], "not a name for a sheet: a/b"],
  [["recalc", "b.xlsx"], "usage: sheet list FILE"],
  [["clear", "b.xlsx"], "clear needs a RANGE"],
])("%j is refused in one line", async (args, problem) => {
  await desk.book((b) => {
    b.addWorksheet("S");
  });
  const { stderr, exitCode } = await desk.run(args);
  expect([
    stderr.startsWith(`sheet: ${problem}`),
    stderr.trimEnd().split("\n").length,
    exitCode,
  ]).toEqual([true, 1, 1]);
});
