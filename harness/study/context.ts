import type { LoopLimits } from "../agent/loop.ts";
import { digestOf } from "../canonical.ts";
import type {
  Clock,
  DataInfo,
  Domain,
  Model,
  SandboxProvider,
  Skill,
  Task,
} from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Embedder } from "../evolution/baselines/embedding.ts";
import type { EvolutionPreset } from "../evolution/presets.ts";
import type { DeclaredModel, Surroundings } from "../models/provider.ts";
import { declareModel } from "../models/registry.ts";
import { nothingSpent } from "../models/spent.ts";
import type { EvolvedSource } from "./arms.ts";
import { resolvePreset } from "./config/preset-schema.ts";
import type { Study } from "./config/read-study.ts";
import type { RolloutMaker } from "./rollout.ts";
import type { StudySplit } from "./select-tasks.ts";
import type { CostOfRow, PriceOf } from "./spending.ts";

/** A study with everything it needs to run. */
export interface StudyContext {
  readonly study: Study;
  /** The domain that skills are learnt in. */
  readonly domain: Domain;
  /** Of all domains of the splits together. */
  readonly data: DataInfo;
  readonly splits: readonly StudySplit[];
  readonly models: ReadonlyMap<string, Model>;
  /** Those that the study uses. */
  readonly skills: Readonly<Partial<Record<"human-written" | "placebo", Skill>>>;
  /** Of every evolved source: the study's own preset, or its variant's. */
  presetOf(variant: string | null): EvolutionPreset;
  readonly limits: LoopLimits;
  readonly sandboxes: SandboxProvider;
  readonly clock: Clock;
  /** Of methods that retrieve. @default BM25 */
  readonly embedder?: Embedder;
}

/** The parts of a study by their names. All throw for a name that the study does not have. */
export interface StudyParts {
  split(name: string): StudySplit;
  model(name: string): Model;
  /** Makes the episodes of a model on a split; the same maker for columns of one kind of episodes. */
  rolloutOf(model: string, split: StudySplit): RolloutMaker;
  /**
   * The tasks that a source learns from: the first ones of the evolve split that its budget allows.
   *
   * @throws {InputError} where it allows none.
   */
  learningTasks(source: EvolvedSource): readonly Task[];
}

/** Under --max-cost fewer episodes are under way, since what is under way is paid for. */
const episodesOnBudget = 16;

/**
 * The models of a study that authors, users or roles name, ready to be opened.
 *
 * @throws {InputError} when a key is missing for an endpoint that needs one.
 */
export function modelsOf(study: Study, at: Surroundings): ReadonlyMap<string, DeclaredModel> {
  const roles = Object.values(study.roles).flatMap((named) =>
    typeof named === "string" ? [named] : Object.values(named),
  );
  const used = [...new Set([...study.authors, ...study.users, ...roles])];
  return new Map(
    used.map((id) => {
      const entry = study.models[id];
      if (entry === undefined) throw new Error(`no model ${id}`);
      return [id, declareModel(id, entry, at)];
    }),
  );
}

/** What the models' calls cost: of a row, and of tokens by themselves. */
export function costsOf(models: ReadonlyMap<string, DeclaredModel>): {
  readonly costOf: CostOfRow;
  readonly priceOf: PriceOf;
} {
  return {
    costOf: ({ about, spent }) => models.get(String(about["model"]))?.costOf(spent),
    priceOf: (model, inputTokens, outputTokens) =>
      models.get(model)?.costOf({ ...nothingSpent, calls: 1, inputTokens, outputTokens }),
  };
}

/** @throws {InputError} for the first model whose price is unknown, so that a limit cannot be kept. */
export function refuseUnpriced(study: Study, models: ReadonlyMap<string, DeclaredModel>): void {
  for (const [id, model] of models) {
    if (model.costOf(nothingSpent) !== undefined) continue;
    throw new InputError({
      where: study.placeOf(["models", id]),
      field: `models.${id}.price`,
      problem: "missing, so --max-cost cannot be kept",
      fix: "Add price: { input: ..., output: ... } in USD per million tokens.",
    });
  }
}

/** Episodes at a time where nobody names a number. */
export function episodesOf(
  models: ReadonlyMap<string, DeclaredModel>,
  isBudgeted: boolean,
): number {
  if (isBudgeted) return episodesOnBudget;
  return Math.max(...[...models.values()].map(({ episodes }) => episodes));
}

/** The presets that a study's evolved skills are made under. */
export function presetsOf(study: Study): StudyContext["presetOf"] {
  return (variant) =>
    resolvePreset(variant === null ? study.evolution : (study.variants?.[variant] ?? "default"));
}

/** What a table says of its data: of several sets their names, and one digest over theirs. */
export function dataOf(splits: readonly StudySplit[]): DataInfo {
  const sets = [...new Set(splits.map(({ data }) => data))];
  const [first, ...others] = sets;
  if (first === undefined) throw new Error("a study without data");
  if (others.length === 0) return first;
  return {
    name: sets.map(({ name, real }) => (real ? name : `${name} (sample)`)).join("; "),
    real: sets.every(({ real }) => real),
    digest: digestOf(sets.map(({ digest }) => digest)),
    path: sets.map(({ path: place }) => place).join("; "),
  };
}
