import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/commands.ts";
import { type MainPath, mainPath } from "../support/main-path.ts";

/** The files that the section of ARCHITECTURE.md on the main path names, those of the evolution aside. */
function listedFiles(): string[] {
  const text = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
  const section =
    /## From command to cell\n([\s\S]*?)\nOnly an arm with a skill/.exec(text)?.[1] ?? "";
  const steps = section.slice(section.indexOf("\n1. "));
  return [...steps.matchAll(/`((?:scripts|harness|domains)\/[\w./-]+)`/g)].map(
    ([, file = ""]) => file,
  );
}

describe("from the command to a printed cell", () => {
  let measured: MainPath;
  beforeAll(async () => {
    measured = await mainPath();
  }, 120_000);

  test("at most 40 files hand the study on", () => {
    expect(measured.path.length).toBeGreaterThan(20);
    expect(measured.path.length).toBeLessThanOrEqual(40);
  });

  test("ARCHITECTURE.md names them, each once", () => {
    expect(listedFiles().sort()).toEqual(measured.path);
  });

  test("no evolution is loaded for it", () => {
    const entered = [...measured.path, ...measured.leaves];
    expect(entered.filter((file) => file.startsWith("harness/evolution/"))).toEqual([]);
  });
});
