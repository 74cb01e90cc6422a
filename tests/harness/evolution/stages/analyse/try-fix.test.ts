import { describe, expect, test } from "vitest";
import type { Task } from "../../../../../harness/contracts/index.ts";
import { newFixRecord } from "../../../../../harness/evolution/stages/analyse/fix-check.ts";
import { tryFixTool } from "../../../../../harness/evolution/stages/analyse/try-fix.ts";
import { memorySandboxes, startSkill } from "../../../../support/evolution.ts";
import { toyDomain } from "../../../../support/toy-domain.ts";

const task: Task = {
  id: "sum of long terms",
  group: "g",
  input: { terms: "1200 + 34" },
  reference: { total: 1234 },
};

async function attempt(command: string, of: Partial<Task> = {}, domain = toyDomain()) {
  const sandboxes = memorySandboxes();
  const record = newFixRecord();
  const parent = startSkill();
  const gate = {
    domain,
    options: {},
    task: { ...task, ...of },
    sandboxes,
    parent,
    fix: domain.fix,
  };
  const result = await tryFixTool(gate, record).run({ command }, new AbortController().signal);
  return { verdict: result.kind === "observation" ? result.text : "", record, sandboxes };
}

describe("the quality gate", () => {
  test("a command that computes the answer from the inputs passes, graded by the harness", async () => {
    const { verdict, record } = await attempt("sum terms.txt");
    expect(verdict).toBe("PASS\n1234\n");
    expect(record).toMatchObject({ tries: 1, quoting: 0, inputFree: 0, passed: "sum terms.txt" });
  });

  test("it runs where only the input files are, and again with those emptied", async () => {
    const { sandboxes } = await attempt("sum terms.txt");
    expect(sandboxes.opened.map((files) => Object.fromEntries(files))).toEqual([
      { "terms.txt": "1200 + 34" },
      { "terms.txt": "" },
    ]);
  });

  test("a wrong answer fails with the grader's reason", async () => {
    const { verdict, record } = await attempt("cat terms.txt");
    expect(verdict).toContain("FAIL: other");
    expect(record.passed).toBeUndefined();
  });

  test("a failing command is a failing fix, not a fault", async () => {
    expect((await attempt("fail")).verdict).toContain("FAIL: other");
  });

  test.each([
    ["named", "echo 1234"],
    ["quoted", 'echo "1234"'],
    ["cut in two by quotes", 'echo 12""34'],
    ["with its thousands parted", "echo 1,234; sum terms.txt"],
  ])("a command with the reference %s is rejected and never run", async (_, command) => {
    const of = command.includes(",") ? { reference: { total: "1,234" } } : {};
    const { verdict, record, sandboxes } = await attempt(command, of);
    expect(verdict).toContain("REJECTED: the command names");
    expect(record).toMatchObject({ quoting: 1, passed: undefined });
    expect(sandboxes.opened).toEqual([]);
  });

  test("an answer that needs no input is rejected as a copy in disguise", async () => {
    // The reference stands in no one word of the command, so only the empty inputs give it away.
    const { verdict, record } = await attempt("echo 12 34", {
      reference: { total: "12 34" },
      id: "12 34",
    });
    expect(verdict).toContain("REJECTED: the command gives this answer with empty input files");
    expect(record).toMatchObject({ inputFree: 1, passed: undefined });
  });

  test("what the task's own prompt says may be named, and longer words that contain it too", async () => {
    expect(
      (await attempt("echo 1234; sum terms.txt", { id: "which is more, 1234 or 5" })).verdict,
    ).not.toContain("names");
    expect((await attempt("cat x12345")).verdict).not.toContain("names");
  });

  test("a short item is a copy where the answer follows the literal, and honest where it does not", async () => {
    const short = { input: { terms: "3 + 4" }, reference: { total: 7 } };
    const copy = await attempt("echo 7", short);
    expect(copy.verdict).toContain('REJECTED: the command names "7"');
    expect(copy.record).toMatchObject({ quoting: 1, passed: undefined });
    expect((await attempt("sum terms.txt 7", short)).verdict).toContain("PASS");
  });

  test("a task without input files has none to empty: only the literal gives a copy away", async () => {
    const without = { ...toyDomain(), files: async () => new Map<string, string>() };
    const honest = { reference: { total: "ok" }, id: "ok" };
    const passed = await attempt("echo ok", honest, without);
    expect(passed.verdict).toBe("PASS\nok\n");
    expect(passed.sandboxes.opened).toHaveLength(1);
    const copied = await attempt("echo 7", { reference: { total: 7 } }, without);
    expect(copied.verdict).toContain("REJECTED");
  });
});
