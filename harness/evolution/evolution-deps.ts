import type {
  Clock,
  Row,
  Runner,
  SandboxProvider,
  Skill,
  Task,
  UnitResult,
} from "../contracts/index.ts";

/** What an evolution works with. */
export interface EvolutionDeps {
  readonly runner: Runner;
  readonly sandboxes: SandboxProvider;
  readonly clock: Clock;
  /** Stage 1: one graded episode of a task, with its transcript. */
  rollout(task: Task, skill: Skill | undefined, seed: number, repeat?: number): Promise<Row>;
  /**
   * The same episode as a part of the unit that asks for it, which counts what it spends: it takes no
   * place of its own among the units that run at a time, so that an analysis cannot wait for itself.
   * Needed where the domain's fix is advice.
   */
  attempt?(
    task: Task,
    skill: Skill,
    seed: number,
    repeat: number,
    signal: AbortSignal,
  ): Promise<UnitResult>;
}
