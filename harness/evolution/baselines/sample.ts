import type { Rng } from "../../contracts/index.ts";
import { shuffled } from "../../rng.ts";
import type { Rollout } from "../evolution.ts";
import { type SidedRollout, sidesFor } from "../sides.ts";

/** How much a one-shot call gets to see. */
export interface SampleLimits {
  /** Trajectories at most. */
  readonly trajectories: number;
  /** About how many characters of each. */
  readonly characters: number;
}

/** Eight traces, as in the study in which one call on them beat the published merge. */
export const sampleLimits: SampleLimits = { trajectories: 8, characters: 10_000 };

/**
 * A seeded sample of the sides asked for, half failures and half successes as far as there are enough of
 * each; failures first, each in task order.
 */
export function sampleOf(
  rollouts: readonly Rollout[],
  analysts: "error" | "success" | "combined",
  count: number,
  rng: Rng,
): readonly SidedRollout[] {
  const sided = sidesFor(rollouts, analysts);
  const failures = sided.filter(({ side }) => side === "failure");
  const successes = sided.filter(({ side }) => side === "success");
  const half = Math.ceil(count / 2);
  const fromFailures = Math.min(failures.length, Math.max(half, count - successes.length));
  const fromSuccesses = Math.min(successes.length, count - fromFailures);
  const draw = (items: readonly SidedRollout[], size: number, label: string) => {
    const drawn = new Set(shuffled(items, rng.fork(label)).slice(0, size));
    return items.filter((item) => drawn.has(item));
  };
  return [
    ...draw(failures, fromFailures, "failures"),
    ...draw(successes, fromSuccesses, "successes"),
  ];
}
