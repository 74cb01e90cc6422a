import type { EvolutionPreset } from "./presets.ts";

/** What decides how many episodes follow from results that are not there yet. */
export interface Shares {
  /** Of the tasks, those that fail, and those that pass. */
  readonly oneSide: number;
  /** Of the tasks of a gate, those whose outcome a candidate changes. */
  readonly flipping: number;
}

/**
 * What a budget is settled with: an agent that fails half of its tasks, and a skill that changes the
 * outcome of a fifth of them, as the planned power assumes too.
 */
export const assumedShares: Shares = { oneSide: 0.5, flipping: 0.2 };
/** The most that can be. */
export const largestShares: Shares = { oneSide: 1, flipping: 1 };

/** Episodes of one chosen skill, by what for. */
export interface RolloutsNeeded {
  readonly learn: number;
  readonly replay: number;
  readonly gate: number;
  /** To choose among several evolutions. */
  readonly choose: number;
  readonly total: number;
}

/** What decides how many episodes an evolution runs. */
export interface RolloutDemand {
  readonly preset: EvolutionPreset;
  readonly analysts: "error" | "success" | "combined";
  /** Tasks of the evolve split that it learns from, and of the select split. */
  readonly tasks: number;
  readonly select: number;
}

/**
 * The episodes that an evolution will run, all its seeds and rounds together.
 *
 * Every patch is replayed on its own task and on its neighbours; every gate runs both arms once on the
 * select split and the flips again.
 */
export function rolloutsNeeded(
  { preset, analysts, tasks, select }: RolloutDemand,
  { oneSide, flipping } = assumedShares,
): RolloutsNeeded {
  const patches = analysts === "combined" ? tasks : tasks * oneSide;
  const runs = preset.evolutionSeeds * preset.rounds;
  const learn = runs * tasks;
  const replay = preset.replay === 0 ? 0 : runs * patches * (1 + preset.replay);
  const gate = preset.gate === "none" ? 0 : runs * 2 * select * (1 + flipping * preset.gateRepeats);
  const chosenOn = preset.selectOn === "evolve" ? tasks : select;
  const choose = preset.evolutionSeeds > 1 ? preset.evolutionSeeds * chosenOn : 0;
  return { learn, replay, gate, choose, total: learn + replay + gate + choose };
}

/**
 * The number of tasks that an evolution may learn from within its budget, settled before anything has run:
 * a preset with dearer parts sees fewer tasks, and all presets of one budget run about as many episodes.
 *
 * @param demand `tasks`: how many there are.
 * @returns all tasks without a budget; undefined where the budget is not enough for two.
 */
export function tasksWithinBudget(demand: RolloutDemand): number | undefined {
  const { rolloutBudget } = demand.preset;
  if (rolloutBudget === null) return demand.tasks;
  const total = (tasks: number) => rolloutsNeeded({ ...demand, tasks }).total;
  const each = total(1) - total(0);
  const most = Math.min(demand.tasks, Math.floor((rolloutBudget - total(0)) / each + 1e-9));
  return most < 2 ? undefined : most;
}
