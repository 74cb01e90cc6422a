import { type FlipScores, testFlips } from "../../harness/evolution/stages/gate/gate-rule.ts";
import { seededRng } from "../../harness/rng.ts";

/** A gate between skills whose true effect is known. */
export interface GateStudy {
  readonly tasks: number;
  /** a of Beta(a, a), from which each task's chance to pass under the parent is drawn: the smaller, the surer its outcome. */
  readonly noise: number;
  /** What the candidate adds to the mean chance to pass, from -1 to 1. */
  readonly effect: number;
  /** `some`: a share of the tasks is always solved, or always failed, as by a rule that applies to them. `all`: every chance moves a little. */
  readonly reach?: "some" | "all";
  readonly repeats: number;
  readonly threshold: number;
}

/** The share of gates that accept, and the mean number of rollouts they take. */
export function gateSimulation(
  { tasks, noise, effect, reach = "some", repeats, threshold }: GateStudy,
  trials: number,
): { readonly accepted: number; readonly rollouts: number } {
  const rng = seededRng(`gate ${tasks} ${noise} ${effect} ${reach}`);
  const passes = (chance: number) => (rng.next() < chance ? 1 : 0);
  let accepted = 0;
  let rollouts = 0;
  for (let trial = 0; trial < trials; trial++) {
    const flips: FlipScores[] = [];
    for (let task = 0; task < tasks; task++) {
      const parent = betaDraw(noise, () => rng.next());
      const candidate =
        reach === "all" ? shifted(parent, effect) : replaced(parent, effect, rng.next());
      rollouts += 2;
      if (passes(candidate) === passes(parent)) continue;
      rollouts += 2 * repeats;
      const runs = (chance: number) => Array.from({ length: repeats }, () => passes(chance));
      flips.push({ candidate: runs(candidate), parent: runs(parent) });
    }
    const { z } = testFlips(flips);
    if (z !== null && z >= threshold) accepted++;
  }
  return { accepted: accepted / trials, rollouts: rollouts / trials };
}

/** A chance moved towards 1 or 0 by a share of what is left, so that the mean over Beta(a, a) moves by `effect`. */
function shifted(chance: number, effect: number): number {
  return effect >= 0 ? chance + 2 * effect * (1 - chance) : chance + 2 * effect * chance;
}

/** The chance of a task that a rule reaches or not: 1 or 0 for twice the effect's share of tasks. */
function replaced(chance: number, effect: number, draw: number): number {
  if (draw >= 2 * Math.abs(effect)) return chance;
  return effect > 0 ? 1 : 0;
}

/** Beta(a, a) by Jöhnk's method, which is quick for a up to 1. */
function betaDraw(a: number, next: () => number): number {
  for (;;) {
    const x = next() ** (1 / a);
    const y = next() ** (1 / a);
    if (x + y > 0 && x + y <= 1) return x / (x + y);
  }
}
