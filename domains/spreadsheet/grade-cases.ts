import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { CaseGrader, CaseGraderOptions } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { caseId, issueAt } from "../shared/cases.ts";
import { graderNames } from "./grading/compare/compare-workbooks.ts";
import type { ComparisonRequest } from "./grading/compare/comparison.ts";
import { said } from "./grading/grade.ts";
import { openGradePool } from "./grading/pool.ts";

const casePath = z.string().min(1);
const caseSchema = z.object({
  id: caseId,
  answer: casePath,
  output: casePath,
  answer_position: z.string(),
  answer_sheet: z.string().nullish(),
  instruction_type: z.string().nullish(),
  input: casePath.nullish(),
});

/** How a case is written, for whoever wrote a wrong one. */
const form =
  'Write {"id": "...", "answer": "a.xlsx", "output": "b.xlsx", "answer_position": "A1:B2"}, and answer_sheet where there is one.';

/**
 * Grades cases of files, some beside each other: an `output` against its `answer`, and for `strict` also
 * the untouched `input`. Paths are relative to the root.
 *
 * @throws {InputError} when there is no such grader or directory.
 */
export async function openCaseGrader({
  grader = "strict",
  root = ".",
}: CaseGraderOptions): Promise<CaseGrader & { close(): Promise<void> }> {
  const name = graderNames.find((one) => one === grader);
  if (name === undefined)
    throw new InputError({
      where: "--grader",
      problem: `there is no grader ${grader} for spreadsheets`,
      fix: `Choose from ${graderNames.join(", ")}.`,
    });
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError({
      where: "--root",
      problem: `there is no directory ${root}`,
      fix: "Name the directory that the paths of the cases are below.",
    });
  const directory = realpathSync(root);
  const pool = openGradePool();
  return {
    grade(value, where) {
      const parsed = caseSchema.safeParse(value);
      if (!parsed.success) throw issueAt(parsed.error, where, form);
      const { id, answer_position, answer_sheet, ...paths } = parsed.data;
      const place = (field: "answer" | "output" | "input") =>
        ({ path: below(directory, paths[field] ?? "", where, field) }) as const;
      const request: ComparisonRequest = {
        answer: place("answer"),
        output: place("output"),
        position: answer_position,
        ...(answer_sheet == null ? {} : { answerSheet: answer_sheet }),
        ...(paths.input == null ? {} : { input: place("input") }),
      };
      return pool.compare(request, name).then((comparison) => {
        const passed = comparison.kind === "graded" && comparison.passed;
        const score = comparison.kind === "graded" ? Number(passed) : null;
        return { id, passed, score, because: said(comparison) };
      });
    },
    close: () => pool.close(),
  };
}

/** A path of a case, in full; neither `..` nor a link may lead out of the root. */
function below(root: string, file: string, where: string, field: string): string {
  const full = path.resolve(root, file);
  const followed = existsSync(full) ? realpathSync(full) : full;
  if (isInside(root, full) && isInside(root, followed)) return full;
  throw new InputError({
    where,
    field,
    problem: `${file} is not below ${root}`,
    fix: "Write paths relative to --root, or name another root.",
  });
}

function isInside(root: string, full: string): boolean {
  const relative = path.relative(root, full);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
