import { digestOf } from "../../../canonical.ts";
import type {
  Domain,
  DomainOptions,
  Image,
  JsonObject,
  SandboxProvider,
  Skill,
  Spent,
  Task,
  UnitResult,
} from "../../../contracts/index.ts";
import type { ModelFault } from "../../../errors.ts";
import { nothingSpent } from "../../../models/spent.ts";
import type { AnalysisResult, DropReason } from "./analysis.ts";

/** Episodes that one analysis may have run to try advice: each costs as much as a rollout. */
export const ADVICE_EPISODES = 3;

/** What the fix of an analyst is tried on (paper, section 2.3, where it is called the quality gate). */
export interface FixCheck {
  readonly domain: Domain;
  readonly options: DomainOptions;
  readonly task: Task;
  readonly sandboxes: SandboxProvider;
  /**
   * What proves an explanation: what the domain says, and advice where nothing was handed in, since any way
   * to solve the task would pass there and say nothing of the cause.
   */
  readonly fix: Domain["fix"];
  /** A new episode of the task by the agent whose episode failed, with another skill; needed for advice. */
  readonly attempt?: (skill: Skill, signal: AbortSignal) => Promise<UnitResult>;
  /** The skill that agent worked with; advice is added to it. */
  readonly parent: Skill;
}

/** What the harness itself found about an analyst's fixes. */
export interface FixRecord {
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

/** A record before the first fix. */
export function newFixRecord(): FixRecord {
  const counts = { tries: 0, quoting: 0, inputFree: 0, episodes: 0 };
  return { ...counts, passed: undefined, spent: nothingSpent, fault: undefined };
}

/** A record as an analysis stores it, under the name `gate`. */
export interface StoredFixRecord extends Pick<FixRecord, "tries" | "quoting" | "inputFree"> {
  readonly passed: string | null;
  /** Only where fixes are advice. */
  readonly episodes?: number;
}

/** An analysis whose fixes were tried, as its unit stores it. */
export type ProvenAnalysis = AnalysisResult & { readonly gate?: StoredFixRecord };

/** What is stored of a record. */
export function storedFixRecord(record: FixRecord, { fix }: FixCheck): StoredFixRecord {
  const { tries, quoting, inputFree, passed, episodes } = record;
  const found = { tries, quoting, inputFree, passed: passed ?? null };
  return fix === "advice" ? { ...found, episodes } : found;
}

/** Why fixes of which none passed explain nothing. */
export function unprovenReason({ quoting, inputFree }: FixRecord): DropReason {
  return quoting + inputFree > 0 ? "copied-reference" : "no-fix-passed";
}

/** What of the check decides an analysis. */
export function fixCheckInputs(check: FixCheck): JsonObject {
  const { domain, options, task, sandboxes, parent, fix } = check;
  return {
    task: digestOf(task),
    domain: domain.name,
    grader: domain.grader,
    options,
    parent: parent.digest,
    sandbox: sandboxes.name,
    ...(fix === "advice" ? { fix, episodes: ADVICE_EPISODES } : {}),
  };
}

/** The task's pictures, for an analyst who may see the reference; none where the domain has none. */
export async function picturesOf({ domain, options, task }: FixCheck): Promise<readonly Image[]> {
  return (await domain.images?.(task, options)) ?? [];
}
