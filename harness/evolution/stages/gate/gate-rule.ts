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
 * With d = mean of the candidate - mean of the parent of a task, z = sum(d) / sqrt(sum(d^2)). Between
 * identical skills d is as often negative as positive, so z has mean 0 and variance 1. The runs that
 * found the flips are not counted: they were chosen for differing.
 */
export function testFlips(flips: readonly FlipScores[]): FlipTest {
  const differences = flips
    .filter(({ candidate, parent }) => candidate.length > 0 && parent.length > 0)
    .map(
      ({ candidate, parent }) =>
        sumOf(candidate) / candidate.length - sumOf(parent) / parent.length,
    );
  const squares = sumOf(differences.map((d) => d * d));
  const z = squares === 0 ? null : sumOf(differences) / Math.sqrt(squares);
  return { judged: differences.length, z };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
