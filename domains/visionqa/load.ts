import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset, Task } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { datasetOf, realOrSample } from "../shared/dataset.ts";
import type { ImageShelf } from "./image-shelf.ts";
import { type Question, readQuestions } from "./question-file.ts";
import { findSource, imageDigests, type Source } from "./source.ts";
import { groupNames, splitOf, splits } from "./splits.ts";

/**
 * Opens document pages in the layout of DocVQA, in `dataDir` or one of its directories, and otherwise
 * the sample.
 *
 * @param dataDir may be absent or empty.
 * @param sampleDir where the shipped sample lies.
 * @param shelf is told where the pictures are.
 * @throws {InputError} when the questions cannot be read, or none of the pictures is there.
 */
export async function openDataset(
  dataDir: string | undefined,
  sampleDir: string,
  shelf: ImageShelf,
): Promise<Dataset> {
  const places = { real: dataDir, sample: sampleDir };
  const { source, real } = await realOrSample(places, findSource, "visionqa");
  const { name, questions } = readQuestions(new TextDecoder().decode(source.bytes), source.path);
  const digests = await imageDigests(
    source.root,
    questions.map(({ image }) => image),
  );
  if (digests.size === 0) throw await noPictures(source, questions[0]?.image ?? "");
  for (const [image, digest] of digests) shelf.place(digest, join(source.root, image));

  const tasks = tasksOf(questions, digests);
  const info = {
    name: real ? `${name}, ${questions.length} questions` : "visionqa sample",
    real,
    digest: digestOf(source, digests),
    path: source.path,
  };
  return datasetOf({ info, names: splits, tasksOf: (split) => splitOf(tasks, split) });
}

function tasksOf(
  questions: readonly Question[],
  digests: ReadonlyMap<string, string>,
): readonly Task[] {
  const pictureOf = (image: string) => digests.get(image) ?? image;
  const nameOf = groupNames(
    questions.map(({ document, image }) => ({ document, picture: pictureOf(image) })),
  );
  return questions.map(({ id, question, image, document, answers }) => ({
    id,
    group: nameOf(document),
    input: { question, image, digest: digests.get(image) ?? null },
    reference: { answers },
  }));
}

function digestOf(source: Source, digests: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256").update(source.bytes);
  for (const [image, digest] of [...digests].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\0${image}\0${digest}`);
  return hash.digest("hex");
}

async function noPictures(source: Source, first: string): Promise<InputError> {
  const folder = first.split("/")[0] ?? "";
  const there = await stat(join(source.root, folder)).then(
    () => true,
    () => false,
  );
  return new InputError({
    where: source.path,
    field: "data[0].image",
    problem: there
      ? `${first} and all other pictures are missing`
      : `there is no ${folder}/ beside the file`,
    fix: `Unpack the pictures of the data set so that ${first} lies beside the file.`,
  });
}
