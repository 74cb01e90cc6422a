import { afterAll, describe, expect, test } from "vitest";
import { compareWorkbooks } from "../../../domains/spreadsheet/grading/compare/compare-workbooks.ts";
import { openGradePool } from "../../../domains/spreadsheet/grading/pool.ts";
import { WorkbookFault } from "../../../domains/spreadsheet/grading/read/fault.ts";
import { openWorkbook } from "../../../domains/spreadsheet/grading/read/workbook.ts";
import { zipLimits } from "../../../domains/spreadsheet/grading/read/zip.ts";
import { rawCells, rawWorkbook, zipped } from "../../support/spreadsheet/raw-workbook.ts";

const small = rawCells(['<c r="A1"><v>5</v></c>']);
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

function refusalOf(bytes: Uint8Array, limits = zipLimits): string {
  try {
    openWorkbook(bytes, { limits });
  } catch (error) {
    if (error instanceof WorkbookFault) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return "it was opened";
}

describe("files that are no workbooks say what they are", () => {
  test.each<[string, Uint8Array, string]>([
    ["nothing at all", new Uint8Array(0), "not a zip archive"],
    ["a text", new TextEncoder().encode("a,b\n1,2\n"), "not a zip archive"],
    [
      "a password-protected one",
      Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
      "password-protected",
    ],
    ["a cut one", small.subarray(0, small.length - 40), "not a zip archive"],
    ["a zip of something else", zipped([["a.txt", "x"]]), "no part [Content_Types].xml"],
    [
      "one without a workbook",
      zipped([["[Content_Types].xml", "<Types/>"]]),
      "contains no workbook part",
    ],
    [
      "one without its sheet list",
      rawWorkbook({ sheets: { S: "" }, parts: { "xl/workbook.xml": undefined } }),
      "no part xl/workbook.xml",
    ],
    [
      "one whose sheets lead nowhere",
      rawWorkbook({
        sheets: { S: "" },
        parts: { "xl/_rels/workbook.xml.rels": "<Relationships/>" },
      }),
      "no link rId1",
    ],
    [
      "one with a document type",
      rawWorkbook({
        sheets: { S: `<!DOCTYPE x><worksheet ${main}/>` },
        parts: { "xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet ${main}/>` },
      }),
      "a document type",
    ],
  ])("%s", (_, bytes, message) => {
    expect(refusalOf(bytes)).toContain("unreadable: ");
    expect(refusalOf(bytes)).toContain(message);
  });
});

test("bytes before and after the archive do no harm", () => {
  const surrounded = Buffer.concat([Buffer.from("before"), small, Buffer.from("after")]);
  expect(openWorkbook(surrounded).sheet("S")?.value(1, 1)).toBe(5n);
});

test("a damaged part is found by its checksum", () => {
  const at = Buffer.from(small).indexOf("xl/styles.xml") + 20;
  const damaged = Buffer.from(small);
  damaged[at] = (damaged[at] ?? 0) ^ 0x10;
  expect(refusalOf(damaged)).toContain("part xl/styles.xml");
});

test("macros, unknown parts and chart drawings are not opened", () => {
  const parts = {
    "xl/vbaProject.bin": new Uint8Array([1, 2, 3]),
    "xl/drawings/drawing1.xml": "not XML",
    "xl/worksheets/_rels/sheet1.xml.rels":
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
  };
  expect(openWorkbook(rawCells(['<c r="A1"><v>5</v></c>'], { parts })).sheets).toHaveLength(1);
});

test("an external link is only checked for an address, never followed", () => {
  const space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const parts = {
    "xl/workbook.xml": `<workbook ${main} ${space}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets><externalReferences><externalReference r:id="rId2"/></externalReferences></workbook>`,
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
    "xl/externalLinks/externalLink1.xml": "<externalLink/>",
    "xl/externalLinks/_rels/externalLink1.xml.rels":
      '<Relationships><Relationship Id="rId1" Type="path" Target="file:///nowhere" TargetMode="External"/></Relationships>',
  };
  expect(openWorkbook(rawWorkbook({ sheets: { S: "" }, parts })).sheets).toHaveLength(1);
  const without = { ...parts, "xl/externalLinks/_rels/externalLink1.xml.rels": undefined };
  expect(refusalOf(rawWorkbook({ sheets: { S: "" }, parts: without }))).toContain("has no address");
});

describe("what is too large is refused before it is unpacked", () => {
  const limits = { ...zipLimits, partBytes: 100_000, totalBytes: 150_000, entries: 50 };
  const padding = (size: number) => `<worksheet ${main}>${" ".repeat(size)}</worksheet>`;

  test("a part", () => {
    const bomb = rawWorkbook({ sheets: { S: padding(5_000_000) } });
    expect(bomb.length).toBeLessThan(20_000);
    expect(refusalOf(bomb, limits)).toContain("limits: the workbook is too large");
  });

  test("all parts together", () => {
    const sheets = { A: padding(90_000), B: padding(90_000) };
    expect(refusalOf(rawWorkbook({ sheets }), limits)).toContain("limits: ");
  });

  test("a part that announces less than it holds", () => {
    const sheet = "xl/worksheets/sheet1.xml";
    const parts = [[sheet, padding(5_000_000)]] as const;
    const lying = zipped(
      [
        [
          "[Content_Types].xml",
          '<Types><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        ],
        ...parts,
      ],
      { [sheet]: 50 },
    );
    expect(refusalOf(lying, limits)).toContain("more than it announces");
  });

  test("the number of parts, and the file itself", () => {
    const many = zipped(Array.from({ length: 60 }, (_, n) => [`p${n}`, ""] as const));
    expect(refusalOf(many, limits)).toContain("more than 50 parts");
    expect(refusalOf(small, { ...limits, archiveBytes: 100 })).toContain("limits: ");
  });

  test("a comparison says so and has no verdict", () => {
    const bytes = rawWorkbook({ sheets: { S: padding(zipLimits.partBytes) } });
    const huge = { name: "huge.xlsx", bytes };
    const answer = { name: "answer.xlsx", bytes: small };
    for (const grader of ["strict", "upstream"] as const) {
      const found = compareWorkbooks({ answer, output: huge, position: "A1" }, grader);
      expect(found).toMatchObject({ kind: "ungraded", reason: "limits" });
      expect(found.because).toContain("huge.xlsx: the workbook is too large");
    }
  });
});

describe("what is merely large takes no time and no memory to speak of", () => {
  const answer = { name: "a.xlsx", bytes: small };

  test("a million formatted empty rows", () => {
    const rows = Array.from({ length: 1_000_000 }, (_, n) => `<row r="${n + 2}" s="0"/>`).join("");
    const bytes = rawWorkbook({ sheets: { S: `<row r="1"><c r="A1"><v>5</v></c></row>${rows}` } });
    const before = process.memoryUsage().arrayBuffers;
    const sheet = openWorkbook(bytes).sheet("S");
    expect([sheet?.maxRow, sheet?.value(1, 1)]).toEqual([1, 5n]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200e6);
  });

  test.each(["A1:XFD1048576", "A:XFD", "A1:ZZZ1048576", "$A$1:$ZZ$999999999999"])(
    "the range %s of a small sheet",
    (position) => {
      for (const grader of ["strict", "upstream", "reference"] as const) {
        const found = compareWorkbooks({ answer, output: answer, position }, grader);
        expect(found.because.length).toBeGreaterThan(0);
      }
    },
  );

  test("a merged range over the whole sheet", () => {
    const sheet = `<worksheet ${main}><sheetData><row><c><v>5</v></c><c><v>6</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`;
    const opened = openWorkbook(rawWorkbook({ sheets: { S: sheet } })).sheet("S");
    expect([opened?.maxRow, opened?.value(1, 1), opened?.value(1, 2)]).toEqual([
      1_048_576,
      5n,
      null,
    ]);
  });

  test("a link over the whole sheet is refused", () => {
    const sheet = `<worksheet ${main}><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks></worksheet>`;
    expect(refusalOf(rawWorkbook({ sheets: { S: sheet } }))).toContain("limits: links cover");
  });

  test("deep nesting and thousands of attributes are refused quickly", () => {
    const deep = `<worksheet ${main}>${"<a>".repeat(100_000)}`;
    expect(refusalOf(rawWorkbook({ sheets: { S: deep } }))).toContain("nested more than");
    const wide = Array.from({ length: 100_000 }, (_, n) => `a${n % 50_000}="1"`).join(" ");
    expect(refusalOf(rawWorkbook({ sheets: { S: `<worksheet ${main} ${wide}/>` } }))).toContain(
      "duplicate attribute",
    );
  });
});

describe("threads", () => {
  const pool = openGradePool();
  afterAll(() => pool.close());
  const answer = { name: "a.xlsx", bytes: small };

  test("compare beside each other what the core compares", async () => {
    const output = { name: "o.xlsx", bytes: rawCells(['<c r="A1"><v>6</v></c>']) };
    const requests = [answer, output, { name: "o.xls", bytes: small }].map((one) => ({
      ...{ answer, output: one, position: "A1" },
    }));
    const found = await Promise.all(requests.map((one) => pool.compare(one, "strict")));
    expect(found).toEqual(requests.map((one) => compareWorkbooks(one, "strict")));
  });

  test("what takes too long has no verdict, and the next comparison has a thread", async () => {
    const hasty = openGradePool({ timeoutMs: 1, threads: 1 });
    const request = { answer, output: answer, position: "A1" };
    const found = await Promise.all([
      hasty.compare(request, "strict"),
      hasty.compare(request, "strict"),
    ]);
    for (const one of found) expect(one).toMatchObject({ kind: "ungraded", reason: "limits" });
    await hasty.close();
  });

  test("a closed pool refuses work, and what waits is told", async () => {
    const closing = openGradePool({ threads: 1 });
    const request = { answer, output: answer, position: "A1" };
    const waiting = [1, 2].map(() => closing.compare(request, "strict"));
    const settled = Promise.allSettled(waiting);
    await closing.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(closing.compare(request, "strict")).rejects.toThrow("is closed");
  });
});

test("a workbook with thousands of sheets is too large", () => {
  const entry = (n: number) => `<sheet name="S" sheetId="${n}" r:id="rId1"/>`;
  const space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const list = Array.from({ length: 2001 }, (_, n) => entry(n + 1)).join("");
  const parts = {
    "xl/workbook.xml": `<workbook ${main} ${space}><sheets>${list}</sheets></workbook>`,
  };
  expect(refusalOf(rawWorkbook({ sheets: { S: "" }, parts }))).toBe(
    "limits: the workbook has more than 2000 sheets",
  );
});
