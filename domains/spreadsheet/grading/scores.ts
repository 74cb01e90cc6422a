/** The scores of a task over its test cases. */
export interface TaskScores {
  /** The share of cases that passed. */
  readonly soft: number;
  /** 1 where all passed. */
  readonly hard: 0 | 1;
}

/**
 * Soft and hard score of a task, as both published evaluators count them. The verified set has one case
 * a task: there the two are the same.
 *
 * @param passed one verdict a case; a task without cases scores 0 softly and 1 hard, as the paper's code has it.
 */
export function taskScores(passed: readonly boolean[]): TaskScores {
  const right = passed.filter((one) => one).length;
  return {
    soft: passed.length === 0 ? 0 : right / passed.length,
    hard: right === passed.length ? 1 : 0,
  };
}
