import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { fingerprintOf } from "../../scripts/lib/known-tables.ts";
import { command, openWorkspace, writeStudy } from "../support/commands.ts";

const work = openWorkspace();
afterAll(work.remove);

const study = writeStudy(work, "again", {
  splits: { test: { from: "pristine-unseen", take: 4 } },
  conditions: ["no-skill", "human-written"],
});
const bench = (...more: string[]) => command("bench", [study, ...work.flags("again"), ...more]);
const nothingRun = /Everything is stored, and nothing was run/;

test("a finished study is printed again as it was, until something that decides it changes", async () => {
  const first = await bench();
  expect(first).toMatchObject({ code: 0 });
  expect(first.err).not.toMatch(nothingRun);

  const second = await bench();
  expect(second.out).toBe(first.out);
  expect(second.err).toMatch(nothingRun);
  expect((await bench("--json")).out).toMatch(/^\{/);

  const limited = await bench("--limit", "2");
  expect(limited.err).not.toMatch(nothingRun);
  expect(limited.out).not.toBe(first.out);

  expect((await bench()).out).toBe(first.out);
  appendFileSync(path.join(work.out("again"), "table.txt"), "a line that nobody computed\n");
  const mended = await bench();
  expect(mended.out).toBe(first.out);
  expect(mended.err).not.toMatch(nothingRun);

  rmSync(work.store("again"), { recursive: true });
  const afresh = await bench();
  expect(afresh.err).not.toMatch(nothingRun);
  expect(afresh.out).toBe(first.out);
}, 120_000);

test("a fingerprint changes with a file's name, size or time, and with nothing else", () => {
  const dir = mkdtempSync(path.join(tmpdir(), "fingerprint-"));
  const file = path.join(dir, "a", "x.txt");
  mkdirSync(path.dirname(file));
  const write = (text: string, seconds: number) => {
    writeFileSync(file, text);
    utimesSync(file, seconds, seconds);
    return fingerprintOf(dir);
  };
  const before = write("one", 1_000);
  expect(write("one", 1_000)).toBe(before);
  expect(write("two", 2_000)).not.toBe(before);
  expect(write("three", 1_000)).not.toBe(before);
  expect(fingerprintOf(path.join(dir, "none"))).toBe(fingerprintOf(path.join(dir, "other")));
  rmSync(dir, { recursive: true });
});
