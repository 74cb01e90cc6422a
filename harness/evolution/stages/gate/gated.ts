import type { Edit } from "../../../contracts/index.ts";
import type { Evolution, Rejected } from "../../evolve.ts";
import type { Account } from "../../record/account.ts";
import { type GateDecision, type GateRun, gateText } from "./gate.ts";

/** The reason an edit of a rejected candidate is withheld for. */
const REJECTED_BY_GATE = "rejected-by-gate";

/**
 * An evolution after its gate: accepted, it stands as it is; rejected, its skill is the parent, and
 * the candidate is kept beside it with its provenance.
 *
 * @param applied the edits that stand in the candidate, each counted as withheld when it is rejected.
 */
export function gatedEvolution(
  evolution: Evolution,
  applied: readonly Edit[],
  { decision, spent }: GateRun,
): Evolution {
  const { account, parent } = evolution;
  const judged: Account = {
    ...account,
    gate: decision,
    rollouts: { ...account.rollouts, ...rolloutsOf(decision) },
    spent: { ...account.spent, gate: spent },
  };
  const line = gateText(decision);
  if (decision.accepted)
    return { ...evolution, account: judged, changelog: [...evolution.changelog, line] };
  const rejected: Rejected = { skill: evolution.skill, provenance: evolution.provenance };
  return {
    ...evolution,
    skill: parent,
    account: rejectedAccount(judged),
    provenance: { skill: parent.digest, parent: parent.digest, lines: [], edits: [] },
    withheld: [
      ...evolution.withheld,
      ...applied.map((edit) => ({
        edit: edit.id,
        reason: REJECTED_BY_GATE,
        detail: line,
        content: edit.content ?? "",
      })),
    ],
    changelog: [line],
    rejected: decision.because === "identical" ? [] : [rejected],
  };
}

function rolloutsOf({ rollouts: { first, fresh } }: GateDecision): Record<string, number> {
  return { "gate, first": first, "gate, repeats": fresh };
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
