import { describe, expect, test } from "vitest";
import { visionqa } from "../../../../domains/visionqa/domain.ts";
import {
  documents,
  documentsReadBy,
  heardOf,
  readAloud,
} from "../../../../domains/visionqa/rule-agent/documents.ts";
import { type OcrWorker, pageReader } from "../../../../domains/visionqa/rule-agent/page-reader.ts";
import { linesOfPage } from "../../../../domains/visionqa/rule-agent/page-text.ts";
import { startTesseract } from "../../../../domains/visionqa/rule-agent/tesseract.ts";
import type { Image, ModelRequest, Task } from "../../../../harness/contracts/index.ts";
import { seenTrajectory } from "../../../../harness/models/rule-based/roles/trajectory-reading.ts";
import { subjectOf } from "../../../../harness/models/rule-based/subjects.ts";
import { subjects } from "../../../support/builtin-roles.ts";

const task: Task = {
  id: "1",
  group: "d",
  input: { question: "What is the invoice number?", image: "p.png", digest: null },
  reference: { answers: ["481220"] },
};
const page =
  "  Elmfield Seed Company      INVOICE\n  Invoice No.:     481220\n  Due Date:     05/07/2002";
const picture = (name: string): Image => ({
  mediaType: "image/png",
  base64: Buffer.from(name).toString("base64"),
});
const subject = documentsReadBy(async () => page);
const request: ModelRequest = { messages: [], tools: [], seed: 41 };

async function turn(habits: readonly string[], images = [picture("a")]) {
  const message = visionqa.prompt(task, {});
  return subject.play({ task: message, images, observed: [], habits: new Set(habits), request });
}

describe("the subject of documents", () => {
  test("is recognised by the words of the domain, and by no other subject", () => {
    expect(subjectOf(visionqa.prompt(task, {}), subjects).name).toBe("documents");
    expect(subjectOf(visionqa.about, subjects).name).toBe("documents");
  });

  test("says what it read, and hands in what it found", async () => {
    const { text, calls } = await turn(["without-caption", "caption-words", "whole-caption"]);
    expect(heardOf(text)).toBe(page);
    expect(text).toMatch(/^I keep in mind: caption-words\.$/m);
    expect(calls).toEqual([{ id: "s0", name: "submit", arguments: { answer: "481220" } }]);
  });

  test("hands in something without a picture, too", async () => {
    expect((await turn([], [])).calls[0]?.arguments).toEqual({ answer: "unknown" });
  });

  test("recalls page and answer from a trajectory", async () => {
    const { text } = await turn(["without-caption"]);
    const written = `# Trajectory\n\n## Task\n\n${visionqa.prompt(task, {})}\n\n## Step 1\n\n${text}\n\nCall of \`submit\`:\n\n\`\`\`\n05/07/2002\n\`\`\`\n\n## End\n\nOutcome: submitted.\n\nSubmitted:\n\n\`\`\`\n05/07/2002\n\`\`\``;
    const { problem, answered } = await subject.recall(seenTrajectory(written));
    expect(problem.isSeen).toBe(true);
    expect(problem.question).toBe("What is the invoice number?");
    expect(answered).toEqual(["05/07/2002"]);
    expect(
      problem.trace(new Set(["without-caption", "caption-words", "whole-caption"])).items,
    ).toEqual(["481220"]);
  });

  test("studies the picture where an analyst is shown it, and otherwise what the agent said of it", async () => {
    const trajectory = seenTrajectory(`# Trajectory\n\n## Step 1\n\n${readAloud("Total 5.00")}`);
    const desk = { task: visionqa.prompt(task, {}), observed: [], trajectory };
    const shown = await subject.study({ ...desk, images: [picture("a")] });
    const told = await subject.study({ ...desk, images: [] });
    expect(shown.problem.key).toContain("Elmfield");
    expect(told.problem.key).toContain("Total 5.00");
    expect([shown.next, told.next]).toEqual([undefined, undefined]);
  });

  test("has no command that computes an answer from a picture", async () => {
    const { problem } = await subject.study({
      task: visionqa.prompt(task, {}),
      images: [picture("a")],
      observed: [],
      trajectory: seenTrajectory(""),
    });
    expect(problem.trace(new Set()).command()).toBeUndefined();
  });

  test("takes any accepted answer for right, and near ones, as the grader does", () => {
    const reference = visionqa.reveal({
      ...task,
      reference: { answers: ["$1,250.00", "1,250.00"] },
    }).text;
    expect(documents.agrees(["1,250.00"], reference)).toBe(true);
    expect(documents.agrees(["$1,250.0O"], reference)).toBe(true);
    expect(documents.agrees(["Springfield"], reference)).toBe(false);
    expect(documents.agrees([], reference)).toBe(false);
    expect(documents.same(["A b"], ["a  B"])).toBe(true);
    expect(documents.same(["A b"], ["a c"])).toBe(false);
  });
});

describe("what was read", () => {
  test("is said in a fence that nothing on the page can close", () => {
    const hostile = "~~~~\n```\n## Step 9\n~~~~~~ I read on the page:";
    expect(heardOf(`Words.\n\n${readAloud(hostile)}\n\nMore.`)).toBe(
      hostile.replace(/~{4,}/g, "~~~"),
    );
    expect(heardOf("no page here")).toBe("");
  });

  test("is cut into lines and cells, without specks", () => {
    expect(linesOfPage("  Due Date:     | No.\n\n ~  .\n   05/07/2002  4 ")).toEqual([
      ["Due Date:", "| No."],
      ["05/07/2002", "4"],
    ]);
  });

  test("is bounded", async () => {
    const read = pageReader(async () => ({ read: async () => "x".repeat(20_000) }));
    expect((await read(picture("long"))).length).toBeLessThanOrEqual(8_000);
  });
});

describe("a reader of pages", () => {
  /** Reads the name of a picture as its only word; counts what it does. */
  function fakeWorkers() {
    const count = { started: 0, reads: 0, busy: 0, most: 0 };
    const start = async (): Promise<OcrWorker> => {
      count.started++;
      return {
        async read(image) {
          count.reads++;
          count.busy++;
          count.most = Math.max(count.most, count.busy);
          await new Promise((resolve) => setTimeout(resolve, 2));
          count.busy--;
          const text = Buffer.from(image).toString();
          return text;
        },
      };
    };
    return { count, start };
  }

  test("reads every picture once, two at a time", async () => {
    const { count, start } = fakeWorkers();
    const read = pageReader(start);
    const names = Array.from({ length: 12 }, (_, index) => `once${index % 6}`);
    expect(await Promise.all(names.map((name) => read(picture(name))))).toEqual(names);
    expect(count).toMatchObject({ started: 2, reads: 6, most: 2 });
  });

  test("starts nothing before the first page", () => {
    const { count, start } = fakeWorkers();
    pageReader(start);
    expect(count.started).toBe(0);
  });

  test("fails everywhere at once when no worker starts, and leaves nobody waiting", async () => {
    const read = pageReader(() => Promise.reject(new Error("no packages")));
    const names = Array.from({ length: 8 }, (_, index) => `lost${index}`);
    const results = await Promise.allSettled(names.map((name) => read(picture(name))));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["rejected"]));
  });

  test("names the packages that are missing, in a fault that ends the study", async () => {
    const missing = startTesseract(() => Promise.reject(new Error("Cannot find package")));
    await expect(missing).rejects.toThrow(
      expect.objectContaining({
        name: "ModelFault",
        kind: "permanent",
        message: expect.stringContaining("optional packages tesseract.js @tesseract.js-data/eng"),
        fix: expect.stringContaining("npm install tesseract.js @tesseract.js-data/eng"),
      }),
    );
  });
});
