import type { Skill } from "../../contracts/index.ts";
import { countBy } from "../fault.ts";
import type { Account } from "../record/account.ts";
import { linesOf, noMerge, repliesOf, spentOf, trajectoriesOf } from "../record/counting.ts";
import type { LineHistory } from "../record/line-history.ts";
import type { Analysed, Rollout } from "../stages/analyse/analyse.ts";
import { OVERWRITTEN, type Step } from "./step-edits.ts";

/**
 * The account of sequential editing in the terms of every evolution: a step is a patch that the
 * trajectories of its batch share, and an edit whose text a later step took away is lost.
 */
export function sequentialAccount(happened: {
  readonly rollouts: readonly Rollout[];
  readonly analysed: Analysed;
  readonly steps: readonly Step[];
  readonly standing: ReadonlySet<string>;
  readonly skill: Skill;
  readonly parent: Skill;
  readonly history: LineHistory;
}): Account {
  const { rollouts, analysed, steps, standing, skill, parent, history } = happened;
  const { analyses } = analysed;
  const trajectories = trajectoriesOf(rollouts);
  const dropped = analyses.flatMap(({ end }) => (end.kind === "dropped" ? [end.reason] : []));
  const withheldEarly = steps.flatMap(({ result }) => result.withheld);
  const outcomes = steps.flatMap((step) => step.outcomes);
  const withheld = outcomes.flatMap((outcome) =>
    outcome.kind === "withheld" ? [outcome.reason as string] : [],
  );
  const lost = outcomes.length - withheld.length - standing.size;
  const evolved = [...history.values()].flat().filter((edits) => edits.length > 0).length;
  return {
    trajectories,
    analyses: {
      notAsked: trajectories.total - trajectories.errored - analyses.length,
      asked: analyses.length,
      explained: analyses.length - dropped.length,
      dropped: countBy(dropped, (reason) => reason),
      memories: analyses.reduce((sum, { memories }) => sum + memories.length, 0),
    },
    ...(analysed.differences ? { differences: analysed.differences } : {}),
    ...(analysed.triage ? { triage: analysed.triage } : {}),
    patches: {
      made: steps.filter(({ result }) => result.end === "patch").length,
      without: countBy(
        steps.flatMap(({ batch, result: { end } }) =>
          end === "patch" ? batch.slice(1).map(() => "in-a-shared-patch") : batch.map(() => end),
        ),
        (reason) => reason,
      ),
    },
    proposed: {
      total: withheldEarly.length + outcomes.length,
      withheld: countBy(withheldEarly, ({ reason }) => reason),
      merged: outcomes.length,
    },
    fates: {
      kept: standing.size,
      demoted: 0,
      quarantined: 0,
      withheld: withheld.length,
      dropped: 0,
      lost,
    },
    final: {
      total: outcomes.length,
      kept: standing.size,
      demoted: 0,
      quarantined: 0,
      withheld: countBy(
        [...withheld, ...Array.from({ length: lost }, () => OVERWRITTEN)],
        (reason) => reason,
      ),
      support: countBy(outcomes, ({ edit }) => String(edit.tasks.length)),
    },
    merge: noMerge,
    replies: {
      analyse: repliesOf(analyses),
      sequential: repliesOf(steps.map(({ result }) => result)),
    },
    redactions: analysed.redactions,
    lines: linesOf(skill, parent, evolved),
    identical: skill.digest === parent.digest,
    spent: {
      rollout: spentOf(rollouts.map(({ row }) => row)),
      analyse: spentOf(analysed.rows),
      sequential: spentOf(steps.map(({ row }) => row)),
    },
  };
}
