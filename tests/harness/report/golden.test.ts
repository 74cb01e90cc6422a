import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Format, formats } from "../../../harness/report/formats.ts";
import { readRows, writeRows } from "../../../harness/report/rows-file.ts";
import { buildTable } from "../../../harness/report/table.ts";
import { renderTable } from "../../../harness/report/table-text.ts";
import { smallStudy } from "../../support/table-facts.ts";

const golden = (name: string) => readFile(new URL(`golden/${name}`, import.meta.url), "utf8");
/** The JSON's file ends in .txt, so that no formatter takes it for a source. */
const files: Readonly<Record<Format, string>> = {
  terminal: "table.txt",
  md: "table.md",
  csv: "table.csv",
  tex: "table.tex",
  json: "table.json.txt",
};

test.each(formats)("the small study as %s, to the byte", async (format) => {
  expect(renderTable(buildTable(smallStudy()), format)).toBe(await golden(files[format]));
});

test("the small study's rows file, to the byte", async () => {
  expect(writeRows(smallStudy())).toBe(await golden("rows.txt"));
});

test("every format comes out of the rows file as it does out of the study", async () => {
  const table = buildTable(readRows(await golden("rows.txt"), "rows.json"));
  for (const format of formats) {
    expect(renderTable(table, format)).toBe(await golden(files[format]));
  }
});

test("the order of arms and episodes moves no byte", async () => {
  const study = smallStudy();
  const mixed = fc.tuple(
    fc.shuffledSubarray([...study.arms], { minLength: study.arms.length }),
    ...study.arms.map((arm) =>
      fc.shuffledSubarray([...arm.observations], { minLength: arm.observations.length }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(mixed, async ([arms, ...observations]) => {
      const byArm = new Map(study.arms.map((arm, i) => [arm, observations[i] ?? []]));
      const table = buildTable({
        ...study,
        arms: arms.map((arm) => ({ ...arm, observations: byArm.get(arm) ?? [] })),
      });
      for (const format of formats) {
        expect(renderTable(table, format)).toBe(await golden(files[format]));
      }
    }),
    { numRuns: 10 },
  );
});
