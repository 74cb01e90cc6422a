import type { LoopLimits } from "../agent/loop.ts";
import type { Clock, DataInfo, Domain, Model, SandboxProvider, Skill } from "../contracts/index.ts";
import type { Embedder } from "../evolution/baselines/embedding.ts";
import type { EvolutionPreset } from "../evolution/presets.ts";
import type { Study } from "./config/read-study.ts";
import type { RolloutMaker } from "./rollout.ts";
import type { StudySplit } from "./select-tasks.ts";

/** A study with everything it needs to run. */
export interface StudyContext {
  readonly study: Study;
  /** The domain that skills are learnt in. */
  readonly domain: Domain;
  /** Of all domains of the splits together. */
  readonly data: DataInfo;
  readonly splits: readonly StudySplit[];
  readonly models: ReadonlyMap<string, Model>;
  readonly skills: Readonly<Record<"human-written" | "placebo", Skill>>;
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
}
