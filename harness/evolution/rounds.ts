import type { Edit, Skill } from "../contracts/index.ts";
import type { EvolutionDeps } from "./evolution-deps.ts";
import type { Evolution, EvolutionRequest } from "./evolve.ts";
import { assertAccount } from "./record/account.ts";
import { composeProvenance, type Known, unchanged } from "./record/compose-provenance.ts";
import { linesOf } from "./record/counting.ts";
import { noPast, type Past, withLessons, withRejected } from "./record/past.ts";
import type { PatchOrigin } from "./record/provenance.ts";
import { qualified, qualifiedPatch, qualifiedProvenance } from "./record/qualify.ts";
import { totalAccount } from "./record/total-account.ts";
import { gateRepeats, learningRepeat } from "./repeats.ts";
import type { Analysis } from "./stages/analyse/analysis.ts";
import { type GateRun, runGate, withoutRuns } from "./stages/gate/gate.ts";
import { gatedEvolution } from "./stages/gate/gated.ts";

/** What one round made, before any gate. */
export interface Round {
  readonly evolution: Evolution;
  /** The edits that stand in the candidate; of them, those that were demoted to a reference. */
  readonly applied: readonly Edit[];
  readonly demoted: ReadonlySet<string>;
  readonly analyses: readonly Analysis[];
  readonly origins: readonly PatchOrigin[];
}

/** Where a round begins. */
export interface RoundStart {
  /** Repeat number of the rollouts it learns from. */
  readonly repeat: number;
  readonly past: Past;
}

/** One pass through rollout, analysis and consolidation. */
export type RoundMaker = (
  request: EvolutionRequest,
  deps: EvolutionDeps,
  start: RoundStart,
) => Promise<Round>;

/** Rounds in a row without an accepted change after which further ones are not tried. */
const PATIENCE = 2;

/**
 * Evolves in rounds: each begins with the skill that the last one left, and with what earlier ones
 * learned and what of theirs was rejected. After a rejection the same skill runs the same tasks again,
 * with draws of its own.
 *
 * @param makeRound one round, without gate.
 */
export async function evolveInRounds(
  request: EvolutionRequest,
  deps: EvolutionDeps,
  makeRound: RoundMaker,
): Promise<Evolution> {
  const { preset, parent } = request;
  const rounds: Evolution[] = [];
  const rejected = new Set<string>();
  let known: Known = unchanged(parent);
  let past = noPast;
  // Rounds since the skill last changed: so often have its trajectories been learned from.
  let idle = 0;
  while (rounds.length < preset.rounds && idle < PATIENCE) {
    const number = rounds.length + 1;
    const start = { repeat: learningRepeat(idle), past };
    const round = await makeRound({ ...request, parent: known.skill }, deps, start);
    const gate = await gateOf(round.evolution, rejected, number, request, deps);
    const evolution = gate ? gatedEvolution(round.evolution, round.applied, gate) : round.evolution;
    assertAccount(evolution.account);
    if (preset.rounds === 1) return evolution;
    rounds.push(evolution);
    past = withLessons(past, lessonsOf(round, number));
    if (gate && !gate.decision.accepted) {
      rejected.add(round.evolution.skill.digest);
      past = withRejected(
        past,
        round.applied.filter(({ id }) => !round.demoted.has(id)),
      );
    }
    if (evolution.skill.digest === known.skill.digest) {
      idle++;
      continue;
    }
    idle = 0;
    const provenance = qualifiedProvenance(evolution.provenance, number);
    known = {
      skill: evolution.skill,
      provenance: composeProvenance(known, { skill: evolution.skill, provenance }),
    };
  }
  return together(parent, known, rounds);
}

/** The gate's decision on a round's candidate; undefined where there is none: by the preset, or for want of tasks. */
async function gateOf(
  { skill, parent }: Evolution,
  rejected: ReadonlySet<string>,
  round: number,
  request: EvolutionRequest,
  deps: EvolutionDeps,
): Promise<GateRun | undefined> {
  const { preset, author, seed, selectTasks } = request;
  if (preset.gate === "none" || selectTasks === undefined) return undefined;
  const repeats = gateRepeats(preset.gateRepeats, round);
  const arms = { candidate: { skill, repeats }, parent: { skill: parent, repeats } };
  const setting = {
    tasks: selectTasks,
    domain: request.domain.name,
    model: author,
    threshold: preset.gateZ,
    rollout: (task: (typeof selectTasks)[number], arm: Skill | undefined, repeat: number) =>
      deps.rollout(task, arm, seed, repeat),
  };
  if (skill.digest === parent.digest) return withoutRuns("identical", arms, setting);
  if (rejected.has(skill.digest)) return withoutRuns("rejected-before", arms, setting);
  return runGate(arms, setting);
}

/** The lessons of a round, each with the trajectory that taught it. */
function lessonsOf({ analyses, origins }: Round, round: number) {
  const patches = new Map(origins.map(({ row, passed, patch }) => [row + passed?.row, patch.id]));
  return analyses.flatMap(({ memories, task, row, passed }, i) =>
    memories.map((lesson) => ({
      lesson,
      evidence: {
        id: qualified(patches.get(row + passed) ?? `a${i + 1}`, round),
        task,
        row,
        steps: [...lesson.steps],
      },
    })),
  );
}

/** Several rounds as one evolution, from the first parent to the last skill. */
function together(parent: Skill, known: Known, rounds: readonly Evolution[]): Evolution {
  const { skill, provenance } = known;
  const account = totalAccount(
    rounds.map((round) => round.account),
    {
      lines: linesOf(skill, parent, evolvedLines(known)),
      identical: skill.digest === parent.digest,
    },
  );
  assertAccount(account);
  return {
    skill,
    parent,
    account,
    provenance,
    levels: rounds.flatMap((round, i) =>
      round.levels.map((level) => level.map((patch) => qualifiedPatch(patch, i + 1))),
    ),
    withheld: rounds.flatMap((round, i) =>
      round.withheld.map((one) => ({ ...one, edit: qualified(one.edit, i + 1) })),
    ),
    changelog: rounds.flatMap((round, i) =>
      round.changelog.map((line) => `round ${i + 1}: ${line}`),
    ),
    rejected: rounds.flatMap((round, i) =>
      (round.rejected ?? []).map((one) => ({
        ...one,
        provenance: qualifiedProvenance(one.provenance, i + 1),
      })),
    ),
    rounds,
  };
}

function evolvedLines({ provenance }: Known): number {
  return new Set(provenance.lines.map(({ file, line }) => `${line} ${file}`)).size;
}
