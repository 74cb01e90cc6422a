import type { Spent } from "../../contracts/index.ts";
import type { ContrastAccount } from "../stages/analyse/contrast.ts";
import type { TriageAccount } from "../stages/analyse/triage.ts";
import type { ChoiceAccount } from "../stages/apply/candidate.ts";
import type { GateDecision } from "../stages/gate/gate.ts";
import type { ReplayAccount } from "../stages/replay/replay.ts";

/** Counts by reason. */
export type Counts = Readonly<Record<string, number>>;

/**
 * What became of everything, from trajectories to lines of the skill.
 *
 * Each level adds up to the one before it; `assertAccount` holds it to that.
 */
export interface Account {
  readonly trajectories: {
    readonly total: number;
    readonly failures: number;
    readonly successes: number;
    /** Infrastructure failed: neither. */
    readonly errored: number;
  };
  readonly analyses: {
    /** Of the side that the analysts setting leaves out. */
    readonly notAsked: number;
    readonly asked: number;
    readonly explained: number;
    readonly dropped: Counts;
    readonly memories: number;
  };
  /** Analysed failures by the kind of their difference from the reference; absent when the part is off. */
  readonly differences?: { readonly failures: number; readonly kinds: Counts };
  /** Failures that one call had to explain first; absent when the part is off. */
  readonly triage?: TriageAccount;
  /** Failed tasks that were run again; absent when the part is off. */
  readonly contrast?: ContrastAccount;
  readonly patches: {
    readonly made: number;
    readonly without: Counts;
  };
  /** Edits that were proposed. */
  readonly proposed: {
    readonly total: number;
    /** Withheld before any merge. */
    readonly withheld: Counts;
    readonly merged: number;
  };
  /** Patches tried alone before the merge; absent when the part is off. */
  readonly replay?: ReplayAccount;
  /** Merges of which the best was taken; absent where there was one. */
  readonly choice?: ChoiceAccount;
  /** Episodes that were used, by what for. */
  readonly rollouts?: Counts;
  /** Whether the candidate became the skill; absent when the part is off. */
  readonly gate?: GateDecision;
  /** Where there were several, one a round; everything else is then their sum. */
  readonly rounds?: readonly Account[];
  /** What became of each proposed edit that went into the merge. */
  readonly fates: {
    /** Stands in the skill, alone or as part of a merged edit. */
    readonly kept: number;
    /** Stands in a reference for want of support or of room. */
    readonly demoted: number;
    readonly quarantined: number;
    readonly withheld: number;
    /** Dropped by a merge with a reason. */
    readonly dropped: number;
    /** In no edit of a merge that kept no ledger. */
    readonly lost: number;
  };
  /** Edits that came out of the merge. */
  readonly final: {
    readonly total: number;
    readonly kept: number;
    /** Moved to a reference. */
    readonly demoted: number;
    /** Of these, for want of room; absent where everything fitted. */
    readonly compacted?: number;
    readonly quarantined: number;
    readonly withheld: Counts;
    /** How many of them so many distinct tasks support. */
    readonly support: Counts;
  };
  readonly merge: {
    readonly fanIn: number;
    readonly levels: number;
    readonly calls: number;
    /** Edits that went up unmerged because a merge lost or broke them. */
    readonly carried: number;
    /** Outputs whose sources code had to find or assume. */
    readonly inferred: number;
  };
  /** What was wrong with replies, by stage, repaired or not; and how many repair calls were made. */
  readonly replies: Readonly<
    Record<string, { readonly faults: Counts; readonly notes: Counts; readonly repairs: number }>
  >;
  /** Secrets taken out of trajectories. */
  readonly redactions: number;
  readonly lines: {
    readonly parent: number;
    readonly removed: number;
    readonly evolved: number;
    readonly skill: number;
  };
  /** The candidate is the parent, byte for byte. */
  readonly identical: boolean;
  readonly spent: Readonly<Record<string, Spent>>;
}

/** @throws when two levels of an account do not add up: something was lost silently. */
export function assertAccount(account: Account): void {
  const { trajectories, analyses, contrast, patches, proposed, replay, fates, final, lines } =
    account;
  const rows: readonly (readonly [string, number, number])[] = [
    [
      "trajectories",
      trajectories.total,
      trajectories.failures + trajectories.successes + trajectories.errored,
    ],
    ["analyses", trajectories.total - trajectories.errored, analyses.notAsked + analyses.asked],
    ["explained", analyses.asked, analyses.explained + sum(analyses.dropped)],
    [
      "contrast",
      contrast?.uncertain ?? 0,
      (contrast?.explained ?? 0) + sum(contrast?.dropped ?? {}),
    ],
    [
      "patches",
      analyses.explained + (contrast?.explained ?? 0),
      patches.made + sum(patches.without),
    ],
    ["proposed edits", proposed.total, sum(proposed.withheld) + proposed.merged],
    ["differences", account.differences?.failures ?? 0, sum(account.differences?.kinds ?? {})],
    [
      "triaged failures",
      account.triage?.failures ?? 0,
      (account.triage?.asked ?? 0) + sum(account.triage?.notAsked ?? {}),
    ],
    [
      "triage",
      account.triage?.asked ?? 0,
      (account.triage?.explained ?? 0) + sum(account.triage?.passedOn ?? {}),
    ],
    ["replay", replay?.tried ?? 0, (replay?.admitted ?? 0) + sum(replay?.keptOut ?? {})],
    ["fates", proposed.merged, sum({ ...fates })],
    [
      "final edits",
      final.total,
      final.kept + final.demoted + final.quarantined + sum(final.withheld),
    ],
    ["support", final.total, sum(final.support)],
    ...gateRows(account.gate),
    ["lines", lines.skill, lines.parent - lines.removed + lines.evolved],
    ["removed lines", lines.removed, Math.max(0, lines.removed)],
  ];
  const wrong = rows.filter(([, whole, parts]) => whole !== parts);
  if (wrong.length > 0)
    throw new Error(
      `the account does not add up: ${wrong.map(([name, whole, parts]) => `${name} ${whole} against ${parts}`).join(", ")}`,
    );
}

/** Every task of a gate is of one kind; where nothing was run there are none. */
function gateRows(gate: GateDecision | undefined): (readonly [string, number, number])[] {
  if (gate === undefined) return [];
  const { tasks, same, repairs, regressions, ungraded, rollouts } = gate;
  return [
    ["gate tasks", rollouts.first === 0 ? 0 : tasks, same + repairs + regressions + ungraded],
    ["gate repeats", rollouts.fresh, 2 * gate.repeats * (repairs + regressions)],
  ];
}

/** All counts together. */
export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
