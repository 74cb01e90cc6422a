import { existsSync } from "node:fs";
import type { DataSet, VerifyReport } from "../../harness/contracts/index.ts";
import { readQuestions } from "./question-file.ts";
import { findSource, imageDigests } from "./source.ts";

/** DocVQA, which is had by registration only. */
export const docVqa: DataSet = {
  title: "DocVQA, task 1, validation split (Mathew et al., 2021); terms at rrc.cvc.uab.es",
  byHand:
    "register at https://rrc.cvc.uab.es/?ch=17, and unpack val_v1.0.json and documents/ as domains/visionqa/README.md says",
  folder: "visionqa",
  isThere: existsSync,
  verify: verifyVisionqa,
};

/** Looks for every picture that the questions name. No digests are known: what is there counts as unchecked. */
async function verifyVisionqa(directory: string): Promise<VerifyReport> {
  const source = await findSource(directory);
  const questions =
    source === undefined
      ? []
      : readQuestions(new TextDecoder().decode(source.bytes), source.path).questions;
  const images = [...new Set(questions.map(({ image }) => image))].sort();
  const there = source === undefined ? new Map() : await imageDigests(source.root, images);
  const missing = images.filter((image) => !there.has(image));
  return {
    name: "visionqa",
    path: source?.root,
    ok: source !== undefined && missing.length === 0,
    right: 0,
    missing,
    wrong: [],
    unchecked: source === undefined ? [] : [`${source.path} and ${there.size} pictures`],
  };
}
