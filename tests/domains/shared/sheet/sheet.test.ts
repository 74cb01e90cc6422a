import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../../../domains/shared/sheet/sheet.mjs";

let files: Map<string, Uint8Array>;
beforeEach(() => {
  files = new Map();
});

function sheet(...args: string[]) {
  return run(args, {
    read: async (path) => files.get(path),
    write: async (path, data) => {
      files.set(path, data);
    },
    stdin: async () => "",
  });
}

async function book(fill: (book: ExcelJS.Workbook) => void): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  files.set("b.xlsx", new Uint8Array(await workbook.xlsx.writeBuffer()));
}

describe("read", () => {
  test.each<[what: string, value: ExcelJS.CellValue, text: string]>([
    ["a number", 12.5, "12.5"],
    ["text with a quote and a comma", 'say "a", b', '"say ""a"", b"'],
    ["text with a line break", "a\nb", '"a\nb"'],
    ["a date", new Date("2024-03-05T00:00:00Z"), "2024-03-05"],
    ["a date with a time of day", new Date("2024-03-05T17:30:00Z"), "2024-03-05T17:30:00"],
    ["a truth value", true, "TRUE"],
    ["an error", { error: "#N/A" }, "#N/A"],
    ["a formula with its value", { formula: "1+1", result: 2 }, "2"],
    ["a formula that was never calculated", { formula: "SUM(A2:A9)" }, "=SUM(A2:A9)"],
    ["rich text", { richText: [{ text: "bo" }, { text: "ld" }] }, "bold"],
    ["a link", { text: "here", hyperlink: "https://example.org" }, "here"],
    ["nothing", null, ""],
  ])("prints %s", async (_, value, text) => {
    await book((b) => {
      b.addWorksheet("S").getCell("A1").value = value;
    });
    expect((await sheet("read", "b.xlsx", "A1")).stdout).toBe(`${text}\r\n`);
  });

  test("prints a merged area once", async () => {
    await book((b) => {
      const s = b.addWorksheet("S");
      s.getCell("A1").value = "Title";
      s.mergeCells("A1:C1");
      s.getCell("C2").value = 1;
    });
    expect((await sheet("read", "b.xlsx")).stdout).toBe("Title,,\r\n,,1\r\n");
  });

  test("takes a range, whole columns, and another sheet by name", async () => {
    await book((b) => {
      b.addWorksheet("One").addRows([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      b.addWorksheet("Two Words").addRow(["two"]);
    });
    expect((await sheet("read", "b.xlsx", "B1:C2")).stdout).toBe("2,3\r\n5,6\r\n");
    expect((await sheet("read", "b.xlsx", "C:C")).stdout).toBe("3\r\n6\r\n");
    expect((await sheet("read", "b.xlsx", "--sheet", "two words")).stdout).toBe("two\r\n");
    expect((await sheet("read", "b.xlsx", "A1:XFD1048576")).stdout).toBe("1,2,3\r\n4,5,6\r\n");
  });
});

describe("write", () => {
  test.each<[word: string, value: unknown]>([
    ["12.5", 12.5],
    ["-3", -3],
    ["1e3", 1000],
    ["007", "007"],
    ["'12", "12"],
    ["12345678901234567890", "12345678901234567890"],
    ["1,234", "1,234"],
    ["-", "-"],
    ["=", "="],
    ["TRUE", true],
    ["2024-03-05", new Date("2024-03-05T00:00:00Z")],
    ["2024-02-30", "2024-02-30"],
    ["1899-01-01", "1899-01-01"],
    ["2024-03-05T17:30", new Date("2024-03-05T17:30:00Z")],
    ["=SUM(A1:A2)", { formula: "SUM(A1:A2)" }],
    ["", null],
    ["--sheet", "--sheet"],
  ])("takes %j for what it is", async (word, value) => {
    expect(await sheet("write", "new.xlsx", "B2", word)).toMatchObject({ exitCode: 0, stderr: "" });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(files.get("new.xlsx")?.slice().buffer ?? new ArrayBuffer(0));
    expect(workbook.worksheets[0]?.getCell("B2").value).toEqual(value);
  });

  test("changes the cells named and keeps the others", async () => {
    await book((b) => {
      b.addWorksheet("S").addRow(["a", "b"]);
    });
    await sheet("write", "b.xlsx", "B1", "c", "A2", "d");
    await sheet("write", "b.xlsx", "--sheet", "New", "A1", "e");
    expect((await sheet("read", "b.xlsx")).stdout).toBe("a,c\r\nd,\r\n");
    expect((await sheet("list", "b.xlsx")).stdout).toBe("S\r\nNew\r\n".replaceAll("\r", ""));
  });

  test("and read give any text back, as RFC 4180 has it", async () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab,\"'\n ;é"), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        files = new Map();
        await sheet("write", "t.xlsx", "A1", `'${value}`, "B1", "end");
        const { stdout } = await sheet("read", "t.xlsx");
        expect(parse(stdout, { record_delimiter: "\r\n" })).toEqual([[value, "end"]]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("says in one line what is wrong with", () => {
  test.each([
    [["read", "none.xlsx"], "none.xlsx: no such file"],
    [["read", "text.xlsx"], "text.xlsx: not an .xlsx workbook"],
    [["read", "b.xlsx", "--sheet", "X"], "b.xlsx: no sheet named X; there are: S"],
    [["read", "b.xlsx", "A0"], "not a cell: A0 (write it like B2)"],
    [["read", "b.xlsx", "A1:B2:C3"], "not a range: A1:B2:C3 (write it like A1:C5)"],
    [["write", "b.xlsx", "XFE1", "1"], "not a cell: XFE1 (write it like B2)"],
    [["write", "b.xlsx", "A1"], "write needs CELL VALUE in pairs"],
    [["sort", "b.xlsx"], "usage: sheet list FILE"],
    [[], "usage: sheet list FILE"],
  ])("%j", async (args, problem) => {
    await book((b) => {
      b.addWorksheet("S");
    });
    files.set("text.xlsx", new TextEncoder().encode("not a zip"));
    const result = await sheet(...args);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain(`sheet: ${problem}`);
    expect(result.stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("a directory given for a file", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "sheet-"));
    await writeFile(join(directory, "x"), "");
  });
  afterAll(() => rm(directory, { recursive: true }));

  test("is a fault like any other", async () => {
    const { readFile } = await import("node:fs/promises");
    const result = await run(["read", directory], {
      read: (path) => readFile(path),
      write: async () => {},
      stdin: async () => "",
    });
    expect(result).toMatchObject({ exitCode: 1, stdout: "" });
  });
});
