import type {
  Clock,
  Domain,
  DomainOptions,
  Model,
  Patch,
  Row,
  Runner,
  SandboxProvider,
  Skill,
  Task,
  UnitResult,
} from "../contracts/index.ts";
import type { Provenance } from "../skills/provenance.ts";
import type { EvolutionPreset } from "./presets.ts";
import type { Account } from "./record/account.ts";
import type { TracedSkill } from "./record/over-rounds.ts";
import { noPast, type Past } from "./record/past.ts";
import type { EvolutionRole } from "./roles.ts";
import type { Answering } from "./unit.ts";

/** What to evolve, from what, and how. */
export interface EvolutionRequest {
  readonly domain: Domain;
  readonly options: DomainOptions;
  /** S0: human-written, or a draft. Never changed. */
  readonly parent: Skill;
  readonly mode: "deepening" | "creation";
  readonly analysts: "error" | "success" | "combined";
  readonly preset: EvolutionPreset;
  /** The evolve split; no analyst sees another task. */
  readonly tasks: readonly Task[];
  /** The select split, which no analyst sees; without it there is no acceptance gate. */
  readonly selectTasks?: readonly Task[];
  /** The agent of the rollouts, and every role that `roles` does not give to another model. */
  readonly author: Model;
  readonly roles?: ReadonlyMap<string, Model>;
  readonly seed: number;
}

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
  attempt?(episode: Attempt): Promise<UnitResult>;
}

/** An episode that a unit runs within itself. */
export interface Attempt {
  readonly task: Task;
  readonly skill: Skill;
  readonly seed: number;
  readonly repeat: number;
  readonly signal: AbortSignal;
}

/** An evolved skill with all that it came from. */
export interface Evolution {
  readonly skill: Skill;
  readonly parent: Skill;
  readonly account: Account;
  readonly provenance: Provenance;
  /** Proposed, deduplicated and merged patches by level; level 0 is what was proposed. */
  readonly levels: readonly (readonly Patch[])[];
  /** Edits that did not get into the skill, with the reason: for the account, and for later rounds. */
  readonly withheld: readonly LeftOutEdit[];
  /** What changed, as a list for people: the edits that were applied, in order, and what the gate said. */
  readonly changelog: readonly string[];
  /** Candidates that the gate rejected. */
  readonly rejected?: readonly TracedSkill[];
  /** The rounds one by one, where there were several. */
  readonly rounds?: readonly Evolution[];
}

/** An edit that is not in the skill, and why. */
export interface LeftOutEdit {
  readonly edit: string;
  readonly reason: string;
  readonly detail: string;
  readonly content: string;
}

/** A graded episode with its task. */
export interface Rollout {
  readonly task: Task;
  readonly row: Row;
}

/** Where a round begins. */
export interface RoundStart {
  /** From 1. */
  readonly number: number;
  /** Repeat number of the rollouts it learns from. */
  readonly repeat: number;
  /** What earlier rounds leave to it. */
  readonly past: Past;
  /** Digests of the candidates that earlier gates rejected. */
  readonly rejected: ReadonlySet<string>;
}

/** Who answers, with what, and what came before: what a request lacks for a round. */
interface RoundTools extends RoundStart {
  readonly deps: EvolutionDeps;
  /** Who answers for a role: the model that the request names for it, otherwise the author. */
  by(role: EvolutionRole): Answering;
}

/** What the stages of one round share: the request, whose parent is the skill of that round, and the rest. */
export interface RoundContext extends EvolutionRequest, RoundTools {}

/** What of a request any learning from trajectories needs. */
export type LearningRequest = Omit<EvolutionRequest, "preset" | "mode">;

/** What stages work with in one round. @param start of the first and only round by default */
export function roundContext<Request extends LearningRequest>(
  request: Request,
  deps: EvolutionDeps,
  start: RoundStart = { number: 1, repeat: 0, past: noPast, rejected: new Set() },
): Request & RoundTools {
  const { author, roles, seed } = request;
  const { clock } = deps;
  const played = (role: EvolutionRole) => roles?.get(role) ?? author;
  const by = (role: EvolutionRole) => {
    return { model: played(role), repair: played("repair"), seed, clock };
  };
  return { ...request, ...start, deps, by };
}

/** Stage 1 (paper, section 2.2): one graded episode of each task of the evolve split with the parent. */
export function rollout({
  tasks,
  parent,
  seed,
  repeat,
  deps,
}: LearningRequest & RoundTools): Promise<readonly Rollout[]> {
  return Promise.all(
    tasks.map(async (task) => ({ task, row: await deps.rollout(task, parent, seed, repeat) })),
  );
}
