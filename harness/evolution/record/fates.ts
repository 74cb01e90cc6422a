import type { MergedCandidate } from "../stages/apply/apply.ts";
import type { Replayed } from "../stages/replay/replay.ts";
import type { Account, EditFate } from "./account.ts";
import { countBy, countWords } from "./counting.ts";
import type { Lineage } from "./lineage.ts";

/** From best to worst: a proposal that went into several edits has the best of their fates. */
const fateOrder: readonly EditFate[] = [
  "kept",
  "demoted",
  "quarantined",
  "withheld",
  "dropped",
  "lost",
];

/** What became of each proposed edit that went into the merge. */
export function fatesOf(
  replayed: Replayed,
  candidate: MergedCandidate,
  lineage: Lineage,
): Account["fates"] {
  const { merged, overBudget, demotion } = candidate;
  const fates = new Map<string, EditFate>();
  const give = (edit: string, fate: EditFate) => {
    for (const leaf of lineage.leavesOf(edit)) {
      const before = fates.get(leaf);
      if (before === undefined || fateOrder.indexOf(fate) < fateOrder.indexOf(before))
        fates.set(leaf, fate);
    }
  };
  const written = new Set(writtenToReference(candidate));
  for (const { id } of demotion.demoted) give(id, written.has(id) ? "demoted" : "withheld");
  for (const { id } of overBudget) give(id, "withheld");
  for (const { id } of demotion.quarantined) give(id, "quarantined");
  for (const { edit, kind } of outcomesOfMerged(candidate))
    give(edit.id, kind === "applied" ? "kept" : "withheld");
  for (const { result } of merged.merges) for (const { id } of result.dropped) give(id, "dropped");
  const leaves = replayed.admitted.flatMap((origin) => origin.patch.edits);
  const counts = countBy(leaves, (edit) => fates.get(edit.id) ?? "lost");
  const entries = fateOrder.map((fate) => [fate, counts[fate] ?? 0]);
  return Object.fromEntries(entries) as Account["fates"];
}

/** What became of the edits that came out of the merge. */
export function finalEdits(candidate: MergedCandidate): Account["final"] {
  const { merged, overBudget, demotion } = candidate;
  const outcomes = outcomesOfMerged(candidate);
  const written = writtenToReference(candidate).length;
  const withheld = [
    ...outcomes.flatMap((one) => (one.kind === "withheld" ? [one.reason as string] : [])),
    ...overBudget.map(() => "edit-budget"),
    ...demotion.demoted.slice(written).map(() => "reference-withheld"),
  ];
  return {
    total: merged.patch.edits.length,
    kept: outcomes.filter(({ kind }) => kind === "applied").length,
    demoted: written,
    ...(demotion.compacted ? { compacted: demotion.compacted.length } : {}),
    quarantined: demotion.quarantined.length,
    withheld: countWords(withheld),
    support: countBy(merged.patch.edits, (edit) => String(edit.tasks.length)),
  };
}

/** Outcomes of the edits of the merge; those that code added to it are no proposal's. */
function outcomesOfMerged({ demotion, result }: MergedCandidate) {
  const added = new Set(demotion.added.map(({ id }) => id));
  return result.applied.outcomes.filter(({ edit }) => !added.has(edit.id));
}

/** Demoted rules whose reference was really written. */
function writtenToReference({ demotion, result }: MergedCandidate): string[] {
  const applied = result.applied.outcomes.filter(({ kind }) => kind === "applied");
  const written = new Set(applied.map(({ edit }) => edit.id));
  return demotion.added
    .filter(({ op, id }) => op === "create" && written.has(id))
    .flatMap((edit) => edit.sources);
}
