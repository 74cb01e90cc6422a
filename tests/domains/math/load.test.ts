import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { math } from "../../../domains/math/domain.ts";

const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true });
});

/** A data directory with these files; a value that is no text becomes lines of JSON. */
function directory(files: Readonly<Record<string, string | readonly unknown[]>>): string {
  const path = mkdtempSync(join(tmpdir(), "math-"));
  made.push(path);
  for (const [name, content] of Object.entries(files)) {
    const text =
      typeof content === "string" ? content : content.map((row) => JSON.stringify(row)).join("\n");
    writeFileSync(join(path, name), text);
  }
  return path;
}

async function failure(
  files: Parameters<typeof directory>[0],
  split = "math-500",
): Promise<string> {
  const dataset = await math.open(directory(files));
  return dataset.load(split, {}).then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

const row = (id: string, problem = `Compute $${id}$.`) => ({ id, problem, answer: "1" });

describe("the data set", () => {
  test("is the real one where any of its files is there", async () => {
    const { info } = await math.open(directory({ "aime-2024.jsonl": [row("a")] }));
    expect(info).toMatchObject({ name: "math problem sets", real: true });
  });

  test.each([
    ["no directory", undefined],
    ["an empty one", ""],
  ])("is the sample with %s", async (_, dir) => {
    const { info } = await math.open(dir === undefined ? undefined : directory({}));
    expect(info).toMatchObject({ name: "math sample", real: false });
  });

  test("has another digest when an answer changes", async () => {
    const digest = async (answer: string) =>
      (await math.open(directory({ "math-500.jsonl": [{ ...row("a"), answer }] }))).info.digest;
    expect(await digest("1")).toBe(await digest("1"));
    expect(await digest("1")).not.toBe(await digest("2"));
  });
});

describe("a task", () => {
  test("keeps the answer apart from what the agent is given", async () => {
    const rows = [
      { ...row("a"), answer: "\\frac{1}{2}", subject: "Algebra", level: 3, extra: true },
    ];
    const [task] = await (await math.open(directory({ "math-500.jsonl": rows }))).load(
      "math-500",
      {},
    );
    expect(task).toEqual({
      id: "a",
      group: "a",
      input: { problem: "Compute $a$.", subject: "Algebra", level: 3 },
      reference: { answer: "\\frac{1}{2}" },
    });
  });

  test("shares its group with a task of the same problem", async () => {
    const rows = [row("a", "What is it?"), row("b"), row("c", "What  is\nit?")];
    const tasks = await (await math.open(directory({ "aime.jsonl": rows }))).load("aime", {});
    expect(tasks.map(({ group }) => group)).toEqual(["a", "b", "a"]);
  });

  test("comes from the file under either of its names, with blank lines and any line ends", async () => {
    const text = `${JSON.stringify(row("a"))}\r\n\r\n${JSON.stringify(row("b"))}\r\n`;
    const dataset = await math.open(
      directory({ "gsm8k-test.jsonl": text, "dapo-train.jsonl": text }),
    );
    for (const split of ["gsm8k", "dapo-train"])
      expect((await dataset.load(split, {})).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("bad data is refused with the file, the line and the fix", () => {
  test.each<[string, Parameters<typeof directory>[0], RegExp]>([
    [
      "a broken line",
      { "math-500.jsonl": `${JSON.stringify(row("a"))}\n{"id": "b", "prob\n` },
      /InputError: .*math-500\.jsonl:2: the line is no JSON .* Write one problem a line/,
    ],
    [
      "an id that was used before",
      { "math-500.jsonl": [row("a"), row("b"), row("a")] },
      /math-500\.jsonl:3: id: "a" was used before, at .*math-500\.jsonl:1\./,
    ],
    [
      "an answer that is no text",
      { "math-500.jsonl": [{ ...row("a"), answer: 5 }] },
      /math-500\.jsonl:1: answer: .*expected string/,
    ],
    [
      "a missing problem",
      { "math-500.jsonl": [{ id: "a", answer: "5" }] },
      /math-500\.jsonl:1: problem: /,
    ],
    [
      "an empty answer",
      { "math-500.jsonl": [{ ...row("a"), answer: " " }] },
      /math-500\.jsonl:1: answer: /,
    ],
    [
      "a line that is no object",
      { "math-500.jsonl": "5\n" },
      /math-500\.jsonl:1: .*expected object/,
    ],
    ["an empty file", { "math-500.jsonl": "\n" }, /math-500: the file has no problems/],
    [
      "a missing file",
      { "aime.jsonl": [row("a")] },
      /math-500\.jsonl: the file is missing\. Put it there/,
    ],
  ])("%s", async (_, files, message) => {
    expect(await failure(files)).toMatch(message);
  });

  test("a split that does not exist", async () => {
    expect(await failure({ "aime.jsonl": [row("a")] }, "aime-1066")).toMatch(
      /there is no split "aime-1066"\. Choose one of dapo-train, /,
    );
  });
});

test("a directory in place of a file is named, and is no reason to take the sample", async () => {
  const path = directory({});
  mkdirSync(join(path, "aime.jsonl"));
  await expect(math.open(path)).rejects.toThrow(
    `${join(path, "aime.jsonl")}: it is there and cannot be read`,
  );
});
