import { z } from "zod";
import type {
  CaseGrader,
  CaseGraderOptions,
  Grade,
  Verdict,
} from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";

/** How a case of `npm run grade` is named. */
export const caseId = z.union([z.string().min(1), z.number()]);

/** A grader that is ready at once. */
export interface LineGrader extends CaseGrader {
  grade(value: unknown, where: string): Verdict;
}

/** How a domain grades the cases of `npm run grade`. */
export interface CaseRules<Case extends { readonly id: Verdict["id"] }> {
  /** Other keys than those it names are notes, and change nothing. */
  readonly schema: z.ZodType<Case>;
  /** An example of a case, for who wrote a wrong one. */
  readonly example: string;
  grade(one: Case): Grade;
}

/**
 * A grader of cases, one a line.
 *
 * Its `grade` throws an InputError naming the field that is wrong.
 */
export function caseGraderOf<Case extends { readonly id: Verdict["id"] }>(
  rules: CaseRules<Case>,
): LineGrader {
  return {
    grade(value, where) {
      const parsed = rules.schema.safeParse(value);
      if (!parsed.success) throw issueAt(parsed.error, where, `Write ${rules.example}.`);
      const grade = rules.grade(parsed.data);
      const { id } = parsed.data;
      return grade.kind === "graded"
        ? { id, passed: grade.passed, score: grade.score, because: grade.because }
        : { id, passed: false, score: null, because: `ungraded: ${grade.because}` };
    },
  };
}

/**
 * The first thing that is wrong with a value, in words that name its field.
 *
 * @param place of the value in its file; put in front of the field.
 */
export function issueAt(error: z.ZodError, where: string, fix: string, place?: string): InputError {
  const issue = error.issues[0];
  const field = [place ?? [], ...(issue?.path ?? [])].flat().map(String).join(".");
  const problem = issue?.message ?? "it has not the form that is expected";
  return new InputError({ where, ...(field === "" ? {} : { field }), problem, fix });
}

/**
 * The value of a JSON file, with or without a byte order mark.
 *
 * @throws {InputError} with the line where it is no JSON.
 */
export function parsedJson(text: string, where: string, fix: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    // The parser's message says where it stopped, or that the text ends too early.
    const position = /position (\d+)/.exec(messageOf(cause))?.[1] ?? text.length;
    const line = text.slice(0, Number(position)).split("\n").length;
    const problem = `the file is no JSON (${messageOf(cause)})`;
    throw new InputError({ where: `${where}:${line}`, problem, fix, cause });
  }
}

/**
 * Refuses flags of `npm run grade` that a domain has no use for.
 *
 * @param because why, by the flag.
 * @throws {InputError} naming the flag.
 */
export function refuseFlags(
  domain: string,
  options: CaseGraderOptions,
  because: Partial<Record<keyof CaseGraderOptions, string>>,
): void {
  for (const flag of ["grader", "root"] as const)
    if (options[flag] !== undefined && because[flag] !== undefined)
      throw new InputError({
        where: `--${flag}`,
        problem: `${domain} has no use for it: ${because[flag]}`,
        fix: "Leave the flag out.",
      });
}
