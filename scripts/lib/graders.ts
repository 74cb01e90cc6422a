import { InputError } from "../../harness/errors.ts";

/** A verdict on a prediction made elsewhere. */
export interface Verdict {
  readonly id: string | number;
  readonly passed: boolean;
  /** Null where the grader could not decide: ungraded, never a zero. */
  readonly score: number | null;
  readonly because: string;
}

/** Flags of `npm run grade`; a domain refuses those it has no use for. */
export interface GradeOptions {
  /** A grader of the domain by name. */
  readonly grader?: string;
  /** The directory that paths of the cases are below. */
  readonly root?: string;
}

/** Grades the cases of one file. */
export interface CaseGrader {
  /**
   * Grades one parsed case, at once or beside others. `where` is its `file:line`.
   *
   * @throws {InputError} at once, when the case is wrong.
   */
  grade(value: unknown, where: string): Verdict | Promise<Verdict>;
  close?(): Promise<void>;
}

/** What grades the cases of `npm run grade`, by domain; each is loaded only when it is asked for. */
export const graders: Readonly<Record<string, (options: GradeOptions) => Promise<CaseGrader>>> = {
  math: async (options) => {
    refuse("math", options, "root");
    const { gradeCase } = await import("../../domains/math/grading/grade.ts");
    return { grade: (value, where) => gradeCase(value, where, options) };
  },
  spreadsheet: async ({ grader, root }) => {
    const { openCaseGrader } = await import("../../domains/spreadsheet/grade-cases.ts");
    return openCaseGrader(grader, root);
  },
  visionqa: async (options) => {
    refuse("visionqa", options, "root");
    const { gradeCase } = await import("../../domains/visionqa/grading/grade.ts");
    return { grade: (value, where) => gradeCase(value, where, options) };
  },
  wtq: async (options) => {
    refuse("wtq", options, "root");
    refuse("wtq", options, "grader");
    const { gradeCase } = await import("../../domains/wtq/grading/grade.ts");
    return { grade: gradeCase };
  },
};

const unused = {
  grader: "it has one grader, the official one",
  root: "its cases name no files",
} as const;

function refuse(domain: string, options: GradeOptions, flag: keyof GradeOptions): void {
  if (options[flag] !== undefined)
    throw new InputError({
      where: `--${flag}`,
      problem: `${domain} has no use for it: ${unused[flag]}`,
      fix: "Leave the flag out.",
    });
}
