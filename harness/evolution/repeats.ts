import type { GateArm, GateArms } from "./stages/gate/arms.ts";

/**
 * Repeat numbers of rollouts: equal numbers of one task, skill and seed are one and the same draw, so
 * every purpose that needs draws of its own has a range of its own.
 */

/** Numbers for the rollouts that a round learns from. */
const LEARNING = 20;
/** Where the fresh repeats of gates begin, and how many each round has; small, as some endpoints take 32 bits only. */
const GATE = 500;
const GATE_ROUND = 20;

/** The first repeat number of the rollouts a round learns from. @param rejections rounds since the skill changed */
export function learningRepeat(rejections: number): number {
  return rejections * LEARNING;
}

/** Runs of a gate in a round from 1: the first is not counted and may be shared; the repeats are the round's alone. */
export function gateRepeats(repeats: number, round: number): readonly number[] {
  return [0, ...range(GATE + round * GATE_ROUND, repeats)];
}

/** Arms of a trial of a skill against itself, which has a seed of its own: no draw in common. */
export function trialRepeats(repeats: number): Record<keyof GateArms, GateArm["repeats"]> {
  const runs = repeats + 1;
  return { candidate: range(0, runs), parent: range(runs, runs) };
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
