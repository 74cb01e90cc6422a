/** A workbook to read: a file, or bytes with the name that decides whether it may be opened. */
export type WorkbookSource =
  | { readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array | undefined };

/** Two workbooks and where to compare them. Plain data: it travels to worker threads. */
export interface ComparisonRequest {
  readonly answer: WorkbookSource;
  readonly output: WorkbookSource;
  /** `answer_position` of the task, as released. */
  readonly position: string;
  /** `answer_sheet` of the task; only `strict` reads it. */
  readonly answerSheet?: string;
  /** The workbook as the agent got it; only `strict` reads it. */
  readonly input?: WorkbookSource;
}

/** A cell where the workbooks differ, with both values as Python prints them. */
export interface CellDifference {
  readonly sheet: string;
  readonly cell: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * What a comparison found. Plain JSON.
 *
 * `reason` of a graded one: `ok`, `value_difference`, `worksheet_not_found`, `file_missing`,
 * `load_error` or `exception:NAME` (an exception of the published code, which it counts as wrong);
 * where several ranges fail differently, joined by `+`.
 *
 * Ungraded is a task that nobody can solve (`unsolvable`), or a workbook beyond our limits of size
 * and time (`limits`).
 */
export type Comparison =
  | GradedComparison
  | {
      readonly kind: "ungraded";
      readonly reason: "unsolvable" | "limits";
      readonly because: string;
    };

export interface GradedComparison {
  readonly kind: "graded";
  readonly passed: boolean;
  readonly reason: string;
  readonly because: string;
  readonly firstDifference?: CellDifference;
  /** Whether the untouched input would have passed as well; known where it was given. */
  readonly untouchedPasses?: boolean;
}

/** A passed comparison. */
export const allEqual: GradedComparison = {
  kind: "graded",
  passed: true,
  reason: "ok",
  because: "all compared cells are equal",
};

/** A failed comparison. */
export function failed(
  reason: string,
  because: string,
  firstDifference?: CellDifference,
): GradedComparison {
  const difference = firstDifference === undefined ? {} : { firstDifference };
  return { kind: "graded", passed: false, reason, because, ...difference };
}
