import type {
  Domain,
  DomainOptions,
  JsonObject,
  SandboxProvider,
  Skill,
  Spent,
  Task,
  UnitResult,
} from "../../../contracts/index.ts";
import type { ModelFault } from "../../../errors.ts";
import { nothingSpent } from "../../../models/spent.ts";

/** What the harness itself found about an analyst's fixes. */
export interface GateRecord {
  /** Fixes that were tried, rejected ones included. */
  tries: number;
  /** Rejected because a value of the reference stands in the fix. */
  quoting: number;
  /** Rejected because they pass without the input as well. */
  inputFree: number;
  /** The first fix that passed. */
  passed: string | undefined;
  /** Episodes that were run to try advice, and what their model calls were. */
  episodes: number;
  spent: Spent;
  /** Of the agent's model, and permanent: every further episode would end the same way. */
  fault: ModelFault | undefined;
}

/** What a fix is tried on. */
export interface GateTask {
  readonly domain: Domain;
  readonly options: DomainOptions;
  readonly task: Task;
  readonly sandboxes: SandboxProvider;
  /**
   * A new episode of the task by the agent whose episode failed, with another skill; where the domain's
   * fix is advice.
   */
  readonly attempt?: (skill: Skill, signal: AbortSignal) => Promise<UnitResult>;
  /** The skill that agent worked with; advice is added to it. */
  readonly parent: Skill;
}

/** A record before the first fix. */
export function freshRecord(): GateRecord {
  return {
    tries: 0,
    quoting: 0,
    inputFree: 0,
    passed: undefined,
    episodes: 0,
    spent: nothingSpent,
    fault: undefined,
  };
}

/** A record as an analysis stores it. */
export function recordJson(record: GateRecord, { domain }: GateTask): JsonObject {
  const { tries, quoting, inputFree, passed, episodes } = record;
  const found = { tries, quoting, inputFree, passed: passed ?? null };
  return domain.fix === "advice" ? { ...found, episodes } : found;
}
