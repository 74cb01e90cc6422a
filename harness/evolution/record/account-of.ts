import type { Row } from "../../contracts/index.ts";
import type { Rollout, RoundContext } from "../evolution.ts";
import { sideOf } from "../sides.ts";
import { type Analysed, dropReasons } from "../stages/analyse/analysis.ts";
import type { Contrasted } from "../stages/analyse/contrast.ts";
import type { MergeChoice } from "../stages/apply/choose.ts";
import type { Proposed } from "../stages/propose/propose.ts";
import type { Replayed } from "../stages/replay/replay.ts";
import type { Account, ReasonCounts } from "./account.ts";
import {
  analysisCounts,
  countBy,
  countWords,
  evolvedLines,
  lessonCount,
  replyCounts,
  sharedCounts,
  spentByStage,
} from "./counting.ts";
import { fatesOf, finalEdits } from "./fates.ts";
import type { Lineage } from "./lineage.ts";

/** All that the stages of a round made. */
export interface StageResults {
  readonly rollouts: readonly Rollout[];
  readonly analysed: Analysed;
  readonly contrasted: Contrasted;
  readonly proposed: Proposed;
  readonly replayed: Replayed;
  readonly choice: MergeChoice;
}

/** Counts what happened in a round; what adds up to what is stated in `account.ts`. */
export function accountOf(results: StageResults, lineage: Lineage, context: RoundContext): Account {
  const { rollouts, analysed, contrasted, proposed, replayed, choice } = results;
  const { merged, result } = choice.chosen;
  const merges = merged.merges.map((node) => node.result);
  return {
    ...sharedCounts({
      rollouts,
      parent: context.parent,
      skill: result.applied.skill,
      evolved: evolvedLines(result.applied.lineOrigins),
    }),
    ...analysisCounts(rollouts, analysed, context.preset),
    ...patchCounts(results),
    ...partCounts(results, context),
    fates: fatesOf(replayed, choice.chosen, lineage),
    final: finalEdits(choice.chosen),
    merge: {
      fanIn: merged.fanIn,
      // Levels at which something was merged.
      levels: new Set(merged.merges.map(({ id }) => id.split(".")[0])).size,
      calls: merges.reduce((sum, { repairs }) => sum + 1 + repairs, 0),
      carried: merges.reduce((sum, { carried }) => sum + carried.length, 0),
      inferred: merges.flatMap(({ edits }) => edits).filter(({ how }) => how !== "stated").length,
    },
    replies: {
      analyse: replyCounts([...analysed.analyses, ...contrasted.analyses]),
      propose: replyCounts(proposed.proposals),
      merge: replyCounts(merges),
      apply: replyCounts(result.repair ? [{ faults: [], repairs: 1 }] : []),
    },
    redactions: analysed.redactions + contrasted.redactions,
  };
}

/** What the proposals and the replay left for the merge. */
function patchCounts({ proposed, replayed }: StageResults): Pick<Account, "patches" | "proposed"> {
  const without = proposed.proposals.flatMap(({ end }) => (end === "patch" ? [] : [end]));
  const withheld = [
    ...proposed.proposals.flatMap((proposal) => proposal.withheld.map(({ reason }) => reason)),
    ...replayed.keptOut.flatMap(({ origin, credit }) =>
      origin.patch.edits.map(() => `replay: ${credit.because}`),
    ),
  ];
  const merged = replayed.admitted.flatMap((origin) => origin.patch.edits).length;
  return {
    patches: { made: proposed.origins.length, without: countWords(without) },
    proposed: { total: withheld.length + merged, withheld: countWords(withheld), merged },
  };
}

/** Of the parts that may be off, those that were on: their counts, their episodes, and what every stage spent. */
function partCounts(
  { rollouts, analysed, contrasted, proposed, replayed, choice }: StageResults,
  { domain }: RoundContext,
): Pick<Account, "contrast" | "replay" | "choice" | "rollouts" | "spent"> {
  const { repair } = choice.chosen.result;
  const merges = choice.candidates.flatMap(({ merged }) => merged.merges);
  const { isOn } = contrasted;
  const isReplayed = replayed.rows.length + replayed.credits.size > 0;
  const isChosen = choice.candidates.length > 1;
  const spent: Record<string, readonly Row[]> = {
    rollout: rollouts.map(({ row }) => row),
    ...(isOn ? { contrast: [...contrasted.repeats, ...contrasted.rows] } : {}),
    ...(isReplayed ? { replay: replayed.rows } : {}),
    analyse: analysed.rows,
    propose: proposed.rows,
    merge: merges.map(({ row }) => row),
    ...(isChosen ? { choose: choice.rows } : {}),
    apply: repair ? [repair] : [],
  };
  const advice = analysed.findings.reduce((sum, one) => sum + one.adviceEpisodes, 0);
  return {
    ...(isOn ? { contrast: contrastCounts(contrasted) } : {}),
    ...(isReplayed ? { replay: replayCounts(replayed) } : {}),
    ...(isChosen ? { choice: choiceCounts(choice) } : {}),
    rollouts: {
      evolve: rollouts.length,
      ...(isOn ? { contrast: contrasted.repeats.length } : {}),
      ...(isReplayed ? { replay: replayed.rows.length } : {}),
      ...(isChosen ? { choose: choice.rows.length } : {}),
      ...(domain.fix === "advice" || advice > 0 ? { advice } : {}),
    },
    spent: spentByStage(spent),
  };
}

function contrastCounts({ analyses, repeats, tasks }: Contrasted): Account["contrast"] & object {
  const { success = 0, failure = 0, errored = 0 }: ReasonCounts = countBy(repeats, sideOf);
  const dropped = dropReasons(analyses);
  return {
    tasks,
    repeats: { total: repeats.length, passed: success, failed: failure, errored },
    uncertain: analyses.length,
    explained: analyses.length - dropped.length,
    dropped: countWords(dropped),
    memories: lessonCount(analyses),
  };
}

function replayCounts(replayed: Replayed): Account["replay"] & object {
  const credits = [...replayed.credits.values()];
  return {
    tried: credits.length,
    admitted: replayed.admitted.length,
    keptOut: countBy(replayed.keptOut, ({ credit }) => credit.because),
    points: countBy(credits, ({ points }) => String(points)),
    breaking: credits.filter(({ because }) => because === "breaks a neighbour").length,
    repairing: credits.filter(({ repairs }) => repairs > 0).length,
  };
}

function choiceCounts({ candidates, rows }: MergeChoice): Account["choice"] & object {
  const digests = candidates.map(({ result }) => result.applied.skill.digest);
  return {
    merges: candidates.length,
    distinct: new Set(digests).size,
    rollouts: rows.length,
  };
}
