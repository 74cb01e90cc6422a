import { InputError } from "../../harness/errors.ts";

/** A verdict on a prediction made elsewhere. */
export interface Verdict {
  readonly id: string | number;
  readonly passed: boolean;
  /** Null where the grader could not decide: ungraded, never a zero. */
  readonly score: number | null;
  readonly because: string;
}

/** Grades one parsed case. `where` is its `file:line`, `options.grader` a grader of the domain by name. */
export type GradeCase = (
  value: unknown,
  where: string,
  options: { readonly grader?: string },
) => Verdict;

/** What grades the cases of `npm run grade`, by domain; each is loaded only when it is asked for. */
export const graders: Readonly<Record<string, () => Promise<GradeCase>>> = {
  math: async () => (await import("../../domains/math/grade.ts")).gradeCase,
  wtq: async () => {
    const { gradeCase } = await import("../../domains/wtq/grade.ts");
    return (value, where, { grader }) => {
      if (grader !== undefined)
        throw new InputError({
          where: "--grader",
          problem: "wtq has one grader, the official one",
          fix: "Leave the flag out.",
        });
      return gradeCase(value, where);
    };
  },
};
