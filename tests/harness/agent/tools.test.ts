import { describe, expect, test } from "vitest";
import {
  bashTool,
  observationOf,
  stringArgument,
  submitTool,
} from "../../../harness/agent/tools.ts";
import type { ExecResult, Sandbox } from "../../../harness/contracts/index.ts";

const { signal } = new AbortController();
const result: ExecResult = { exitCode: 0, stdout: "", stderr: "", timedOut: false };

test.each<[string, Parameters<typeof stringArgument>[0], string | undefined]>([
  ["the argument asked for", { answer: "7", note: "x" }, "7"],
  ["a number", { answer: 7 }, "7"],
  ["a list, one item a line", { answer: ["a", 2] }, "a\n2"],
  ["the only string, whatever its name", { final_answer: "7" }, "7"],
  ["nothing where several might be meant", { a: "1", b: "2" }, undefined],
  ["nothing where there is no string", { answer: { value: "7" } }, undefined],
])("stringArgument takes %s", (_, args, expected) => {
  expect(stringArgument(args, "answer")).toBe(expected);
});

test.each<[string, Partial<ExecResult>, string]>([
  ["output alone", { stdout: "a\n" }, "a\n"],
  [
    "errors and exit code behind the output",
    { stdout: "a", stderr: "b", exitCode: 2 },
    "a\n[stderr]\nb\n[exit code 2]",
  ],
  ["a time-out", { stdout: "a", exitCode: 124, timedOut: true }, "a\n[timed out]"],
  ["silence", {}, "[no output]"],
])("an observation shows %s", (_, change, expected) => {
  expect(observationOf({ ...result, ...change })).toBe(expected);
});

describe("the tools of an agent", () => {
  test("bash runs its command in the sandbox, with the signal", async () => {
    const ran: unknown[] = [];
    const sandbox = {
      exec: async (...call: unknown[]) => {
        ran.push(call);
        return { ...result, stdout: "out" };
      },
    } as unknown as Sandbox;
    expect(await bashTool(sandbox).run({ command: "ls" }, signal)).toEqual({
      kind: "observation",
      text: "out",
    });
    expect(ran).toEqual([["ls", { signal }]]);
  });

  test("bash without a command and submit without an answer are observations", async () => {
    const untouched = {} as Sandbox;
    expect(await bashTool(untouched).run({}, signal)).toMatchObject({
      kind: "observation",
      text: expect.stringMatching(/^Error: bash needs/),
    });
    expect(await submitTool().run({}, signal)).toMatchObject({
      kind: "observation",
      text: expect.stringMatching(/^Error: submit needs/),
    });
  });

  test("submit ends with the answer", async () => {
    expect(await submitTool().run({ answer: ["a", "b"] }, signal)).toEqual({
      kind: "end",
      submission: "a\nb",
    });
  });
});
