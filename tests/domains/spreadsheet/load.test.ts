import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { Library } from "../../../domains/spreadsheet/library.ts";
import { openDataset } from "../../../domains/spreadsheet/load.ts";
import { type CaseFile, spreadsheetTask } from "../../../domains/spreadsheet/task.ts";
import type { Task } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { datasetRow, directoryOf, oneTask, workbook } from "../../support/spreadsheet/dataset.ts";

type Files = Readonly<Record<string, Uint8Array | string>>;

const set = (rows: readonly unknown[], files: Files = oneTask): Files => ({
  "dataset.json": JSON.stringify(rows),
  ...files,
});
const open = (files: Files) => openDataset(directoryOf(files), "nowhere", new Library());
const load = async (files: Files, split = "verified") => (await open(files)).load(split, {});

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error instanceof Error ? error.message : "";
}

function inputOf([task]: readonly Task[]): CaseFile {
  const [file] = task === undefined ? [] : spreadsheetTask(task).input.workbooks;
  if (file === undefined) throw new Error("there is no workbook");
  return file;
}

async function archive(files: Files, top: string): Promise<Uint8Array> {
  const tar = pack();
  for (const [path, content] of Object.entries(files))
    tar.entry({ name: `${top}${path}` }, Buffer.from(content));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

describe("a data set", () => {
  test("gives tasks with the digests of their workbooks, and keeps paths relative", async () => {
    const [task] = await load(set([datasetRow({ answer_sheet: "Sheet1" })]));
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(task).toEqual({
      id: "1",
      group: "1",
      input: {
        instruction: "Write 2 to B1.",
        type: "Cell-Level Manipulation",
        answerPosition: "B1",
        answerSheet: "Sheet1",
        workbooks: [{ path: "spreadsheet/1/1_1_init.xlsx", sha256: digest }],
      },
      reference: {
        goldens: [{ path: "spreadsheet/1/1_1_golden.xlsx", sha256: digest }],
        exclude: null,
      },
    });
  });

  test("an archive gives the same tasks and the same digest as the unpacked tree", async () => {
    const files = set([datasetRow()]);
    const packed = await archive(
      { ...files, "spreadsheet/1/._1_1_init.xlsx": "hidden", "spreadsheet/1/prompt.txt": "?" },
      "spreadsheetbench_verified_400/",
    );
    const library = new Library();
    const directory = directoryOf({ "spreadsheetbench_verified_400.tar.gz": packed });
    const zipped = await openDataset(directory, "nowhere", library);
    const tree = await open(files);
    expect(zipped.info.digest).toBe(tree.info.digest);
    const tasks = await zipped.load("verified", {});
    expect(tasks).toEqual(await tree.load("verified", {}));
    expect(Buffer.from(library.read(inputOf(tasks))).equals(workbook([[1]]))).toBe(true);
  });

  test.each([
    "",
    "spreadsheetbench-verified-400/",
    "spreadsheetbench-verified-400/spreadsheetbench_verified_400/",
    "spreadsheet/spreadsheetbench_verified_400/",
  ])("is found at %j below the data directory", async (folder) => {
    const files = Object.entries(set([datasetRow()]));
    const moved = Object.fromEntries(files.map(([path, text]) => [`${folder}${path}`, text]));
    expect((await open(moved)).info).toMatchObject({
      name: "SpreadsheetBench-Verified",
      real: true,
    });
  });

  test("a changed workbook changes the digest of the data and of its task", async () => {
    const other = { ...oneTask, "spreadsheet/1/1_1_golden.xlsx": workbook([[1, 3]]) };
    const [one, two] = await Promise.all([
      open(set([datasetRow()])),
      open(set([datasetRow()], other)),
    ]);
    expect(one.info.digest).not.toBe(two.info.digest);
    expect((await one.load("verified", {}))[0]).not.toEqual((await two.load("verified", {}))[0]);
  });

  test("the shipped sample is used where there is no data", async () => {
    const sample = directoryOf(set([datasetRow()]));
    const { info } = await openDataset(directoryOf({}), sample, new Library());
    expect(info).toMatchObject({ name: "spreadsheet sample", real: false });
  });
});

describe("the oddities of the released data", () => {
  const plain = Object.values(oneTask) as [Uint8Array, Uint8Array];

  test.each<[string, string, string]>([
    ["initial and golden without a number", "initial.xlsx", "golden.xlsx"],
    ["a golden that bears another id", "1_1_init.xlsx", "1_43930_golden.xlsx"],
    ["the names of the large set", "1_1_input.xlsx", "1_1_answer.xlsx"],
  ])("%s", async (_, input, golden) => {
    const files = { [`spreadsheet/1/${input}`]: plain[0], [`spreadsheet/1/${golden}`]: plain[1] };
    const [task] = await load(set([datasetRow()], files));
    expect(task?.input["workbooks"]).toMatchObject([{ path: `spreadsheet/1/${input}` }]);
    expect(task?.reference["goldens"]).toMatchObject([{ path: `spreadsheet/1/${golden}` }]);
  });

  test("ids may be numbers, and paths may leave the folder spreadsheet out", async () => {
    const [task] = await load(set([datasetRow({ id: 1, spreadsheet_path: "1" })]));
    expect(task?.id).toBe("1");
  });

  test("tasks on the same workbook, byte for byte, are one group", async () => {
    const files = {
      ...oneTask,
      "spreadsheet/2/1_2_init.xlsx": plain[0],
      "spreadsheet/2/1_2_golden.xlsx": plain[1],
    };
    const second = datasetRow({ id: "2", spreadsheet_path: "spreadsheet/2" });
    const tasks = await load(set([datasetRow(), second], files));
    expect(tasks.map(({ group }) => group)).toEqual(["1", "1"]);
  });

  test("a set with several cases a task is the split full", async () => {
    const files = Object.fromEntries(
      [1, 2, 3].flatMap((number) => [
        [`spreadsheet/1/${number}_1_input.xlsx`, workbook([[number]])],
        [`spreadsheet/1/${number}_1_answer.xlsx`, workbook([[number, 2]])],
      ]),
    );
    const dataset = await open(set([datasetRow()], files));
    const [task] = await dataset.load("full", {});
    expect(task?.input["workbooks"]).toHaveLength(3);
    expect(await problemOf(dataset.load("verified", {}))).toMatch(
      /SpreadsheetBench-Verified is not there.*npm run data -- fetch spreadsheet/,
    );
  });
});

describe("splits", () => {
  const many = (kinds: readonly string[]): Files => {
    const rows = kinds.map((kind, index) =>
      datasetRow({
        id: String(index),
        spreadsheet_path: `spreadsheet/${index}`,
        instruction_type: kind,
      }),
    );
    const files = kinds.flatMap((_, index) => [
      [`spreadsheet/${index}/initial.xlsx`, workbook([[index]])],
      [`spreadsheet/${index}/golden.xlsx`, workbook([[index, 2]])],
    ]);
    return set(rows, Object.fromEntries(files));
  };
  const sheetFirst = many([...Array(6).fill("Sheet-Level"), ...Array(14).fill("Cell-Level")]);
  const kindsOf = (tasks: readonly Task[]) =>
    tasks.filter(({ input }) => input["type"] === "Sheet-Level").length;

  test("evolve and test are the halves as released", async () => {
    const dataset = await open(sheetFirst);
    const ids = async (split: string) =>
      (await dataset.load(split, {})).map(({ id }) => Number(id));
    expect(await ids("evolve")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await ids("test")).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  test("the stratified halves have every kind equally often, in every part of them, and no task twice", async () => {
    const dataset = await open(sheetFirst);
    const evolve = await dataset.load("stratified-evolve", {});
    const held = await dataset.load("stratified-test", {});
    expect([kindsOf(evolve), kindsOf(held)]).toEqual([3, 3]);
    expect([1, 2]).toContain(kindsOf(evolve.slice(0, 5)));
    expect(new Set([...evolve, ...held].map(({ id }) => id)).size).toBe(20);
    expect(await (await open(sheetFirst)).load("stratified-test", {})).toEqual(held);
  });

  test("another name is refused with those that there are", async () => {
    expect(await problemOf(load(sheetFirst, "train"))).toMatch(
      /no split "train".*evolve, test, stratified-evolve/,
    );
  });
});

describe("what is wrong is said, with its place", () => {
  const named = (files: Files) => problemOf(load(files));

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["no instruction", { instruction: undefined }, /dataset\.json\[0\]: instruction: /],
    ["a position that is a number", { answer_position: 5 }, /\[0\]: answer_position: /],
    ["an id that is a list", { id: [1] }, /\[0\]: id: /],
    ["an id that is half a number", { id: 1.5 }, /\[0\]: id: /],
    ["an id that leads out", { id: "../1" }, /\[0\]: id: .*no path inside the data set/],
    [
      "a path that leads out",
      { spreadsheet_path: "a/../../b" },
      /spreadsheet_path: .*without `\.\.`/,
    ],
    [
      "an absolute path",
      { spreadsheet_path: "/etc" },
      /spreadsheet_path: "\/etc" is no path inside/,
    ],
    ["a path of another system", { spreadsheet_path: "C:\\x" }, /no path inside the data set/],
    [
      "a folder that is not there",
      { spreadsheet_path: "gone", id: "9" },
      /gone\/.*fetch spreadsheet/,
    ],
  ])("%s", async (_, changes, problem) => {
    expect(await named(set([datasetRow(changes)]))).toMatch(problem);
  });

  test("an id that comes twice", async () => {
    const rows = [datasetRow(), datasetRow({ id: 1 })];
    expect(await named(set(rows))).toMatch(/\[1\]: id: "1" was used before, at .*\[0\]/);
  });

  test("JSON that breaks off", async () => {
    const text = `[\n${JSON.stringify(datasetRow())},\n{"id": "2", "instruc`;
    expect(await named({ ...oneTask, "dataset.json": text })).toMatch(
      /dataset\.json:3: the file is no JSON/,
    );
  });

  test.each(["{}", "[]", "null", '"x"'])("a dataset that is %s", async (text) => {
    expect(await named({ ...oneTask, "dataset.json": text })).toMatch(/no list of tasks/);
  });

  test.each(["init", "golden"])("a missing %s workbook", async (kind) => {
    const files = Object.entries(oneTask).filter(([path]) => !path.includes(kind));
    expect(await named(set([datasetRow()], Object.fromEntries(files)))).toMatch(
      /case 1 has no (input|golden) workbook.*spreadsheet\/1\/1_1_/,
    );
  });

  test("an archive that is cut off", async () => {
    const packed = await archive(set([datasetRow()]), "x/");
    const files = { "spreadsheetbench_verified_400.tar.gz": packed.slice(0, packed.length / 2) };
    expect(await problemOf(open(files))).toMatch(/400\.tar\.gz: the archive cannot be read/);
  });

  test("an archive without a dataset", async () => {
    const packed = await archive(oneTask, "x/");
    expect(await problemOf(open({ "spreadsheetbench_verified_400.tar.gz": packed }))).toMatch(
      /has no dataset\.json/,
    );
  });

  test("a workbook that went away while a study runs does no harm; one that never was is named", async () => {
    const directory = directoryOf(set([datasetRow()]));
    const library = new Library();
    const dataset = await openDataset(directory, "nowhere", library);
    const file = inputOf(await dataset.load("verified", {}));
    rmSync(join(directory, file.path));
    expect(Buffer.from(library.read(file)).equals(workbook([[1]]))).toBe(true);
    expect(() => library.read({ ...file, sha256: "0" })).toThrow(file.path);
  });
});

test("a directory in place of dataset.json says so", async () => {
  const path = directoryOf(oneTask);
  mkdirSync(join(path, "dataset.json"));
  const data = await openDataset(path, "nowhere", new Library());
  expect(await problemOf(data.load("verified", {}))).toContain("dataset.json: it is no file");
});
