/** A bound that the question sets on a number or a date. */
export interface Bound {
  readonly column: number;
  readonly low: number;
  readonly high: number;
  /** Words of the question that state it. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly number[];
}

/** Words for more. */
export const up = new Set([
  "more",
  "greater",
  "higher",
  "larger",
  "longer",
  "bigger",
  "taller",
  "over",
  "above",
  "exceed",
  "exceeded",
  "exceeding",
  "better",
  "older",
  "heavier",
]);
/** Words for less. */
export const down = new Set([
  "less",
  "fewer",
  "lower",
  "smaller",
  "shorter",
  "under",
  "below",
  "lighter",
  "younger",
]);
