import { readQuestions } from "./question-file.ts";
import { findSource, imageDigests } from "./source.ts";
import type { VerifyReport } from "../../scripts/lib/data/verify-wtq.ts";

/**
 * Looks for every picture that the questions name. No digests of DocVQA are known, since it is had by
 * registration only: everything that is there counts as unchecked.
 */
export async function verifyVisionqa(directory: string): Promise<VerifyReport> {
  const source = await findSource(directory);
  if (source === undefined)
    return {
      ...{ name: "visionqa", path: undefined, ok: false },
      ...{ right: 0, missing: [], wrong: [], unchecked: [] },
    };
  const { questions } = readQuestions(new TextDecoder().decode(source.bytes), source.path);
  const images = [...new Set(questions.map(({ image }) => image))].sort();
  const there = await imageDigests(source.root, images);
  const missing = images.filter((image) => !there.has(image));
  return {
    name: "visionqa",
    path: source.root,
    ok: missing.length === 0,
    right: 0,
    missing,
    wrong: [],
    unchecked: [`${source.path} and ${there.size} pictures`],
  };
}
