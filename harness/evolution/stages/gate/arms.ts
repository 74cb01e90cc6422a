import { digestOf } from "../../../canonical.ts";
import type { Model, Row, Skill, Spent, Task } from "../../../contracts/index.ts";
import { nothingSpent, plusSpent } from "../../../models/spent.ts";
import { type FlipScores, testFlips } from "./gate-rule.ts";

/** Why a candidate was accepted, or the parent kept. */
export type GateReason =
  /** z reached the threshold. */
  | "better"
  /** z stayed below the threshold. */
  | "not-better"
  /** No task had another outcome than under the parent. */
  | "no-flips"
  /** Outcomes differed once, and no more in the fresh repeats. */
  | "no-difference"
  /** The candidate is the parent, byte for byte; nothing was run. */
  | "identical"
  /** The candidate was rejected in an earlier round; nothing was run. */
  | "rejected-before";

/** What the gate decided, and on what. */
export interface GateDecision {
  readonly accepted: boolean;
  readonly because: GateReason;
  /** Digests of the two skills; null for no skill. */
  readonly candidate: string | null;
  readonly parent: string | null;
  readonly domain: string;
  /** The agent: its name in the study, its label, and the digest of its identity. */
  readonly model: { readonly id: string; readonly label: string; readonly digest: string };
  readonly repeats: number;
  readonly threshold: number;
  /** Tasks of the select split; each is `same`, `repairs`, `regressions` or `ungraded`. */
  readonly tasks: number;
  readonly same: number;
  /** Better under the candidate than under the parent in the first run. */
  readonly repairs: number;
  readonly regressions: number;
  /** Left out: infrastructure failed in the first run of either arm. */
  readonly ungraded: number;
  /** Repairs and regressions with no graded repeat in one of the arms: left out as well. */
  readonly unjudged: number;
  readonly z: number | null;
  readonly rollouts: { readonly first: number; readonly fresh: number };
}

/** A skill with the repeat numbers of its runs: the first, then the fresh ones. */
export interface GateArm {
  readonly skill: Skill | undefined;
  readonly repeats: readonly number[];
}

/** The two skills that a gate compares. */
export interface GateArms {
  readonly candidate: GateArm;
  readonly parent: GateArm;
}

/** What a gate runs on. */
export interface GateSetting {
  /** Of the select split, which no analyst has seen. */
  readonly tasks: readonly Task[];
  readonly domain: string;
  readonly model: Model;
  /** z from which a candidate is accepted. */
  readonly threshold: number;
  rollout(task: Task, skill: Skill | undefined, repeat: number): Promise<Row>;
}

/** A decision with what its runs took. */
export interface GateRun {
  readonly decision: GateDecision;
  readonly spent: Spent;
}

/**
 * Decides between a candidate and its parent: both once on every task, then fresh repeats, in both
 * arms, of the tasks whose outcome differs; accepted from the threshold on.
 *
 * @param arms as many repeat numbers each; those of the same skill must be disjoint, or the arms
 * would share their draws.
 */
export async function runGate(arms: GateArms, setting: GateSetting): Promise<GateRun> {
  assertOwnDraws(arms);
  const { tasks, threshold } = setting;
  const rows: Row[] = [];
  const scoreOf = async (task: Task, { skill, repeats }: GateArm, run: number) => {
    const row = await setting.rollout(task, skill, repeats[run] as number);
    rows.push(row);
    return row.grade?.kind === "graded" ? row.grade.score : undefined;
  };
  const both = (task: Task, run: number) =>
    Promise.all([scoreOf(task, arms.candidate, run), scoreOf(task, arms.parent, run)]);
  const first = await Promise.all(
    tasks.map(async (task) => ({ task, scores: await both(task, 0) })),
  );
  const graded = first.filter(({ scores }) => !scores.includes(undefined));
  const flips = graded.filter(({ scores: [a, b] }) => a !== b);
  const fresh = await Promise.all(
    flips.map(async ({ task }): Promise<FlipScores> => {
      const repeats = arms.candidate.repeats.slice(1);
      const runs = await Promise.all(repeats.map((_, i) => both(task, i + 1)));
      return {
        candidate: runs.flatMap(([score]) => score ?? []),
        parent: runs.flatMap(([, score]) => score ?? []),
      };
    }),
  );
  const { z, judged } = testFlips(fresh);
  const tested = z !== null && z >= threshold ? "better" : "not-better";
  const because = flips.length === 0 ? "no-flips" : z === null ? "no-difference" : tested;
  const repairs = flips.filter(({ scores: [a = 0, b = 0] }) => a > b).length;
  return {
    decision: {
      ...decisionOf(because, arms, setting),
      same: graded.length - flips.length,
      repairs,
      regressions: flips.length - repairs,
      ungraded: first.length - graded.length,
      unjudged: flips.length - judged,
      z,
      rollouts: { first: 2 * first.length, fresh: rows.length - 2 * first.length },
    },
    spent: rows.map((row) => row.spent).reduce(plusSpent, nothingSpent),
  };
}

/** A decision that needs no run. */
export function withoutRuns(
  because: "identical" | "rejected-before",
  arms: GateArms,
  setting: GateSetting,
): GateRun {
  return { decision: decisionOf(because, arms, setting), spent: nothingSpent };
}

function decisionOf(
  because: GateReason,
  { candidate, parent }: GateArms,
  { domain, model, threshold, tasks }: GateSetting,
): GateDecision {
  return {
    accepted: because === "better",
    because,
    candidate: candidate.skill?.digest ?? null,
    parent: parent.skill?.digest ?? null,
    domain,
    model: { id: model.id, label: model.label, digest: digestOf(model.identity) },
    repeats: candidate.repeats.length - 1,
    threshold,
    tasks: tasks.length,
    same: 0,
    repairs: 0,
    regressions: 0,
    ungraded: 0,
    unjudged: 0,
    z: null,
    rollouts: { first: 0, fresh: 0 },
  };
}

function assertOwnDraws({ candidate, parent }: GateArms): void {
  if (candidate.repeats.length !== parent.repeats.length || candidate.repeats.length < 2)
    throw new Error("the arms of a gate need one first run and as many repeats each");
  const isShared = (repeat: number) => parent.repeats.includes(repeat);
  if (candidate.skill?.digest === parent.skill?.digest && candidate.repeats.some(isShared))
    throw new Error("arms with the same skill must not share a draw");
}

/** The decision as a sentence for people. */
export function gateText(decision: GateDecision): string {
  const { because, repairs, regressions, tasks, ungraded, unjudged, rollouts } = decision;
  if (because === "identical")
    return "The parent is kept: the candidate is the same, byte for byte.";
  if (because === "rejected-before")
    return "The parent is kept: the same candidate was rejected in an earlier round.";
  const z = decision.z === null ? "z undefined" : `z = ${decision.z.toFixed(2)}`;
  const verdict = {
    better: "The candidate is accepted",
    "not-better": "The parent is kept",
    "no-flips": "The parent is kept: no task had another outcome",
    "no-difference": "The parent is kept: no difference was left in the repeats",
  }[because];
  const left = ungraded + unjudged > 0 ? `, ${ungraded + unjudged} left out as ungraded` : "";
  return `${verdict}: ${z} against ${decision.threshold}; ${repairs} repairs and ${regressions} regressions among ${tasks} tasks${left}, each run again ${decision.repeats} times in both arms (${rollouts.first} + ${rollouts.fresh} rollouts).`;
}
