import type { Skill, Task } from "../../../contracts/index.ts";
import type { Evolution, RoundContext } from "../../evolution.ts";
import type { Account } from "../../record/account.ts";
import { unchanged } from "../../record/over-rounds.ts";
import { type EvolvedRound, withheldEdit } from "../../record/record.ts";
import { gateRepeats } from "../../repeats.ts";
import { type GateRun, gateText, runGate, withoutRuns } from "./arms.ts";

/** The reason an edit of a rejected candidate is withheld for. */
const REJECTED_BY_GATE = "rejected-by-gate";

/**
 * The acceptance gate: a round's candidate against the parent on the select split, which no analyst saw.
 * A rejected one is kept beside the parent; without a gate or tasks for it the round stays as it is.
 */
export async function gate(round: EvolvedRound, context: RoundContext): Promise<EvolvedRound> {
  const run = await gateRunOf(round.evolution, context);
  return run === undefined ? round : { ...round, evolution: gatedEvolution(round, run) };
}

/** The gate's decision on a candidate; undefined where there is none. */
async function gateRunOf(
  { skill, parent }: Evolution,
  { preset, author, seed, selectTasks, domain, number, rejected, deps }: RoundContext,
): Promise<GateRun | undefined> {
  if (preset.gate === "none" || selectTasks === undefined) return undefined;
  const repeats = gateRepeats(preset.gateRepeats, number);
  const arms = { candidate: { skill, repeats }, parent: { skill: parent, repeats } };
  const setting = {
    tasks: selectTasks,
    domain: domain.name,
    model: author,
    threshold: preset.gateZ,
    rollout: (task: Task, arm: Skill | undefined, repeat: number) =>
      deps.rollout(task, arm, seed, repeat),
  };
  if (skill.digest === parent.digest) return withoutRuns("identical", arms, setting);
  if (rejected.has(skill.digest)) return withoutRuns("rejected-before", arms, setting);
  return runGate(arms, setting);
}

/** The edits that stand in a rejected candidate are counted as withheld. */
function gatedEvolution(
  { evolution, applied }: EvolvedRound,
  { decision, spent }: GateRun,
): Evolution {
  const { account, parent, skill, provenance } = evolution;
  const judged: Account = {
    ...account,
    gate: decision,
    rollouts: {
      ...account.rollouts,
      "gate, first": decision.rollouts.first,
      "gate, repeats": decision.rollouts.fresh,
    },
    spent: { ...account.spent, gate: spent },
  };
  const line = gateText(decision);
  if (decision.accepted)
    return { ...evolution, account: judged, changelog: [...evolution.changelog, line] };
  return {
    ...evolution,
    skill: parent,
    account: rejectedAccount(judged),
    provenance: unchanged(parent).provenance,
    withheld: evolution.withheld.concat(
      applied.map((edit) => withheldEdit(edit, REJECTED_BY_GATE, line)),
    ),
    changelog: [line],
    rejected: decision.because === "identical" ? [] : [{ skill, provenance }],
  };
}

/** What stood in the candidate is withheld, and the skill has the parent's lines. */
function rejectedAccount(account: Account): Account {
  const { fates, final, lines } = account;
  const held = final.kept + final.demoted;
  return {
    ...account,
    fates: {
      ...fates,
      kept: 0,
      demoted: 0,
      withheld: fates.withheld + fates.kept + fates.demoted,
    },
    final: {
      ...final,
      kept: 0,
      demoted: 0,
      withheld: held === 0 ? final.withheld : { ...final.withheld, [REJECTED_BY_GATE]: held },
    },
    lines: { parent: lines.parent, removed: 0, evolved: 0, skill: lines.parent },
    identical: true,
  };
}
