import { assumedShares, type EvolutionPreset, usesSelect } from "./presets.ts";

/** What decides how many episodes follow from results that are not there yet. */
export type Shares = Readonly<typeof assumedShares>;

/** The most that can be: every task fails and flips, and has a patch of its own and one of a pair. */
export const largestShares: Shares = { failing: 1, patched: 2, flipping: 1 };

/** What decides how many episodes an evolution runs. */
export interface RolloutDemand {
  readonly preset: EvolutionPreset;
  readonly analysts: "error" | "success" | "combined";
  /** Tasks of the evolve split that it learns from, and of the select split. */
  readonly tasks: number;
  readonly select: number;
}

/**
 * The episodes that an evolution is expected to run: of one chosen skill, by what for, all its seeds and rounds
 * together. `choose`: among several evolutions, and among several merges of one.
 */
export function rolloutsNeeded(
  { preset, analysts, tasks, select }: RolloutDemand,
  { failing, patched, flipping }: Shares,
) {
  const runs = preset.evolutionSeeds * preset.rounds;
  const again = analysts === "success" ? 0 : preset.contrast - 1;
  const learn = runs * tasks;
  const contrast = runs * tasks * failing * again;
  const replay = preset.replay === 0 ? 0 : runs * tasks * patched * (1 + preset.replay);
  const gate = preset.gate === "none" ? 0 : runs * 2 * select * (1 + flipping * preset.gateRepeats);
  const chosenOn = preset.selectOn === "evolve" ? tasks : select;
  const mergedOn = usesSelect(preset) && select > 0 ? select : tasks;
  const choose =
    (preset.evolutionSeeds > 1 ? preset.evolutionSeeds * chosenOn : 0) +
    (preset.mergeSeeds > 1 ? runs * preset.mergeSeeds * mergedOn : 0);
  const total = learn + contrast + replay + gate + choose;
  return { learn, contrast, replay, gate, choose, total };
}

/**
 * The number of tasks that an evolution may learn from within its budget, settled before anything has run.
 *
 * @param demand `tasks`: how many there are.
 * @returns all tasks without a budget; undefined where the budget is not enough for two.
 */
export function tasksWithinBudget(demand: RolloutDemand): number | undefined {
  const { rolloutBudget } = demand.preset;
  if (rolloutBudget === null) return demand.tasks;
  const shares = { ...assumedShares, ...rolloutBudget };
  const total = (tasks: number) => rolloutsNeeded({ ...demand, tasks }, shares).total;
  const each = total(1) - total(0);
  // The nudge keeps a budget that is just enough from being lost to a rounding of the division.
  const most = Math.floor((rolloutBudget.rollouts - total(0)) / each + 1e-9);
  return most < 2 ? undefined : Math.min(demand.tasks, most);
}
