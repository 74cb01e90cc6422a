import { z } from "zod";
import { anlsOf } from "../../../domains/visionqa/grading/anls.ts";

/** What the official script says of a submission file. */
export type SubmissionVerdict =
  | { readonly kind: "invalid"; readonly because: string }
  /** Valid by the script's checks, which then stops while scoring. */
  | { readonly kind: "unscorable"; readonly because: string }
  | { readonly kind: "scored"; readonly score: number };

const looseRow = z.looseObject({ questionId: z.unknown() });

/**
 * Checks and scores a submission as the script of the Robust Reading Competition does.
 *
 * There must be as many rows as questions, with exactly the same ids of the same types; an answer may not
 * be a list. Other answers that are no text pass the check and stop the scoring.
 *
 * @param groundTruth a parsed DocVQA file.
 * @param submission a parsed `[{questionId, answer}]`.
 */
export function judgeSubmission(groundTruth: unknown, submission: unknown): SubmissionVerdict {
  const truth = z.looseObject({}).safeParse(groundTruth).data ?? {};
  if (!("data" in truth)) return invalid("the ground truth has no data");
  if (!("dataset_name" in truth)) return invalid("the ground truth has no dataset_name");
  if (!Array.isArray(submission)) return invalid("the submission is no list");
  const questions = z.array(looseRow).safeParse(truth["data"]).data;
  if (questions === undefined) return invalid("the ground truth's data is no list of questions");
  if (submission.length !== questions.length)
    return invalid(`expected ${questions.length} answers, found ${submission.length}`);
  const answers = z.array(looseRow).safeParse(submission).data;
  if (answers === undefined) return invalid("a row of the submission has no questionId");
  if (!sameIds(questions, answers))
    return invalid("the question ids are not those of the ground truth");

  // Of two rows with one id the last counts, and ids of both files are read as whole numbers.
  const answerOf = new Map(answers.map((row) => [Number(row.questionId), row["answer"]]));
  const missing = answers.find((row) => !("answer" in row));
  if (missing !== undefined) return invalid(`question ${String(missing.questionId)} has no answer`);
  const list = questions.find(({ questionId }) => Array.isArray(answerOf.get(Number(questionId))));
  if (list !== undefined)
    return invalid(`the answer to question ${String(list.questionId)} is a list, not a text`);
  return scored(questions, answerOf);
}

function scored(
  questions: readonly z.infer<typeof looseRow>[],
  answerOf: ReadonlyMap<number, unknown>,
): SubmissionVerdict {
  let total = 0;
  for (const { questionId, answers } of questions) {
    const place = `question ${String(questionId)}`;
    const accepted = z.array(z.string()).safeParse(answers).data;
    const answer = answerOf.get(Number(questionId));
    if (accepted === undefined) return unscorable(`${place}: the accepted answers are no texts`);
    if (typeof answer !== "string") return unscorable(`${place}: the answer is no text`);
    const similarity = anlsOf(accepted, answer);
    if (similarity.kind === "undecided") return unscorable(`${place}: ${similarity.because}`);
    total += similarity.anls;
  }
  return { kind: "scored", score: questions.length === 0 ? 0 : total / questions.length };
}

type Identified = readonly { readonly questionId: unknown }[];

function sameIds(some: Identified, others: Identified): boolean {
  const sorted = (rows: Identified) =>
    rows.map(({ questionId }) => JSON.stringify(questionId) ?? "").sort();
  const expected = sorted(some);
  return sorted(others).every((id, index) => id === expected[index]);
}

const invalid = (because: string): SubmissionVerdict => ({ kind: "invalid", because });
const unscorable = (because: string): SubmissionVerdict => ({ kind: "unscorable", because });
