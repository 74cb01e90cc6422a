import type { Spent } from "../../contracts/index.ts";
import type { GateDecision } from "../stages/gate/arms.ts";

/** ReasonCounts by reason. */
export type ReasonCounts = Readonly<Record<string, number>>;

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
    readonly dropped: ReasonCounts;
    readonly memories: number;
  };
  /** Analysed failures by the kind of their difference from the reference; absent when the part is off. */
  readonly differences?: { readonly failures: number; readonly kinds: ReasonCounts };
  /** Failures that one call had to explain first; absent when the part is off. */
  readonly triage?: TriageAccount;
  /** Failed tasks that were run again; absent when the part is off. */
  readonly contrast?: ContrastAccount;
  readonly patches: {
    readonly made: number;
    readonly without: ReasonCounts;
  };
  /** Edits that were proposed. */
  readonly proposed: {
    readonly total: number;
    /** Withheld before any merge. */
    readonly withheld: ReasonCounts;
    readonly merged: number;
  };
  /** Patches tried alone before the merge; absent when the part is off. */
  readonly replay?: ReplayAccount;
  /** Merges of which the best was taken; absent where there was one. */
  readonly choice?: MergeChoiceAccount;
  /** Episodes that were used, by what for. */
  readonly rollouts?: ReasonCounts;
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
    readonly withheld: ReasonCounts;
    /** How many of them so many distinct tasks support. */
    readonly support: ReasonCounts;
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
    Record<
      string,
      { readonly faults: ReasonCounts; readonly notes: ReasonCounts; readonly repairs: number }
    >
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

/** Failures that one call had to explain first. */
export interface TriageAccount {
  /** Failures that had an error analysis. */
  readonly failures: number;
  /** Of these, those that went to the one call first. */
  readonly asked: number;
  /** The others, by the kind of their difference: no one call was worth its price. */
  readonly notAsked: ReasonCounts;
  readonly explained: number;
  /** Those that went on from the one call to the agentic analyst, by why. */
  readonly passedOn: ReasonCounts;
}

/** Failed tasks that were run again for a contrast. */
export interface ContrastAccount {
  readonly tasks: number;
  readonly repeats: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly errored: number;
  };
  /** Tasks with both outcomes: each is one pair for an analyst. */
  readonly uncertain: number;
  readonly explained: number;
  readonly dropped: ReasonCounts;
  readonly memories: number;
}

/** Patches that were tried alone before the merge. */
export interface ReplayAccount {
  readonly tried: number;
  readonly admitted: number;
  /** Patches that stay out of the merge, by what decided their points. */
  readonly keptOut: ReasonCounts;
  /** Patches by points. */
  readonly points: ReasonCounts;
  /** Patches that break a neighbour, and that repair one. */
  readonly breaking: number;
  readonly repairing: number;
}

/** Merges of the same patches, of which the best skill was taken. */
export interface MergeChoiceAccount {
  readonly merges: number;
  /** Different skills that came of them. */
  readonly distinct: number;
  readonly rollouts: number;
}

/** @throws when two levels of an account do not add up: something was lost silently. */
export function assertAccount(account: Account): void {
  const { trajectories, analyses, patches, proposed, fates, final, lines } = account;
  const { contrast, differences, triage, replay } = account;
  const { failures, successes, errored } = trajectories;
  const inContrast = contrast?.explained ?? 0;
  assertSums([
    ["trajectories", trajectories.total, failures + successes + errored],
    ["analyses", trajectories.total - errored, analyses.notAsked + analyses.asked],
    ["explained", analyses.asked, analyses.explained + sumOfCounts(analyses.dropped)],
    ["contrast", contrast?.uncertain ?? 0, inContrast + sumOfCounts(contrast?.dropped)],
    ["patches", analyses.explained + inContrast, patches.made + sumOfCounts(patches.without)],
    ["proposed edits", proposed.total, sumOfCounts(proposed.withheld) + proposed.merged],
    ["differences", differences?.failures ?? 0, sumOfCounts(differences?.kinds)],
    [
      "triaged failures",
      triage?.failures ?? 0,
      (triage?.asked ?? 0) + sumOfCounts(triage?.notAsked),
    ],
    ["triage", triage?.asked ?? 0, (triage?.explained ?? 0) + sumOfCounts(triage?.passedOn)],
    ["replay", replay?.tried ?? 0, (replay?.admitted ?? 0) + sumOfCounts(replay?.keptOut)],
    ["fates", proposed.merged, sumOfCounts({ ...fates })],
    [
      "final edits",
      final.total,
      final.kept + final.demoted + final.quarantined + sumOfCounts(final.withheld),
    ],
    ["support", final.total, sumOfCounts(final.support)],
    ...gateSums(account.gate),
    ["lines", lines.skill, lines.parent - lines.removed + lines.evolved],
    ["removed lines", lines.removed, Math.max(0, lines.removed)],
  ]);
}

/** A whole and the sum of its parts, with a name for the error. */
export type AccountSum = readonly [name: string, whole: number, parts: number];

/** @throws when a whole is not the sum of its parts: something was lost silently. */
export function assertSums(sums: readonly AccountSum[]): void {
  const wrong = sums.filter(([, whole, parts]) => whole !== parts);
  if (wrong.length > 0)
    throw new Error(
      `the account does not add up: ${wrong.map(([name, whole, parts]) => `${name} ${whole} against ${parts}`).join(", ")}`,
    );
}

/** Every task of a gate is of one kind; where nothing was run there are none. */
function gateSums(gate: GateDecision | undefined): readonly AccountSum[] {
  if (gate === undefined) return [];
  const { tasks, same, repairs, regressions, ungraded, rollouts } = gate;
  return [
    ["gate tasks", rollouts.first === 0 ? 0 : tasks, same + repairs + regressions + ungraded],
    ["gate repeats", rollouts.fresh, 2 * gate.repeats * (repairs + regressions)],
  ];
}

/** All counts together; 0 where a part is off. */
export function sumOfCounts(counts: ReasonCounts = {}): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
