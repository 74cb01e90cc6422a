import type { Row, Skill, Spent } from "../../contracts/index.ts";
import { nothingSpent, plusSpent } from "../../models/spent.ts";
import { lineCount } from "../../skills/size-budget.ts";
import { countBy } from "../fault.ts";
import type { Analysed, Rollout } from "../stages/analyse/analyse.ts";
import { type Contrasted, contrastAccount } from "../stages/analyse/contrast.ts";
import type { AppliedPatch } from "../stages/apply/apply.ts";
import { type Choice, choiceAccount } from "../stages/apply/candidate.ts";
import type { Demotion } from "../stages/apply/demote.ts";
import type { Consolidation } from "../stages/merge/merge.ts";
import type { Proposed } from "../stages/propose/propose.ts";
import { type Replayed, replayAccount } from "../stages/replay/replay.ts";
import { sideOf } from "../trajectory.ts";
import type { Account, Counts } from "./account.ts";
import type { Lineage } from "./lineage.ts";

/** All that an evolution did. */
export interface Happened {
  readonly rollouts: readonly Rollout[];
  readonly analysed: Analysed;
  readonly contrasted: Contrasted;
  readonly proposed: Proposed;
  readonly replayed: Replayed;
  readonly choice: Choice;
  readonly lineage: Lineage;
  readonly parent: Skill;
}

/** Counts what happened; what adds up to what is stated in `account.ts`. */
export function accountOf(happened: Happened): Account {
  const { rollouts, analysed, contrasted, proposed, replayed, choice, parent } = happened;
  const { merged, result } = choice.chosen;
  const sides = countBy(rollouts, ({ row }) => sideOf(row));
  const { analyses } = analysed;
  const dropped = analyses.flatMap(({ end }) => (end.kind === "dropped" ? [end.reason] : []));
  const made = proposed.origins.length;
  const withheldEarly = [
    ...proposed.proposals.flatMap((proposal) => proposal.withheld as readonly { reason: string }[]),
    ...replayed.keptOut.flatMap(({ origin, credit }) =>
      origin.patch.edits.map(() => ({ reason: `replay: ${credit.because}` })),
    ),
  ];
  const mergedEdits = replayed.admitted.flatMap((origin) => origin.patch.edits).length;
  const contrast = contrastAccount(contrasted);
  const replay = replayAccount(replayed);
  const chosen = choiceAccount(choice);
  const results = merged.merges.map((merge) => merge.result);
  const errored = sides["errored"] ?? 0;
  const { skill } = result.applied;
  return {
    trajectories: {
      total: rollouts.length,
      failures: sides["failure"] ?? 0,
      successes: sides["success"] ?? 0,
      errored,
    },
    analyses: {
      notAsked: rollouts.length - errored - analyses.length,
      asked: analyses.length,
      explained: analyses.length - dropped.length,
      dropped: countBy(dropped, (reason) => reason),
      memories: analyses.reduce((sum, { memories }) => sum + memories.length, 0),
    },
    ...(analysed.differences ? { differences: analysed.differences } : {}),
    ...(analysed.triage ? { triage: analysed.triage } : {}),
    ...(contrast ? { contrast } : {}),
    patches: {
      made,
      without: countBy(
        proposed.proposals.filter(({ end }) => end !== "patch"),
        ({ end }) => end,
      ),
    },
    proposed: {
      total: withheldEarly.length + mergedEdits,
      withheld: countBy(withheldEarly, ({ reason }) => reason),
      merged: mergedEdits,
    },
    ...(replay ? { replay } : {}),
    rollouts: {
      evolve: rollouts.length,
      ...(contrast ? { contrast: contrasted.repeats.length } : {}),
      ...(replay ? { replay: replayed.rows.length } : {}),
      ...(chosen ? { choose: choice.rows.length } : {}),
      ...(analysed.adviceEpisodes === undefined ? {} : { advice: analysed.adviceEpisodes }),
    },
    ...(chosen ? { choice: chosen } : {}),
    fates: fatesOf(happened),
    final: finalOf(happened),
    merge: {
      fanIn: merged.fanIn,
      levels: levelsOf(merged),
      calls: results.reduce((sum, { repairs }) => sum + 1 + repairs, 0),
      carried: results.reduce((sum, { carried }) => sum + carried.length, 0),
      inferred: results.flatMap(({ edits }) => edits).filter(({ how }) => how !== "stated").length,
    },
    replies: {
      analyse: repliesOf([...analyses, ...contrasted.analyses]),
      propose: repliesOf(proposed.proposals),
      merge: repliesOf(results),
      apply: repliesOf(result.repair ? [{ faults: [], repairs: 1 }] : []),
    },
    redactions: analysed.redactions + contrasted.redactions,
    lines: linesOf(result, parent),
    identical: skill.digest === parent.digest,
    spent: {
      rollout: spentOf(rollouts.map(({ row }) => row)),
      ...(contrast ? { contrast: spentOf([...contrasted.repeats, ...contrasted.rows]) } : {}),
      ...(replay ? { replay: spentOf(replayed.rows) } : {}),
      analyse: spentOf(analysed.rows),
      propose: spentOf(proposed.rows),
      merge: spentOf(
        choice.candidates.flatMap((one) => one.merged.merges).map((merge) => merge.row),
      ),
      ...(chosen ? { choose: spentOf(choice.rows) } : {}),
      apply: spentOf(result.repair ? [result.repair] : []),
    },
  };
}

/** Levels at which something was merged. */
function levelsOf(merged: Consolidation): number {
  return new Set(merged.merges.map(({ id }) => id.split(".")[0])).size;
}

type Fate = keyof Account["fates"];

/** From best to worst: a proposal that went into several edits has the best of their fates. */
const fateOrder: readonly Fate[] = [
  "kept",
  "demoted",
  "quarantined",
  "withheld",
  "dropped",
  "lost",
];

function fatesOf({ replayed, choice, lineage }: Happened): Account["fates"] {
  const { merged, overBudget, demotion, result } = choice.chosen;
  const fates = new Map<string, Fate>();
  const give = (edit: string, fate: Fate) => {
    for (const leaf of lineage.leavesOf(edit)) {
      const before = fates.get(leaf);
      if (before === undefined || fateOrder.indexOf(fate) < fateOrder.indexOf(before))
        fates.set(leaf, fate);
    }
  };
  const written = new Set(demotedWritten(demotion, result));
  for (const edit of demotion.demoted) give(edit.id, written.has(edit.id) ? "demoted" : "withheld");
  for (const edit of overBudget) give(edit.id, "withheld");
  for (const edit of demotion.quarantined) give(edit.id, "quarantined");
  const added = new Set(demotion.added.map((edit) => edit.id));
  for (const outcome of result.applied.outcomes)
    if (!added.has(outcome.edit.id))
      give(outcome.edit.id, outcome.kind === "applied" ? "kept" : "withheld");
  for (const { result: one } of merged.merges)
    for (const { id } of one.dropped) give(id, "dropped");
  const leaves = replayed.admitted.flatMap((origin) => origin.patch.edits);
  const counts = countBy(leaves, (edit) => fates.get(edit.id) ?? "lost");
  const count = (fate: Fate) => counts[fate] ?? 0;
  return {
    kept: count("kept"),
    demoted: count("demoted"),
    quarantined: count("quarantined"),
    withheld: count("withheld"),
    dropped: count("dropped"),
    lost: count("lost"),
  };
}

/** Demoted rules whose reference was really written. */
function demotedWritten(demotion: Demotion, result: AppliedPatch): string[] {
  const written = new Set(
    result.applied.outcomes.flatMap((outcome) =>
      outcome.kind === "applied" ? [outcome.edit.id] : [],
    ),
  );
  return demotion.added
    .filter((edit) => edit.op === "create" && written.has(edit.id))
    .flatMap((edit) => edit.sources);
}

function finalOf({ choice }: Happened): Account["final"] {
  const { merged, overBudget, demotion, result } = choice.chosen;
  const added = new Set(demotion.added.map((edit) => edit.id));
  const outcomes = result.applied.outcomes.filter((outcome) => !added.has(outcome.edit.id));
  const written = demotedWritten(demotion, result);
  const unwritten = demotion.demoted.length - written.length;
  const withheld = [
    ...outcomes.flatMap((outcome) =>
      outcome.kind === "withheld" ? [outcome.reason as string] : [],
    ),
    ...overBudget.map(() => "edit-budget"),
    ...Array.from({ length: unwritten }, () => "reference-withheld"),
  ];
  return {
    total: merged.patch.edits.length,
    kept: outcomes.filter((outcome) => outcome.kind === "applied").length,
    demoted: written.length,
    ...(demotion.compacted ? { compacted: demotion.compacted.length } : {}),
    quarantined: demotion.quarantined.length,
    withheld: countBy(withheld, (reason) => reason),
    support: countBy(merged.patch.edits, (edit) => String(edit.tasks.length)),
  };
}

function repliesOf(
  items: readonly {
    readonly faults: readonly string[];
    readonly notes?: readonly string[];
    readonly repairs: number;
  }[],
): { faults: Counts; notes: Counts; repairs: number } {
  return {
    faults: countBy(
      items.flatMap((item) => item.faults),
      (fault) => fault,
    ),
    notes: countBy(
      items.flatMap((item) => item.notes ?? []),
      (note) => note,
    ),
    repairs: items.reduce((sum, item) => sum + item.repairs, 0),
  };
}

function linesOf(result: AppliedPatch, parent: Skill): Account["lines"] {
  const count = (skill: Skill) =>
    [...skill.files.values()].reduce((sum, text) => sum + lineCount(text), 0);
  const { skill, lineOrigins } = result.applied;
  const evolved = new Set(lineOrigins.map(({ file, line }) => `${line} ${file}`)).size;
  return {
    parent: count(parent),
    removed: count(parent) - (count(skill) - evolved),
    evolved,
    skill: count(skill),
  };
}

function spentOf(rows: readonly Row[]): Spent {
  return rows.map((row) => row.spent).reduce(plusSpent, nothingSpent);
}
