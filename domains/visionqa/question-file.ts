import { z } from "zod";
import { InputError, InputErrors } from "../../harness/errors.ts";
import { issueAt, parsedJson } from "../shared/cases.ts";

/** A question of a DocVQA file. */
export interface Question {
  readonly id: string;
  readonly question: string;
  /** Path of the picture, relative to the file. */
  readonly image: string;
  /** Of the document, which may have several pages. */
  readonly document: string;
  readonly answers: readonly string[];
}

/** A DocVQA file, read whole. */
export interface QuestionFile {
  /** As the file calls itself, with its version. */
  readonly name: string;
  /** In the order of the file. */
  readonly questions: readonly Question[];
}

/** How a question is written, for whoever wrote a wrong one. */
const form =
  'A question is {"questionId": 1, "question": "...", "image": "documents/....png", "docId": 1, "answers": ["..."]}.';

/** Problems of one file that are told at once. */
const MOST_PROBLEMS = 20;

const fileSchema = z.looseObject({
  dataset_name: z.string().optional(),
  dataset_version: z.union([z.string(), z.number()]).optional(),
  data: z.array(z.unknown()),
});

const name = z.union([z.string().trim().min(1), z.number()]);
const rowSchema = z.object({
  questionId: name,
  question: z.string().trim().min(1),
  image: z.string().min(1).refine(isInside, {
    message: "must be a path inside of the data set, such as documents/page_1.png",
  }),
  docId: name.optional(),
  ucsf_document_id: name.optional(),
  answers: z.array(z.string()),
});

/**
 * Reads the official layout: `{dataset_name, dataset_version, data: [{questionId, question, image, docId,
 * ucsf_document_id, answers, ...}]}`. Other keys are ignored.
 *
 * @param text the file.
 * @param where its path, for messages.
 * @throws {InputErrors} with file, row and field of everything that is wrong, to a bound.
 */
export function readQuestions(text: string, where: string): QuestionFile {
  const copyAgain = "Copy it again; domains/visionqa/README.md says where it comes from.";
  const file = fileSchema.safeParse(parsedJson(text, where, copyAgain));
  if (!file.success) throw issueAt(file.error, where, form);
  const { dataset_name = "DocVQA layout", dataset_version = "", data } = file.data;
  const problems: InputError[] = [];
  const questions: Question[] = [];
  const rowOf = new Map<string, string>();
  for (const [index, value] of data.entries()) {
    if (problems.length === MOST_PROBLEMS) break;
    const place = `data[${index}]`;
    const row = rowSchema.safeParse(value);
    if (!row.success) {
      problems.push(issueAt(row.error, where, form, place));
      continue;
    }
    const question = questionOf(row.data);
    const earlier = rowOf.get(question.id);
    if (earlier === undefined) {
      rowOf.set(question.id, place);
      questions.push(question);
    } else
      problems.push(
        new InputError({
          where,
          field: `${place}.questionId`,
          problem: `${question.id} was used before, at ${earlier}`,
          fix: "Give every question an id of its own.",
        }),
      );
  }
  if (problems.length > 0) throw new InputErrors(problems);
  if (questions.length === 0)
    throw new InputError({
      where,
      field: "data",
      problem: "there are no questions",
      fix: "Copy the file again.",
    });
  return { name: `${dataset_name} ${dataset_version}`.trim(), questions };
}

function questionOf(row: z.infer<typeof rowSchema>): Question {
  const { questionId, question, image, docId, ucsf_document_id, answers } = row;
  const document = String(ucsf_document_id ?? docId ?? image);
  return { id: String(questionId), question, image, document, answers };
}

/** Whether a path stays below the directory it is relative to, on any system. */
function isInside(path: string): boolean {
  return !/^[/\\]|^[A-Za-z]:|\0/.test(path) && !path.split(/[/\\]/).includes("..");
}
