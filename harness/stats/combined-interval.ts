import type { Interval } from "./wilson.ts";

/** A figure with its 95% interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** A part of a sum. */
export interface Part {
  /** A negative weight subtracts. */
  readonly weight: number;
  readonly estimate: Estimate;
}

/**
 * A weighted sum of independent estimates, with an interval recovered from theirs: on each side the
 * distances of the parts' ends from their values are added in quadrature. Unlike one from standard
 * errors, it keeps the skewness of its parts.
 *
 * @see Zou and Donner (2008), Construction of confidence limits about effect measures (MOVER)
 */
export function sumOfIndependent(parts: readonly Part[]): Estimate {
  return sum(parts, (distances) => Math.hypot(...distances));
}

/** A weighted sum of estimates that may err together in any way: the distances add up in full. */
export function sumAtWorst(parts: readonly Part[]): Estimate {
  return sum(parts, (distances) => distances.reduce((total, each) => total + each, 0));
}

function sum(parts: readonly Part[], joined: (distances: readonly number[]) => number): Estimate {
  const value = parts.reduce((total, { weight, estimate }) => total + weight * estimate.value, 0);
  // A part that is subtracted pulls the sum down by its upper end.
  const reach = (end: 0 | 1) =>
    parts.map(({ weight, estimate }) => {
      const side = weight < 0 ? 1 - end : end;
      return Math.abs(weight * ((estimate.interval[side] ?? 0) - estimate.value));
    });
  return { value, interval: [value - joined(reach(0)), value + joined(reach(1))] };
}
