import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataset } from "../../../domains/wtq/load.ts";
import { openSource } from "../../../domains/wtq/source.ts";
import { standardCsv, standardRows } from "../../../domains/wtq/tables.ts";
import { InputError } from "../../../harness/errors.ts";
import { realWtq } from "../../support/wtq/places.ts";

const header = "id\tutterance\tcontext\ttargetValue\n";
const files = {
  "data/training.tsv": `${header}nt-0\twhat is a\\pb?\tcsv/1-csv/0.csv\tx\\py|z\nnt-1\tand?\tcsv/1-csv/0.csv\t3 km\n`,
  "canon/training.canon-derived.tsv": "id\ttargetCanon\nnt-1\t3.0\nnt-0\tx\\py|z\n",
  "csv/1-csv/0.csv": '"Title","Note\nor not"\n"\\"Ode\\"","a\\\\b, c"\n',
};
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "wtq-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function writeTree(changes: Readonly<Record<string, string>> = {}): string {
  for (const [path, text] of Object.entries({ ...files, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function writeArchive(): Promise<string> {
  const archive = pack();
  for (const [name, text] of Object.entries(files)) archive.entry({ name: `./${name}` }, text);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  writeFileSync(join(root, "wtq.tar.gz"), gzipSync(Buffer.concat(chunks)));
  return root;
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error instanceof Error ? error.message.replaceAll(root, "ROOT") : "";
}

describe("reading a data set", () => {
  test.each([
    ["unpacked tree", async () => writeTree()],
    ["archive", writeArchive],
  ])("an %s gives tasks with escapes undone", async (_, write) => {
    const { info, load } = await openDataset(await write(), "nowhere");
    expect(info).toMatchObject({ name: "WikiTableQuestions 1.0.2", real: true });
    const csv = '"Title","Note\nor not"\n"""Ode""","a\\b, c"\n';
    const group = "csv/1-csv/0.csv";
    expect(await load("training", {})).toEqual([
      {
        id: "nt-0",
        group,
        input: { question: "what is a|b?", table: group, csv },
        reference: { target: ["x|y", "z"], canon: ["x|y", "z"] },
      },
      {
        id: "nt-1",
        group,
        input: { question: "and?", table: group, csv },
        reference: { target: ["3 km"], canon: ["3.0"] },
      },
    ]);
  });

  test("an archive and its tree have one digest, and any change another", async () => {
    const packed = await openSource(await writeArchive());
    rmSync(join(root, "wtq.tar.gz"));
    const tree = await openSource(writeTree());
    expect(tree?.digest).toBe(packed?.digest);
    const changed = await openSource(writeTree({ "csv/1-csv/0.csv": '"Title"\n"Ode"\n' }));
    expect(changed?.digest).not.toBe(tree?.digest);
  });

  test("answers of a task without canonical form stand for themselves", async () => {
    writeTree();
    rmSync(join(root, "canon"), { recursive: true });
    const tasks = await (await openDataset(root, "nowhere")).load("training", {});
    expect(tasks.map(({ reference }) => reference["canon"])).toEqual([null, null]);
  });

  test("canonical forms are taken from upstream's tagged files where they lie", async () => {
    const tagged = "id\tutterance\ttargetCanon\ttargetCanonType\nnt-1\tand?\t4.0\tnumber\n";
    writeTree({ "tagged/data/training.tagged": tagged });
    const tasks = await (await openDataset(root, "nowhere")).load("training", {});
    expect(tasks.map(({ reference }) => reference["canon"])).toEqual([null, ["4.0"]]);
  });

  test("without real data the sample is read, and says so", async () => {
    const { info } = await openDataset(join(root, "not-here"), writeTree());
    expect(info).toMatchObject({ name: "wtq sample", real: false });
  });
});

describe("what is wrong with a data set is said with file and line", () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "a line with too few fields",
      { "data/training.tsv": `${header}nt-0\twhat?\tcsv/1-csv/0.csv\n` },
      "data/training.tsv:2: the line has 3 fields, the header 4.",
    ],
    [
      "a header without a column",
      { "data/training.tsv": "id\tquestion\tcontext\ttargetValue\n" },
      "data/training.tsv:1: utterance: the header has no such column.",
    ],
    [
      "a table that is not there",
      { "data/training.tsv": `${header}nt-9\twhat?\tcsv/1-csv/7.csv\tx\n` },
      "data/training.tsv:2: context: the table csv/1-csv/7.csv is missing.",
    ],
    [
      "a table that does not parse",
      { "csv/1-csv/0.csv": '"a","b"\n"c","d"e"\n' },
      "csv/1-csv/0.csv:2: a quotation mark is not closed, or stands inside a cell",
    ],
    ["an empty table", { "csv/1-csv/0.csv": "" }, "csv/1-csv/0.csv:1: the table is empty."],
    [
      "canonical answers of another number",
      { "canon/training.canon-derived.tsv": "id\ttargetCanon\nnt-0\tx\n" },
      "data/training.tsv:2: targetValue: nt-0 has 2 answers but 1 canonical ones.",
    ],
  ])("%s", async (_, changes, problem) => {
    const { load } = await openDataset(writeTree(changes), "nowhere");
    expect(await problemOf(load("training", {}))).toContain(`ROOT: ${problem}`);
  });

  test("a split that is not there, or that nobody knows", async () => {
    const { load } = await openDataset(writeTree(), "nowhere");
    expect(await problemOf(load("pristine-seen", {}))).toContain(
      "ROOT: data/pristine-seen-tables.tsv: the file is missing.",
    );
    expect(await problemOf(load("test", {}))).toContain('there is no split "test"');
  });

  test("a damaged archive", async () => {
    writeFileSync(join(root, "wtq.tar.gz"), "no archive");
    expect(await problemOf(openDataset(root, "nowhere"))).toContain(
      "ROOT/wtq.tar.gz: the archive cannot be read",
    );
  });
});

describe("tables", () => {
  const cells = fc.array(
    fc.array(fc.string({ unit: fc.constantFrom(..."ab,\"\\\n é'") }), {
      minLength: 2,
      maxLength: 4,
    }),
    { minLength: 1, maxLength: 5 },
  );

  test("cells come through both notations unchanged", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const text = rows
          .map((row) => row.map((it) => `"${it.replace(/["\\]/g, "\\$&")}"`).join(","))
          .join("\n");
        expect(standardRows(standardCsv(text, "t.csv"))).toEqual(rows);
      }),
    );
  });

  const real = realWtq();
  test.skipIf(real === undefined)(
    `all real tables are standard after their escapes are${real === undefined ? " (skipped: no real data)" : ""}`,
    async () => {
      const source = await openSource(real ?? "");
      const tables = [...(source?.files ?? [])].filter(([path]) => path.startsWith("csv/"));
      expect(tables).toHaveLength(2108);
      const ragged: string[] = [];
      const different: string[] = [];
      let escaped = 0;
      for (const [path, bytes] of tables) {
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        const csv = standardCsv(text, path);
        const byHand = text.replace(/\\([\s\S])/g, (_, it: string) => (it === '"' ? '""' : it));
        if (csv !== byHand) different.push(path);
        if (text.includes("\\")) escaped++;
        const rows = standardRows(csv);
        if (rows.some((row) => row.length !== rows[0]?.length)) ragged.push(path);
      }
      expect(escaped).toBe(270);
      expect(different).toEqual([]);
      expect(ragged).toEqual([]);
    },
  );
});

test("a directory in place of a file is named", async () => {
  writeTree();
  mkdirSync(join(root, "data/more.tsv"));
  await expect(openSource(root)).rejects.toThrow(/more\.tsv: it is there and cannot be read/);
});
