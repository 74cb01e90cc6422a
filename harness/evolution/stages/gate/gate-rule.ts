/** Fresh scores of one task whose outcome differed between the arms; the run that showed it is not among them. */
export interface FlipScores {
  readonly candidate: readonly number[];
  readonly parent: readonly number[];
}

/** How the flips speak for a candidate. */
export interface FlipTest {
  /** Flips with a graded repeat in both arms; the others say nothing. */
  readonly judged: number;
  /** Sum of the differences over the root of the sum of their squares; null where no flip differs any more. */
  readonly z: number | null;
}

/**
 * Weighs the fresh repeats of the tasks whose outcome differed once.
 *
 * With d = mean of the candidate - mean of the parent for each such task, z = sum(d) / sqrt(sum(d^2)).
 * Between identical skills every d is as likely to be negative as positive, so z has mean 0 and
 * variance 1 whatever the tasks are. The runs that found the flips are not counted: they were chosen
 * for differing. Repeating the flips alone has about the power of repeating everything.
 */
export function testFlips(flips: readonly FlipScores[]): FlipTest {
  const judged = flips.filter(({ candidate, parent }) => candidate.length > 0 && parent.length > 0);
  let sum = 0;
  let squares = 0;
  for (const { candidate, parent } of judged) {
    const difference = mean(candidate) - mean(parent);
    sum += difference;
    squares += difference * difference;
  }
  return { judged: judged.length, z: squares === 0 ? null : sum / Math.sqrt(squares) };
}

function mean(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
