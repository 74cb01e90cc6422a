import { describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import type { Task } from "../../../harness/contracts/index.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const task: Task = {
  id: "7",
  group: "d1",
  input: { question: "Who \n signed\tit?", image: "documents/p.png", digest: null },
  reference: { answers: ["Ada Fenn", "A. Fenn"] },
};

test("the user message starts with the question and says where the page is", () => {
  expect(visionqa.prompt(task, {})).toBe(
    "Question: Who signed it?\n\nThe page is the picture in this message.",
  );
});

test("a question with a pattern of replacement in it stays as it is", () => {
  const asked = { ...task, input: { ...task.input, question: "What is $& and $1?" } };
  expect(visionqa.prompt(asked, {})).toMatch(/^Question: What is \$& and \$1\?\n/);
});

test.each([
  ["Ada Fenn", "Ada Fenn"],
  ["  Ada\n", "  Ada\n"],
  [5, "5"],
  [["a", "b"], '["a","b"]'],
  [null, "null"],
])("the submission %j is kept as the text %j", async (submission, answer) => {
  expect(await visionqa.collect(task, submission, fileSandbox(), {})).toEqual({ answer });
});

test("a gigantic submission is cut", async () => {
  const evidence = await visionqa.collect(task, "x".repeat(1_000_000), fileSandbox(), {});
  expect(String(evidence["answer"])).toHaveLength(10_000);
});

test("the reference is revealed with all that is accepted", () => {
  expect(visionqa.reveal(task)).toEqual({
    text: "Expected answer, any one of these:\nAda Fenn\nA. Fenn",
    items: ["Ada Fenn", "A. Fenn"],
  });
  expect(visionqa.reveal({ ...task, reference: { answers: ["5"] } }).text).toBe(
    "Expected answer:\n5",
  );
});

describe("the domain", () => {
  test("names the tools and the form of the answer, and nothing that is left to skills", () => {
    for (const tools of ["view", "none"]) {
      const text = visionqa.instructions({ tools });
      expect(text).toContain("`submit`");
      expect(text).toContain("page.png");
      expect(text).not.toMatch(/total|caption|column|stamp|careful/i);
    }
  });

  test("asks for a shell alone, and proves a fix by advice", () => {
    expect(visionqa.needs({})).toEqual([]);
    expect(visionqa.fix).toBe("advice");
    expect([visionqa.metric, visionqa.passMetric]).toEqual(["ANLS", "accuracy@0.5"]);
  });
});

test("a final reply states its answer behind `Answer:`", () => {
  expect(visionqa.answerIn?.("It is signed below.\nAnswer: Ada Fenn", {})).toBe("Ada Fenn");
  expect(visionqa.answerIn?.("It is signed below.", {})).toBeUndefined();
});

describe("asked directly", () => {
  const form = visionqa.direct?.({});

  test("is for those who ask for it, with any option", () => {
    expect(form?.isDefault).toBe(false);
    expect(visionqa.direct?.({ tools: "none" })?.message(task, "")).toBe(form?.message(task, ""));
  });

  test("the message has the question, speaks of the picture, and asks for the form that is read", () => {
    const message = form?.message(task, "") ?? "";
    expect(message).toMatch(
      /^Question: Who signed it\?\n\nThe page is the picture in this message\./,
    );
    expect(message).toContain("`Answer:`");
    expect(visionqa.answerIn?.("It is signed below.\nAnswer: Ada Fenn", {})).toBe("Ada Fenn");
  });

  test("no text speaks of a tool or a file", () => {
    for (const text of [form?.instructions, form?.about, form?.message(task, "")])
      expect(text).not.toMatch(/page\.png|`look`|shell|bash|submit/);
  });
});
