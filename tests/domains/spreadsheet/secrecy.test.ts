import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { spreadsheet } from "../../../domains/spreadsheet/domain.ts";
import { openWorkbook } from "../../../domains/spreadsheet/grading/read/workbook.ts";
import { spreadsheetTask } from "../../../domains/spreadsheet/task.ts";
import { sandboxKinds } from "../../../harness/sandboxes/probe.ts";
import { sandboxesHere } from "../../support/sandboxes.ts";

const sample = fileURLToPath(new URL("../../../domains/spreadsheet/sample", import.meta.url));
const isolating = (await sandboxesHere()).filter((name) => name !== "host");

describe.each(isolating)("an agent in the sandbox %s", async (name) => {
  const provider = sandboxKinds[name].open();
  afterAll(() => provider.close());

  const [task] = await (await spreadsheet.open(undefined)).load("verified", {});
  if (task === undefined) throw new Error("the sample is empty");
  const { reference } = spreadsheetTask(task);
  const golden = resolve(sample, reference.goldens[0]?.path ?? "");

  test("starts with its input and nothing else", async () => {
    const sandbox = await provider.open(await spreadsheet.files(task, {}), spreadsheet.commands);
    expect(await sandbox.list()).toEqual(["input.xlsx"]);
    await sandbox.close();
  });

  test.each<[string, string]>([
    ["copying the expected workbook by its path", `cp '${golden}' output.xlsx`],
    ["a link to it", `ln -s '${golden}' output.xlsx`],
    ["a hard link to it", `ln '${golden}' output.xlsx`],
    ["climbing out of the directory", `cp ../../../../../../../..${golden} output.xlsx`],
    [
      "searching the whole file system",
      "find / -name '*golden*' -not -path '/proc/*' 2>/dev/null | head -1 | xargs -I{} cp {} output.xlsx",
    ],
    [
      "the files of other processes",
      'for f in /proc/[0-9]*/fd/*; do [ -f "$f" ] && cp "$f" output.xlsx; done 2>/dev/null',
    ],
    ["its own environment", "env > output.xlsx"],
  ])(
    "gets nowhere by %s",
    async (_, command) => {
      const sandbox = await provider.open(await spreadsheet.files(task, {}), spreadsheet.commands);
      const { stdout } = await sandbox.exec(command);
      const left = await sandbox.read("output.xlsx");
      const evidence = await spreadsheet.collect(task, "done", sandbox, {});
      expect(spreadsheet.grade(task, evidence)).toMatchObject({ kind: "graded", passed: false });
      if (left !== undefined) expect(() => openWorkbook(left)).toThrow();
      expect(stdout).not.toContain("golden");
      await sandbox.close();
    },
    60_000,
  );

  test("finds no place that leads to the data", async () => {
    const sandbox = await provider.open(await spreadsheet.files(task, {}), spreadsheet.commands);
    const { stdout } = await sandbox.exec(
      `ls '${sample}'; ls -R . | grep -i -e golden -e answer; env`,
    );
    expect(stdout).not.toMatch(/golden|dataset\.json|domains\/spreadsheet/);
    await sandbox.close();
  });
});
