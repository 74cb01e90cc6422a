import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import type { Dataset } from "../../../harness/contracts/index.ts";
import { cornered, directoryWith, questionFile, row } from "../../support/visionqa/pages.ts";

const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true });
});

const picture = await cornered().png().toBuffer();

function directory(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = directoryWith(files);
  made.push(root);
  return root;
}

/** A data directory with one set, whose pictures are all there unless `pictures` says otherwise. */
function setOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  pictures: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
    rows.map(({ image }) => [String(image), picture]),
  ),
): string {
  const inSet = Object.entries(pictures).map(([path, bytes]) => [`mine/${path}`, bytes]);
  return directory({
    "mine/val_v1.0.json": questionFile(rows),
    ...Object.fromEntries(inSet),
  });
}

const opened = (rows: Parameters<typeof setOf>[0], pictures?: Parameters<typeof setOf>[1]) =>
  visionqa.open(setOf(rows, pictures));
const failure = (opening: Promise<Dataset>) =>
  opening.then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );
const rows = (count: number, fields: (index: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, index) => row(index + 1, fields(index)));

describe("the data set", () => {
  test("is the one in a directory of the data directory", async () => {
    const { info } = await opened(rows(2));
    expect(info).toMatchObject({ name: "made 1.0, 2 questions", real: true });
  });

  test("may lie in the data directory itself, under the name of the later release, too", async () => {
    const root = directory({
      "val_v1.0_withQT.json": questionFile(rows(1)),
      "documents/p1.png": picture,
    });
    expect((await visionqa.open(root)).info.path).toBe(join(root, "val_v1.0_withQT.json"));
  });

  test("is the first by name of several", async () => {
    const root = directory({
      "b/val_v1.0.json": questionFile(rows(1)),
      "b/documents/p1.png": picture,
      "a/val_v1.0.json": questionFile(rows(1)),
      "a/documents/p1.png": picture,
      "notes.txt": "none",
    });
    expect((await visionqa.open(root)).info.path).toBe(join(root, "a", "val_v1.0.json"));
  });

  test.each([
    ["no directory", undefined],
    ["a directory without a set", "empty"],
  ])("is the sample with %s", async (_, kind) => {
    const root = kind === undefined ? undefined : directory({ "documents/p1.png": picture });
    expect((await visionqa.open(root)).info).toMatchObject({
      name: "visionqa sample",
      real: false,
    });
  });

  test("has another digest when a question or a picture changes", async () => {
    const digest = async (answer: string, bytes: Uint8Array) =>
      (await opened([row(1, { answers: [answer] })], { "documents/p1.png": bytes })).info.digest;
    const other = await cornered(40, 80).png().toBuffer();
    const digests = await Promise.all([
      digest("a", picture),
      digest("b", picture),
      digest("a", other),
      digest("a", picture),
    ]);
    expect(new Set(digests).size).toBe(3);
    expect(digests[3]).toBe(digests[0]);
  });
});

describe("a task", () => {
  test("keeps the answers apart from what the agent is given, and carries the picture's digest", async () => {
    const [task] = await (await opened([row(7, { question: "Who?" })])).load("all", {});
    expect(task).toEqual({
      id: "7",
      group: "doc7",
      input: {
        question: "Who?",
        image: "documents/p7.png",
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      reference: { answers: ["a7"] },
    });
  });

  test("shares its group with the questions on all pages of its document", async () => {
    const dataset = await opened(
      rows(4, (index) => ({ ucsf_document_id: `d${index >> 1}` })),
      {
        ...Object.fromEntries(
          await Promise.all(
            [1, 2, 3, 4].map(async (id) => [
              `documents/p${id}.png`,
              new Uint8Array(
                await cornered(80, 40 + 4 * id)
                  .png()
                  .toBuffer(),
              ),
            ]),
          ),
        ),
      },
    );
    const groups = (await dataset.load("all", {})).map(({ group }) => group);
    expect(groups).toEqual(["d0", "d0", "d1", "d1"]);
  });

  test("shares its group with a document that has the same picture", async () => {
    const groups = (await (await opened(rows(2))).load("all", {})).map(({ group }) => group);
    expect(groups).toEqual(["doc1", "doc1"]);
  });

  test.each([
    [{ ucsf_document_id: undefined }, "7"],
    [{ ucsf_document_id: undefined, docId: undefined }, "documents/p7.png"],
  ])("is grouped by what there is: %j", async (fields, group) => {
    const [task] = await (await opened([row(7, fields)])).load("all", {});
    expect(task?.group).toBe(group);
  });
});

describe("splits", () => {
  /** So many questions, three to a document, all on one page each. */
  async function set(count: number): Promise<Dataset> {
    const documents = Math.ceil(count / 3);
    const pictures = Object.fromEntries(
      Array.from({ length: documents }, (_, index) => [
        `documents/d${index}.png`,
        // Files that differ are enough: the loader does not decode them.
        new TextEncoder().encode(`page ${index}`),
      ]),
    );
    return opened(
      rows(count, (index) => {
        const document = Math.floor(index / 3);
        return { ucsf_document_id: `d${document}`, image: `documents/d${document}.png` };
      }),
      pictures,
    );
  }

  test("paper: the first 2,700 of DocVQA's 5,349, and the other 2,649", async () => {
    const dataset = await set(5349);
    const [evolve, held] = [
      await dataset.load("paper-evolve", {}),
      await dataset.load("paper-test", {}),
    ];
    expect([evolve.length, held.length]).toEqual([2700, 2649]);
    expect([evolve[0]?.id, evolve.at(-1)?.id, held[0]?.id]).toEqual(["1", "2700", "2701"]);
  });

  test("paper, in a small set: the same share, in order", async () => {
    const dataset = await set(200);
    const evolve = await dataset.load("paper-evolve", {});
    expect(evolve).toHaveLength(101);
    expect(evolve.at(-1)?.id).toBe("101");
    expect(await dataset.load("paper-test", {})).toHaveLength(99);
  });

  test("document: halves without a common document, every task in one of them", async () => {
    const dataset = await set(300);
    const [evolve, held, all] = await Promise.all(
      ["document-evolve", "document-test", "all"].map((split) => dataset.load(split, {})),
    );
    const groups = new Set(evolve?.map(({ group }) => group));
    expect(held?.filter(({ group }) => groups.has(group))).toEqual([]);
    expect((evolve?.length ?? 0) + (held?.length ?? 0)).toBe(all?.length);
    expect(Math.abs((evolve?.length ?? 0) - 150)).toBeLessThanOrEqual(3);
  });

  test("document: do not depend on the order of the file", async () => {
    const ids = async (list: Parameters<typeof setOf>[0]) => {
      const pictures = Object.fromEntries(
        list.map(({ image }) => [String(image), new TextEncoder().encode(String(image))]),
      );
      const tasks = await (await opened(list, pictures)).load("document-evolve", {});
      return tasks.map(({ id }) => id).sort();
    };
    const list = rows(40);
    expect(await ids(list.toReversed())).toEqual(await ids(list));
  });

  test("one that does not exist is refused", async () => {
    const dataset = await opened(rows(1));
    await expect(dataset.load("train", {})).rejects.toThrow(
      /there is no split "train"\. Choose one of document-evolve, /,
    );
  });
});

describe("input that cannot be used names file, row, field and fix", () => {
  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["an answer that is a number", { answers: [5] }, /val_v1\.0\.json: data\[1\]\.answers\.0: /],
    ["answers that are a text", { answers: "five" }, /data\[1\]\.answers: .*expected array/],
    ["no answers", { answers: undefined }, /data\[1\]\.answers: /],
    ["an empty question", { question: " " }, /data\[1\]\.question: /],
    [
      "an id that is there twice",
      { questionId: 1 },
      /data\[1\]\.questionId: 1 was used before, at data\[0\]\. Give/,
    ],
    ["the same id as a text", { questionId: "1" }, /data\[1\]\.questionId: 1 was used before/],
    ["an id of the wrong type", { questionId: {} }, /data\[1\]\.questionId: /],
    ["a picture above the set", { image: "../p1.png" }, /data\[1\]\.image: must be a path inside/],
    ["a picture above it in the middle", { image: "documents/../../x.png" }, /data\[1\]\.image: /],
    ["a picture above it on Windows", { image: "documents\\..\\..\\x.png" }, /data\[1\]\.image: /],
    ["an absolute picture", { image: "/etc/passwd" }, /data\[1\]\.image: /],
    ["an absolute picture on Windows", { image: "C:\\x.png" }, /data\[1\]\.image: /],
  ])("%s", async (_, fields, message) => {
    const text = await failure(opened([row(1), row(2, fields)], { "documents/p1.png": picture }));
    expect(text).toMatch(/^InputErrors: /);
    expect(text).toMatch(message);
  });

  test("several problems at once, and not too many of them", async () => {
    const text = await failure(opened(rows(400, () => ({ answers: [1] }))));
    expect(text.split("\n")).toHaveLength(20);
    expect(text).toContain("data[19].answers.0");
  });

  test("a row that is no object", async () => {
    const root = directory({
      "val_v1.0.json": questionFile([row(1), 5]),
      "documents/p1.png": picture,
    });
    expect(await failure(visionqa.open(root))).toMatch(/data\[1\]: .*expected object/);
  });

  test.each([
    ["a list", "[]", /val_v1\.0\.json: .*expected object/],
    ["a file without data", "{}", /val_v1\.0\.json: data: /],
    ["a file with no questions", questionFile([]), /data: there are no questions/],
  ])("%s", async (_, text, message) => {
    expect(await failure(visionqa.open(directory({ "val_v1.0.json": text })))).toMatch(message);
  });

  test("a broken line, with its number", async () => {
    const lines = rows(500).map((one) => JSON.stringify(one));
    lines[398] = '{"questionId": 399, "question": "cut';
    const text = `{"dataset_name":"x","data":[\n${lines.join(",\n")}\n]}`;
    expect(await failure(visionqa.open(directory({ "val_v1.0.json": text })))).toMatch(
      /InputError: .*val_v1\.0\.json:400: the file is no JSON/,
    );
  });

  test("a file that was cut off", async () => {
    const text = questionFile(rows(5)).slice(0, -40);
    expect(await failure(visionqa.open(directory({ "val_v1.0.json": text })))).toMatch(
      /val_v1\.0\.json:1: the file is no JSON .*Copy it again/,
    );
  });

  test("no pictures at all", async () => {
    expect(await failure(opened(rows(2), {}))).toMatch(
      /there is no documents\/ beside the file\. Unpack the pictures/,
    );
  });
});

describe("one bad picture spoils only its own tasks", () => {
  async function taskOf(dataset: Dataset, id: string) {
    const task = (await dataset.load("all", {})).find((one) => one.id === id);
    if (task === undefined) throw new Error(`no task ${id}`);
    return task;
  }

  test("a missing one", async () => {
    const dataset = await opened(rows(2), { "documents/p1.png": picture });
    expect((await visionqa.files(await taskOf(dataset, "1"), {})).size).toBe(1);
    const task = await taskOf(dataset, "2");
    for (const effect of [visionqa.files(task, {}), visionqa.images?.(task, {})])
      await expect(effect).rejects.toThrow(/^documents\/p2\.png: the picture is missing\. Copy/);
  });

  test("a damaged one", async () => {
    const dataset = await opened(rows(2), {
      "documents/p1.png": picture,
      "documents/p2.png": picture.subarray(0, picture.length >> 1),
    });
    const task = await taskOf(dataset, "2");
    const message = /p2\.png: the picture is damaged or cut off .*Copy the file again/;
    await expect(visionqa.files(task, {})).rejects.toThrow(message);
    await expect(visionqa.images?.(task, {})).rejects.toThrow(
      expect.objectContaining({ name: "InputError" }),
    );
  });

  test("one that changed after the data set was opened", async () => {
    const own = await cornered(120, 60).png().toBuffer();
    const root = setOf(rows(1), { "documents/p1.png": own });
    const task = await taskOf(await visionqa.open(root), "1");
    writeFileSync(join(root, "mine/documents/p1.png"), await cornered(44, 44).png().toBuffer());
    await expect(visionqa.files(task, {})).rejects.toThrow(/has changed since .* was opened/);
  });
});

test("a directory in place of the questions is named, and is no reason to take the sample", async () => {
  const root = directory({ "mine/documents/a.png": picture });
  mkdirSync(join(root, "mine", "val_v1.0.json"));
  expect(await failure(visionqa.open(root))).toMatch(
    /^InputError: .*val_v1\.0\.json: it is there and cannot be read/,
  );
});
