import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, test } from "vitest";
import { command, openWorkspace, root } from "../support/commands.ts";
import { paperTables, published } from "../support/paper/figures.ts";

/** All six take a minute or two; `T2S_FAST=1 npm test` leaves them out. */
const isFast = process.env["T2S_FAST"] === "1";

const work = openWorkspace();
afterAll(work.remove);
const minutes = 60_000;

describe.skipIf(isFast)(
  `every table of the paper runs from end to end with the rule-based agents${isFast ? " (skipped: T2S_FAST=1)" : ""}`,
  () => {
    test.each(paperTables)(
      "%s, three tasks a split",
      async (table) => {
        const study = path.join(root, "configs/paper", `${table}.yaml`);
        // All share a store, as they would for a reader who runs one after the other.
        const ran = await command("bench", [
          ...[study, "--limit", "3", "--store", work.store("all"), "--out", work.out(table)],
          ...["--data-dir", work.path("no-data")],
        ]);
        expect({ code: ran.code, err: ran.code === 0 ? "" : ran.err }).toEqual({
          code: 0,
          err: "",
        });
        expect(ran.ms).toBeLessThan(5 * minutes);

        const read = (file: string) => readFileSync(path.join(work.out(table), file), "utf8");
        const paper = published(table);
        expect(ran.out.replaceAll(/\s+/g, " ")).toContain(
          `table ${table.slice(-1)}: ${paper.title}`,
        );
        const cells: readonly Record<string, string>[] = parse(read("paper.csv"), {
          columns: true,
        });
        expect(new Set(cells.map(({ study: condition }) => condition))).toEqual(
          new Set(paper.rows.map(({ study: condition }) => condition)),
        );
        for (const { column, ours, absent } of cells) {
          expect([column, absent]).toEqual([column, ""]);
          expect(Number(ours)).toBeGreaterThanOrEqual(-1);
        }
        expect(read("transfer.md")).toContain("against the same user without one");
      },
      5 * minutes,
    );

    test("what bench wrote is what report prints from the rows", async () => {
      const out = work.out("table6");
      const printed = await command("report", ["paper", "table6", "--run", out, "--format", "md"]);
      expect(printed.out).toBe(readFileSync(path.join(out, "paper.md"), "utf8"));
    });
  },
);
