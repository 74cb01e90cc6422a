import { deflateRawSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import ExcelJs from "exceljs";
import { describe, expect, test } from "vitest";
import { wtq } from "../../../domains/wtq/domain.ts";
import type { Task } from "../../../harness/contracts/index.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const task: Task = {
  id: "nt-7",
  group: "csv/1-csv/0.csv",
  input: {
    question: "who won?",
    table: "csv/1-csv/0.csv",
    csv: '"Title","Year"\n"""Ode"", part 1","1,990"\n"Hymn\nof dawn","007"\n',
  },
  reference: { target: ["Ode", "3 km"], canon: ["Ode", "3.0"] },
};
const rows = [
  ["Title", "Year"],
  ['"Ode", part 1', "1,990"],
  ["Hymn\nof dawn", "007"],
];

async function workbook(fill: (sheet: ExcelJs.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJs.Workbook();
  fill(book.addWorksheet("Sheet1"));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe("the table as CSV", () => {
  const options = { render: "csv" };

  test("the user message starts with the question and names the file", () => {
    expect(wtq.prompt(task, options)).toBe("Question: who won?\n\nThe table is in `table.csv`.");
  });

  test("csv is the default", () => {
    expect(wtq.prompt(task, {})).toBe(wtq.prompt(task, options));
    expect(wtq.options["render"]?.[0]).toBe("csv");
  });

  test("the file is standard CSV", async () => {
    const files = await wtq.files(task, options);
    expect([...files.keys()]).toEqual(["table.csv"]);
    expect(parse(String(files.get("table.csv")))).toEqual(rows);
  });

  test.each([
    ["Ode\n3 km", ["Ode", "3 km"]],
    ["  Ode \r\n\r\n\t3 km\r", ["Ode", "3 km"]],
    ["a, b | c", ["a, b | c"]],
    ["", []],
    [{ answer: ["Ode"] }, ['{"answer":["Ode"]}']],
  ])("the submission %j has the items %j", async (submission, items) => {
    expect(await wtq.collect(task, submission, fileSandbox(), options)).toEqual({ items });
  });
});

describe("the table as a workbook", () => {
  const options = { render: "xlsx" };

  test("the user message says where the table is and where the answer goes", () => {
    expect(wtq.prompt(task, options)).toBe(
      "Question: who won?\n\nThe table is in the first sheet of `table.xlsx`. Write the answer to `answer.xlsx` (first sheet, column A, one item a row), then submit the word done.",
    );
  });

  test("every cell is text, as in the table", async () => {
    const bytes = (await wtq.files(task, options)).get("table.xlsx");
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(new Uint8Array(bytes as Uint8Array).buffer);
    const read: unknown[] = [];
    book.worksheets[0]?.eachRow((row) => {
      read.push([row.getCell(1).value, row.getCell(2).value]);
    });
    expect(read).toEqual(rows);
  });

  test("the answer is column A of the first sheet", async () => {
    const bytes = await workbook((sheet) => {
      sheet.getCell("A1").value = "Ode";
      sheet.getCell("A3").value = { richText: [{ text: "3 " }, { text: "km" }] };
      sheet.getCell("A4").value = 12.5;
      sheet.getCell("A5").value = { formula: "2+3", result: 5 };
      sheet.getCell("A6").value = new Date(Date.UTC(1998, 2, 9));
      sheet.getCell("B2").value = "a note";
    });
    const evidence = await wtq.collect(
      task,
      "done",
      fileSandbox({ "answer.xlsx": bytes }),
      options,
    );
    expect(evidence).toEqual({ items: ["Ode", "3 km", "12.5", "5", "1998-03-09"] });
  });

  test("the expected items written to the workbook score 1, an empty workbook 0", async () => {
    const score = async (items: readonly string[]) => {
      const bytes = await workbook((sheet) => {
        for (const item of items) sheet.addRow([item]);
      });
      const sandbox = fileSandbox({ "answer.xlsx": bytes });
      return wtq.grade(task, await wtq.collect(task, "done", sandbox, options));
    };
    expect(await score(wtq.reveal(task).items)).toMatchObject({ score: 1 });
    expect(await score([])).toMatchObject({ score: 0 });
  });

  test.each<[string, Uint8Array | undefined, string]>([
    ["no file", undefined, "there is no answer.xlsx"],
    ["text", new TextEncoder().encode("Ode"), "the file is no workbook, or a huge one"],
    [
      "a zip of something else",
      zip("a.txt", Buffer.from("hello")),
      "the file is no readable workbook",
    ],
    ["a bomb", zip("a.xml", Buffer.alloc(50 << 20)), "the file is no workbook, or a huge one"],
    ["a huge file", new Uint8Array(2 << 20), "the workbook is larger than 1 MiB"],
  ])("%s gives no items and says why", async (_, bytes, problem) => {
    const sandbox = fileSandbox(bytes === undefined ? {} : { "answer.xlsx": bytes });
    const evidence = await wtq.collect(task, "done", sandbox, options);
    expect(evidence).toEqual({ items: [], problem });
  });

  test("bytes cut anywhere never throw", async () => {
    const bytes = await workbook((sheet) => sheet.addRow(["Ode"]));
    for (let cut = 0; cut < bytes.length; cut += Math.ceil(bytes.length / 40)) {
      const sandbox = fileSandbox({ "answer.xlsx": bytes.slice(0, cut) });
      expect(await wtq.collect(task, "done", sandbox, options)).toMatchObject({ items: [] });
    }
  });
});

test("instructions name the tools and the form of the answer, and nothing that is left to skills", () => {
  for (const render of ["csv", "xlsx"]) {
    const text = wtq.instructions({ render });
    expect(text).toContain("`submit`");
    expect(text).not.toMatch(/total|footnote|duplicate|sort|careful/i);
  }
});

test("the reference is revealed with what it stands for", () => {
  expect(wtq.reveal(task)).toEqual({
    text: "Expected answer, 2 items:\nOde\n3 km (meaning 3.0)",
    items: ["Ode", "3 km"],
  });
});

/** A zip with one entry that declares to be small. */
function zip(name: string, content: Buffer): Uint8Array {
  const data = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(10, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(10, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  const label = Buffer.from(name);
  return new Uint8Array(Buffer.concat([local, label, data, central, label, end]));
}

test("a final reply states its items behind `Answer:`, unless they belong into a workbook", () => {
  const reply = "I count two.\n\nAnswer:\nOde\nHymn of dawn";
  expect(wtq.answerIn?.(reply, {})).toBe("Ode\nHymn of dawn");
  expect(wtq.answerIn?.(reply, { render: "xlsx" })).toBeUndefined();
  expect(wtq.answerIn?.("There are two.", {})).toBeUndefined();
});

describe("asked directly", () => {
  const form = wtq.direct?.({ render: "csv" });

  test("is for those who ask for it, and not where the answer is a workbook", () => {
    expect(form?.isDefault).toBe(false);
    expect(wtq.direct?.({ render: "xlsx" })).toBeUndefined();
  });

  test("the message has the table as the agent would find it, then the question", async () => {
    const files = await wtq.files(task, { render: "csv" });
    const material = form?.material?.(task) ?? "";
    expect(material).toBe(files.get("table.csv"));
    const message = form?.message(task, material) ?? "";
    expect(message).toContain(`\`\`\`csv\n${material}\`\`\`\n\nQuestion: who won?\n`);
  });

  test("a table with a pattern of replacement or a placeholder in it stays as it is", () => {
    expect(form?.message(task, "$& {{question}}")).toContain("```csv\n$& {{question}}\n```");
  });

  test("the form that is asked for is read, item by item", async () => {
    const answer = wtq.answerIn?.("Two of them.\n\nAnswer:\nOde\n3 km", {}) ?? "";
    const evidence = await wtq.collect(task, answer, fileSandbox(), {});
    expect(wtq.grade(task, evidence)).toMatchObject({ score: 1 });
  });

  test("no text speaks of a tool or a file", () => {
    for (const text of [form?.instructions, form?.about, form?.message(task, "")])
      expect(text).not.toMatch(/table\.csv|shell|bash|submit/);
  });
});
