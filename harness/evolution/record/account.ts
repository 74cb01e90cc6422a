import type { Spent } from "../../contracts/index.ts";
import type { GateDecision } from "../stages/gate/arms.ts";

/** How many of each name. */
export type Counts<Name extends string> = Readonly<Record<Name, number>>;

/** Counts by reason; a reason that did not occur is absent. */
export type ReasonCounts = Counts<string>;

/** A split by reason under each name. */
type Reasons<Name extends string> = Readonly<Record<Name, ReasonCounts>>;

/** What became of everything, from trajectories to lines; `assertAccount` holds that the levels add up. */
export interface Account {
  /** `errored`: infrastructure failed, so they are neither. */
  readonly trajectories: Counts<"total" | "failures" | "successes" | "errored">;
  /** `notAsked`: of the side that the analysts setting leaves out. */
  readonly analyses: Counts<"notAsked" | "asked" | "explained" | "memories"> & Reasons<"dropped">;
  /** Analysed failures by the kind of their difference from the reference; absent when the part is off. */
  readonly differences?: Counts<"failures"> & Reasons<"kinds">;
  /**
   * Of the failures, those that one call had to explain first, and the others by the kind of their
   * difference; `passedOn`: to the agentic analyst, by why. Absent when the part is off.
   */
  readonly triage?: Counts<"failures" | "asked" | "explained"> & Reasons<"notAsked" | "passedOn">;
  /** Failed tasks that were run again; `uncertain` ones have both outcomes and are a pair for an analyst. Absent when the part is off. */
  readonly contrast?: Counts<"tasks" | "uncertain" | "explained" | "memories"> &
    Reasons<"dropped"> & { readonly repeats: Counts<"total" | "passed" | "failed" | "errored"> };
  readonly patches: Counts<"made"> & Reasons<"without">;
  /** Edits that were proposed: to the merge, or withheld before it. */
  readonly proposed: Counts<"total" | "merged"> & Reasons<"withheld">;
  /** Patches tried alone before the merge; `keptOut` by what decided their points. Absent when the part is off. */
  readonly replay?: Counts<"tried" | "admitted" | "breaking" | "repairing"> &
    Reasons<"keptOut" | "points">;
  /** Merges of the same patches of which the best was taken, and the different skills they gave; absent where there was one. */
  readonly choice?: Counts<"merges" | "distinct" | "rollouts">;
  /** Episodes that were used, by what for. */
  readonly rollouts?: ReasonCounts;
  /** Whether the candidate became the skill; absent when the part is off. */
  readonly gate?: GateDecision;
  /** Where there were several, one a round; everything else is then their sum. */
  readonly rounds?: readonly Account[];
  /** What became of each proposed edit that went into the merge; the names are explained at `EditFate`. */
  readonly fates: Counts<EditFate>;
  /** Edits that came out of the merge; `compacted`: of the demoted, for want of room; `support`: by their number of tasks. */
  readonly final: Counts<"total" | "kept" | "demoted" | "quarantined"> &
    Partial<Counts<"compacted">> &
    Reasons<"withheld" | "support">;
  /** `carried`: edits that went up as they were, since a merge did not name them, or broke them; `inferred`: outputs whose sources code had to find. */
  readonly merge: Counts<"fanIn" | "levels" | "calls" | "carried" | "inferred">;
  /** What was wrong with replies, by stage, repaired or not; and how many repair calls were made. */
  readonly replies: Readonly<Record<string, Counts<"repairs"> & Reasons<"faults" | "notes">>>;
  /** Secrets taken out of trajectories. */
  readonly redactions: number;
  readonly lines: Counts<"parent" | "removed" | "evolved" | "skill">;
  /** The candidate is the parent, byte for byte. */
  readonly identical: boolean;
  readonly spent: Readonly<Record<string, Spent>>;
}

/** What may become of a proposed edit. */
export type EditFate =
  /** Stands in the skill, alone or as part of a merged edit. */
  | "kept"
  /** Stands in a reference for want of support or of room. */
  | "demoted"
  | "quarantined"
  | "withheld"
  /** Dropped by a merge with a reason. */
  | "dropped"
  /** In no edit of a merge that kept no ledger. */
  | "lost";

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
    ["fates", proposed.merged, sumOfCounts(fates)],
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
