import type { Row } from "../../contracts/index.ts";
import type { Rollout, RoundContext } from "../evolution.ts";
import type { Analysed } from "../stages/analyse/analyse.ts";
import { dropReasons } from "../stages/analyse/analysis.ts";
import type { Contrasted } from "../stages/analyse/contrast.ts";
import type { MergeChoice } from "../stages/apply/choose.ts";
import type { Proposed } from "../stages/propose/propose.ts";
import type { Replayed } from "../stages/replay/replay.ts";
import { sideOf } from "../trajectory.ts";
import type { Account, ContrastAccount, MergeChoiceAccount, ReplayAccount } from "./account.ts";
import {
  analysisCounts,
  countBy,
  countWords,
  evolvedLines,
  lessonCount,
  linesAgainst,
  replyCounts,
  spentOn,
  trajectoryCounts,
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
  const { skill, lineOrigins } = result.applied;
  const { parent } = context;
  const contrast = contrastCounts(contrasted);
  const replay = replayCounts(replayed);
  const chosen = choiceCounts(choice);
  const merges = merged.merges.map((node) => node.result);
  return {
    trajectories: trajectoryCounts(rollouts),
    ...analysisCounts(rollouts, analysed, context.preset),
    ...(contrast ? { contrast } : {}),
    ...patchCounts(results),
    ...(replay ? { replay } : {}),
    rollouts: {
      evolve: rollouts.length,
      ...(contrast ? { contrast: contrasted.repeats.length } : {}),
      ...(replay ? { replay: replayed.rows.length } : {}),
      ...(chosen ? { choose: choice.rows.length } : {}),
      ...(context.domain.fix === "advice" ? { advice: adviceEpisodes(results) } : {}),
    },
    ...(chosen ? { choice: chosen } : {}),
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
    lines: linesAgainst(parent, skill, evolvedLines(lineOrigins)),
    identical: skill.digest === parent.digest,
    spent: spentByStage(results),
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

function adviceEpisodes({ analysed }: StageResults): number {
  return analysed.findings.reduce((sum, one) => sum + one.adviceEpisodes, 0);
}

/** Counts the pairs; undefined when the part was off. */
function contrastCounts(contrasted: Contrasted): ContrastAccount | undefined {
  if (!contrasted.isOn) return undefined;
  const { analyses, repeats, tasks } = contrasted;
  const sides = countBy(repeats, sideOf);
  const dropped = dropReasons(analyses);
  return {
    tasks,
    repeats: {
      total: repeats.length,
      passed: sides["success"] ?? 0,
      failed: sides["failure"] ?? 0,
      errored: sides["errored"] ?? 0,
    },
    uncertain: analyses.length,
    explained: analyses.length - dropped.length,
    dropped: countWords(dropped),
    memories: lessonCount(analyses),
  };
}

/** Counts the credits; undefined when the part was off. */
function replayCounts(replayed: Replayed): ReplayAccount | undefined {
  const credits = [...replayed.credits.values()];
  if (replayed.rows.length === 0 && credits.length === 0) return undefined;
  return {
    tried: credits.length,
    admitted: replayed.admitted.length,
    keptOut: countBy(replayed.keptOut, ({ credit }) => credit.because),
    points: countBy(credits, ({ points }) => String(points)),
    breaking: credits.filter(({ because }) => because === "breaks a neighbour").length,
    repairing: credits.filter(({ repairs }) => repairs > 0).length,
  };
}

/** Counts the merges; undefined where there was only one. */
function choiceCounts({ candidates, rows }: MergeChoice): MergeChoiceAccount | undefined {
  if (candidates.length === 1) return undefined;
  const digests = candidates.map(({ result }) => result.applied.skill.digest);
  return {
    merges: candidates.length,
    distinct: new Set(digests).size,
    rollouts: rows.length,
  };
}

function spentByStage(results: StageResults): Account["spent"] {
  const { rollouts, analysed, contrasted, proposed, replayed, choice } = results;
  const merges = choice.candidates.flatMap(({ merged }) => merged.merges);
  const { repair } = choice.chosen.result;
  const spent = (stage: string, rows: readonly Row[], isOn = true) =>
    isOn ? { [stage]: spentOn(rows) } : {};
  return {
    ...spent(
      "rollout",
      rollouts.map(({ row }) => row),
    ),
    ...spent("contrast", [...contrasted.repeats, ...contrasted.rows], contrasted.isOn),
    ...spent("replay", replayed.rows, replayCounts(replayed) !== undefined),
    ...spent("analyse", analysed.rows),
    ...spent("propose", proposed.rows),
    ...spent(
      "merge",
      merges.map(({ row }) => row),
    ),
    ...spent("choose", choice.rows, choice.candidates.length > 1),
    ...spent("apply", repair ? [repair] : []),
  };
}
