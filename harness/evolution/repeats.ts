import type { GateArm } from "./stages/gate/arms.ts";

/**
 * Repeat numbers of rollouts: equal numbers of one task, skill and seed are one and the same draw, so
 * every purpose that needs draws of its own has a range of its own.
 */

/** Numbers that a round may use for the rollouts it learns from; the first is the plain one. */
const LEARNING = 20;
/** Where the fresh repeats of gates begin, and how many numbers each round has. Small, since some endpoints take seeds of 32 bits only. */
const GATE = 500;
const GATE_ROUND = 20;

/**
 * The first repeat number of the rollouts that a round learns from.
 *
 * @param rejections rounds that the skill has survived: its earlier trajectories taught what was rejected.
 */
export function learningRepeat(rejections: number): number {
  return rejections * LEARNING;
}

/**
 * Runs of a gate: the first one may be shared with others who try the skill on the same tasks, since
 * it is not counted; the repeats are of this round alone.
 *
 * @param round from 1.
 */
export function gateRepeats(repeats: number, round: number): readonly number[] {
  return [0, ...range(GATE + round * GATE_ROUND, repeats)];
}

/** Arms of a trial of a skill against itself, which has a seed of its own: no draw in common. */
export function trialRepeats(repeats: number): {
  readonly candidate: GateArm["repeats"];
  readonly parent: GateArm["repeats"];
} {
  const runs = repeats + 1;
  return { candidate: range(0, runs), parent: range(runs, runs) };
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
