import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { docVqa } from "../../../domains/visionqa/data-set.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "visionqa-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("a directory without questions is no data set", async () => {
  expect(await docVqa.verify(directory)).toMatchObject({ path: undefined, ok: false });
});

test("a picture that is named and not there is missing; the others have no known digest", async () => {
  const question = (questionId: number, image: string) => ({
    ...{ questionId, image, question: "What?", answers: ["this"], docId: questionId },
    ...{ ucsf_document_id: `d${questionId}`, ucsf_document_page_no: "1", data_split: "val" },
  });
  const data = [question(1, "documents/a.png"), question(2, "documents/b.png")];
  const file = { dataset_name: "toy", dataset_version: "1.0", dataset_split: "val", data };
  mkdirSync(join(directory, "documents"));
  writeFileSync(join(directory, "val_v1.0.json"), JSON.stringify(file));
  writeFileSync(join(directory, "documents/a.png"), "x");
  expect(await docVqa.verify(directory)).toMatchObject({
    ...{ path: directory, ok: false, missing: ["documents/b.png"] },
    unchecked: [`${join(directory, "val_v1.0.json")} and 1 pictures`],
  });
});
