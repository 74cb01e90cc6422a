import type { Skill } from "../contracts/index.ts";
import {
  type Evolution,
  type EvolutionDeps,
  type EvolutionRequest,
  type RoundContext,
  roundContext,
} from "./evolution.ts";
import { assertAccount } from "./record/account.ts";
import { evolvedLines, linesAgainst } from "./record/counting.ts";
import {
  composeProvenance,
  qualified,
  qualifiedPatch,
  qualifiedProvenance,
  type TracedSkill,
  totalAccount,
  unchanged,
} from "./record/over-rounds.ts";
import { noPast, withLessons, withRejected } from "./record/past.ts";
import type { EvolvedRound } from "./record/record.ts";
import { learningRepeat } from "./repeats.ts";

/** Rounds in a row without an accepted change after which further ones are not tried. */
const PATIENCE = 2;

/**
 * Evolves in rounds: each begins with the skill of the last one, and with what earlier ones learned and
 * what was rejected. After a rejection the same skill runs the same tasks again, with other draws.
 *
 * @param evolveOnce one pass through all stages, the acceptance gate included.
 */
export async function evolveInRounds(
  request: EvolutionRequest,
  deps: EvolutionDeps,
  evolveOnce: (context: RoundContext) => Promise<EvolvedRound>,
): Promise<Evolution> {
  const { preset, parent } = request;
  const rounds: Evolution[] = [];
  const rejected = new Set<string>();
  let known = unchanged(parent);
  let past = noPast;
  // Rounds since the skill last changed: so often have its trajectories been learned from.
  let idle = 0;
  while (rounds.length < preset.rounds && idle < PATIENCE) {
    const number = rounds.length + 1;
    const start = { number, repeat: learningRepeat(idle), past, rejected };
    const round = await evolveOnce(roundContext({ ...request, parent: known.skill }, deps, start));
    const { evolution } = round;
    assertAccount(evolution.account);
    if (preset.rounds === 1) return evolution;
    rounds.push(evolution);
    past = withLessons(past, lessonsOf(round, number));
    const { gate } = evolution.account;
    if (gate && !gate.accepted) {
      if (gate.candidate !== null) rejected.add(gate.candidate);
      const edits = round.applied.filter(({ id }) => !round.demoted.has(id));
      past = withRejected(past, edits);
    }
    const isChanged = evolution.skill.digest !== known.skill.digest;
    idle = isChanged ? 0 : idle + 1;
    if (isChanged) known = afterRound(known, evolution, number);
  }
  return together(parent, known, rounds);
}

function afterRound(
  known: TracedSkill,
  { skill, provenance: ofRound }: Evolution,
  number: number,
): TracedSkill {
  const provenance = qualifiedProvenance(ofRound, number);
  return { skill, provenance: composeProvenance(known, { skill, provenance }) };
}

/** The lessons of a round, each with the trajectory that taught it. */
function lessonsOf({ analyses, origins }: EvolvedRound, round: number) {
  const patches = new Map(origins.map(({ row, passed, patch }) => [row + passed?.row, patch.id]));
  return analyses.flatMap(({ memories, task, row, passed }, i) =>
    memories.map((lesson) => ({
      lesson,
      taughtBy: {
        id: qualified(patches.get(row + passed) ?? `a${i + 1}`, round),
        task,
        row,
        steps: [...lesson.steps],
      },
    })),
  );
}

/** Several rounds as one evolution, from the first parent to the last skill. */
function together(
  parent: Skill,
  { skill, provenance }: TracedSkill,
  rounds: readonly Evolution[],
): Evolution {
  const account = totalAccount(
    rounds.map((round) => round.account),
    {
      lines: linesAgainst(parent, skill, evolvedLines(provenance.lines)),
      identical: skill.digest === parent.digest,
    },
  );
  assertAccount(account);
  const ofAll = <Item>(of: (round: Evolution, number: number) => readonly Item[]) =>
    rounds.flatMap((round, i) => of(round, i + 1));
  return {
    ...{ skill, parent, account, provenance, rounds },
    levels: ofAll(({ levels }, number) =>
      levels.map((level) => level.map((patch) => qualifiedPatch(patch, number))),
    ),
    withheld: ofAll(({ withheld }, number) =>
      withheld.map((one) => ({ ...one, edit: qualified(one.edit, number) })),
    ),
    changelog: ofAll(({ changelog }, number) =>
      changelog.map((line) => `round ${number}: ${line}`),
    ),
    rejected: ofAll(({ rejected = [] }, number) =>
      rejected.map((one) => ({
        ...one,
        provenance: qualifiedProvenance(one.provenance, number),
      })),
    ),
  };
}
