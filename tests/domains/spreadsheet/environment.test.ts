import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { spreadsheet } from "../../../domains/spreadsheet/domain.ts";
import { workbookFile } from "../../../domains/spreadsheet/rule-agent/generate/workbook-file.ts";
import type {
  DomainOptions,
  Grade,
  Json,
  Sandbox,
  Task,
} from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { datasetRow, directoryOf, oneTask, workbook } from "../../support/spreadsheet/dataset.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

type Files = Readonly<Record<string, Uint8Array | string>>;

async function taskOf(row: object = datasetRow(), files: Files = oneTask): Promise<Task> {
  const directory = directoryOf({ "dataset.json": JSON.stringify([row]), ...files });
  const dataset = await spreadsheet.open(directory);
  const [task] = await dataset.load(row && "several" in row ? "full" : "verified", {});
  if (task === undefined) throw new Error("there is no task");
  return task;
}

async function graded(
  task: Task,
  sandbox: Sandbox,
  options: DomainOptions = {},
  submission: Json = "done",
): Promise<Grade> {
  return spreadsheet.grade(task, await spreadsheet.collect(task, submission, sandbox, options));
}

const given = workbook([[1]]);
const right = workbook([[1, 2]]);

describe("what the agent is given", () => {
  test("the seven fields, with a glimpse of every sheet", async () => {
    const input = workbookFile([
      {
        name: "Data",
        rows: [
          ["Name", "Born"],
          ["Ada", { serial: 45_000 }],
          ["Bo, the 2nd", 7],
        ],
      },
      { name: "Empty", rows: [] },
    ]);
    const files = { ...oneTask, "spreadsheet/1/1_1_init.xlsx": input };
    const text = spreadsheet.prompt(await taskOf(datasetRow(), files), {});
    expect([...text.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)).toEqual([
      "working_directory",
      "instruction",
      "spreadsheet_path",
      "spreadsheet_content",
      "instruction_type",
      "answer_position",
      "output_path",
    ]);
    expect(text).toContain("### instruction\nWrite 2 to B1.\n");
    expect(text).toContain(
      'Sheet "Data", 3 rows, 2 columns:\nName,Born\nAda,2023-03-15 00:00:00\n"Bo, the 2nd",7\n\nSheet "Empty", 1 rows, 1 columns:',
    );
    expect(text).not.toContain("solution.sh");
  });

  test("a glimpse is a few thousand characters of whatever there is", async () => {
    const wide = Array.from({ length: 200 }, () => "x".repeat(200));
    const input = workbook(Array.from({ length: 300 }, () => wide));
    const task = await taskOf(datasetRow(), { ...oneTask, "spreadsheet/1/1_1_init.xlsx": input });
    const text = spreadsheet.prompt(task, {});
    expect(text.length).toBeLessThan(6000);
    expect(text).toContain("300 rows, 200 columns");
  });

  test("a sheet with a million formatted empty rows is handed over without a glimpse", async () => {
    const rows = Array.from(
      { length: 1_000_000 },
      (_, index) => `<row r="${index + 2}" s="0" customFormat="1" ht="15"/>`,
    );
    const xml = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>${rows.join("")}</sheetData></worksheet>`;
    const input = withSheet(Buffer.from(xml));
    const task = await taskOf(datasetRow(), { ...oneTask, "spreadsheet/1/1_1_init.xlsx": input });
    const before = performance.now();
    expect(spreadsheet.prompt(task, {})).toMatch(/\[No preview: the workbook is too large/);
    expect(performance.now() - before).toBeLessThan(3000);
    expect((await spreadsheet.files(task, {})).size).toBe(1);
  }, 60_000);

  test("the sheet that the data set names is told to who is graded by it", async () => {
    const task = await taskOf(datasetRow({ answer_sheet: "Sheet1" }));
    expect(spreadsheet.prompt(task, { grader: "strict" })).toContain("B1\n(on the sheet Sheet1)\n");
    expect(spreadsheet.prompt(task, { grader: "upstream" })).not.toContain("on the sheet Sheet1");
  });

  test("only the input lies in the working directory", async () => {
    const files = await spreadsheet.files(await taskOf(), {});
    expect([...files.keys()]).toEqual(["input.xlsx"]);
    expect(Buffer.from(files.get("input.xlsx") ?? "").equals(given)).toBe(true);
  });

  test("no part of the answer stands in what an agent can see", async () => {
    const golden = workbook([[1, "needle-4711"]]);
    const files = { ...oneTask, "spreadsheet/1/1_1_golden.xlsx": golden };
    const task = await taskOf(datasetRow(), files);
    const seen = [spreadsheet.instructions({}), spreadsheet.prompt(task, {}), JSON.stringify(task)];
    expect(seen.join("\n")).not.toContain("needle");
    expect(spreadsheet.reveal(task)).toEqual({
      text: "Expected in B1; cells that are not listed are empty:\nSheet1!B1 = needle-4711",
      items: ["needle-4711"],
    });
  });

  test("the items of the reference are what the input does not have in the same place", async () => {
    const files = {
      "spreadsheet/1/1_1_init.xlsx": workbook([["kept", "old"]]),
      "spreadsheet/1/1_1_golden.xlsx": workbook([["kept", "new"]]),
    };
    const task = await taskOf(datasetRow({ answer_position: "A1:B1" }), files);
    expect(spreadsheet.reveal(task).items).toEqual(["new"]);
  });
});

describe("a workbook that nobody can work on leaves its episodes ungraded", () => {
  const problems: readonly [string, Uint8Array | string, RegExp][] = [
    ["no zip", "not a workbook", /not a zip archive/],
    ["empty", "", /not a zip archive/],
    [
      "locked with a password",
      Buffer.from("d0cf11e0a1b11ae100000000", "hex"),
      /password-protected/,
    ],
    ["cut off", Buffer.from(right).subarray(0, 900), /zip/],
  ];
  test.each(problems)("%s", async (_, input, problem) => {
    const task = await taskOf(datasetRow(), { ...oneTask, "spreadsheet/1/1_1_init.xlsx": input });
    const error: unknown = await spreadsheet.files(task, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(problem);
    expect(String(error)).toContain("1_1_init.xlsx");
    expect(spreadsheet.prompt(task, {})).toContain("[No preview: ");
  });

  test("a task that its data set excludes is ungraded by strict, and played for the published graders", async () => {
    const task = await taskOf(datasetRow({ exclude: "the golden is wrong" }));
    await expect(spreadsheet.files(task, { grader: "strict" })).rejects.toThrow(
      /task 1: the data set excludes it \(the golden is wrong\)/,
    );
    expect((await spreadsheet.files(task, { grader: "upstream" })).size).toBe(1);
    const sandbox = fileSandbox({ "output.xlsx": right });
    expect(await graded(task, sandbox)).toMatchObject({ kind: "ungraded" });
    expect(await graded(task, sandbox, { grader: "upstream" })).toMatchObject({ score: 1 });
  });
});

describe("what the agent left is graded", () => {
  test.each(["strict", "upstream", "reference"])(
    "the expected cells pass, by %s",
    async (grader) => {
      const task = await taskOf();
      const evidence = await spreadsheet.collect(
        task,
        "done",
        fileSandbox({ "output.xlsx": right }),
        { grader },
      );
      expect(spreadsheet.grade(task, evidence)).toMatchObject({
        kind: "graded",
        score: 1,
        passed: true,
      });
      expect(JSON.stringify(evidence).length).toBeLessThan(1000);
      expect(spreadsheet.grade(task, JSON.parse(JSON.stringify(evidence)))).toEqual(
        spreadsheet.grade(task, evidence),
      );
    },
  );

  test("cells that are not asked about may be anything", async () => {
    const sandbox = fileSandbox({ "output.xlsx": workbook([["other", 2, 3], [4]]) });
    expect(await graded(await taskOf(), sandbox)).toMatchObject({ score: 1 });
  });

  test.each<[string, Uint8Array | undefined, RegExp]>([
    ["another value", workbook([[1, 3]]), /B1/],
    ["nothing in the cell", workbook([[1]]), /B1/],
    ["another sheet", workbook([[1, 2]], "Other"), /no sheet "Sheet1"/],
    ["no output.xlsx", undefined, /no output/],
    ["no workbook", Buffer.from("sorry"), /not a zip archive/],
    ["an empty file", Buffer.alloc(0), /not a zip archive/],
    ["a bomb", bomb(), /too large/],
  ])("%s fails with the reason, whatever was submitted", async (_, output, because) => {
    const task = await taskOf();
    const sandbox = fileSandbox(output === undefined ? {} : { "output.xlsx": output });
    for (const submission of ["done", "", { cells: [2] }, null]) {
      const grade = await graded(task, sandbox, {}, submission);
      expect(grade).toMatchObject({ kind: "graded", score: 0, passed: false });
      expect(grade.because).toMatch(because);
    }
  });

  test("a pass that the untouched input gets too is marked", async () => {
    const files = { ...oneTask, "spreadsheet/1/1_1_init.xlsx": right };
    const task = await taskOf(datasetRow(), files);
    const grade = await graded(task, fileSandbox({ "output.xlsx": right }));
    expect(grade).toMatchObject({ score: 1, metrics: { untouched: 1 } });
  });

  test("a golden that is too large for us leaves the task ungraded", async () => {
    const files = { ...oneTask, "spreadsheet/1/1_1_golden.xlsx": bomb() };
    const task = await taskOf(datasetRow(), files);
    expect(await graded(task, fileSandbox({ "output.xlsx": right }))).toMatchObject({
      kind: "ungraded",
    });
  });
});

describe("a task with several cases", () => {
  const files = Object.fromEntries(
    [1, 2, 3].flatMap((number) => [
      [`spreadsheet/1/${number}_1_input.xlsx`, workbook([[number]])],
      [`spreadsheet/1/${number}_1_answer.xlsx`, workbook([[number, number * 2]])],
    ]),
  );
  const load = () => taskOf({ ...datasetRow(), several: true }, files);

  /** Runs what the harness asks for with a script that knows some inputs. */
  function scripted(outputs: ReadonlyMap<number, Uint8Array>, first?: Uint8Array): Sandbox {
    const held = fileSandbox(first === undefined ? {} : { "output.xlsx": first });
    let runs = 0;
    return {
      ...held,
      async exec(command) {
        expect(command).toContain("solution.sh");
        runs++;
        await held.write("output.xlsx", outputs.get(runs + 1) ?? "");
        return { exitCode: 0, stdout: "", stderr: "", timedOut: false };
      },
    };
  }
  const answer = (number: number) => workbook([[number, number * 2]]);

  test("asks for a script that does the work again", async () => {
    expect(spreadsheet.prompt(await load(), {})).toMatch(
      /repeated on 2 other workbooks.*`solution\.sh`/,
    );
  });

  test("is graded by the file that was left and by what the script makes of the other inputs", async () => {
    const all = scripted(new Map([2, 3].map((number) => [number, answer(number)])), answer(1));
    expect(await graded(await load(), all)).toMatchObject({ score: 1, passed: true });
  });

  test("soft is the share of cases that pass, hard is all of them", async () => {
    const some = scripted(new Map([[2, answer(2)]]), answer(1));
    const grade = await graded(await load(), some);
    expect(grade).toMatchObject({ passed: false });
    expect(grade.kind === "graded" && grade.score).toBeCloseTo(2 / 3);
  });

  test("without a script only the first case can pass", async () => {
    const none = scripted(new Map(), answer(1));
    const grade = await graded(await load(), none);
    expect(grade.kind === "graded" && grade.score).toBeCloseTo(1 / 3);
  });
});

describe("recalculation before grading", () => {
  test("needs LibreOffice only where it is asked for", () => {
    const needs = (options: DomainOptions) =>
      spreadsheet.needs(options).map(({ capability }) => capability);
    expect(needs({})).not.toContain("libreoffice");
    expect(needs({ recalculate: "libreoffice" })).toContain("libreoffice");
  });

  test("is a metric of its own and changes no verdict", async () => {
    const held = fileSandbox({ "output.xlsx": workbook([[1]]) });
    const sandbox: Sandbox = {
      ...held,
      async exec(command) {
        expect(command).toContain("soffice");
        await held.write("recalculated/output.xlsx", right);
        return { exitCode: 0, stdout: "", stderr: "", timedOut: false };
      },
    };
    expect(await graded(await taskOf(), sandbox, { recalculate: "libreoffice" })).toMatchObject({
      score: 0,
      passed: false,
      metrics: { "recalculated soft score": 1 },
    });
  });
});

/** A workbook whose sheet unpacks to 300 MB. */
function bomb(): Uint8Array {
  return withSheet(Buffer.alloc(300 * 2 ** 20, " "));
}

/** A workbook with other XML as its sheet. */
function withSheet(xml: Buffer): Uint8Array {
  const book = Buffer.from(right);
  const name = "xl/worksheets/sheet1.xml";
  const packed = deflateRawSync(xml, { level: 9 });
  const local = book.indexOf(name) - 30;
  const next = book.indexOf("PK\x03\x04", local + 4, "latin1");
  const at = book.lastIndexOf(name) - 46;
  const head = Buffer.from(book.subarray(local, local + 30 + name.length));
  const grown = packed.length - (next - local - head.length);
  for (const [buffer, place] of [
    [head, 14],
    [book, at + 16],
  ] as const) {
    buffer.writeUInt32LE(crc32(xml), place);
    buffer.writeUInt32LE(packed.length, place + 4);
    buffer.writeUInt32LE(xml.length, place + 8);
  }
  const end = book.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const directory = book.readUInt32LE(end + 16);
  for (let place = directory; place < end; place += 46 + book.readUInt16LE(place + 28)) {
    const offset = book.readUInt32LE(place + 42);
    if (offset > local) book.writeUInt32LE(offset + grown, place + 42);
  }
  book.writeUInt32LE(directory + grown, end + 16);
  return Buffer.concat([book.subarray(0, local), head, packed, book.subarray(next)]);
}

test("only a language model needs Python's openpyxl, and can do without pandas", () => {
  const needs = spreadsheet.needs({}).map(({ capability, neededBy, optional = false }) => ({
    capability,
    neededBy,
    optional,
  }));
  expect(needs).toEqual([
    { capability: "openpyxl", neededBy: "language-model", optional: false },
    { capability: "pandas", neededBy: "language-model", optional: true },
  ]);
});
