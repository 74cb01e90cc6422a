import type { Domain, DomainOptions, Model, Patch, Skill, Task } from "../contracts/index.ts";
import { seededRng } from "../rng.ts";
import type { Provenance } from "../skills/provenance.ts";
import type { EvolutionDeps } from "./evolution-deps.ts";
import type { EvolutionPreset } from "./presets.ts";
import type { Account } from "./record/account.ts";
import { accountOf } from "./record/account-of.ts";
import { lineageOf } from "./record/lineage.ts";
import { provenanceOf } from "./record/provenance.ts";
import { type EvolutionRole, modelFor } from "./roles.ts";
import { evolveInRounds, type Round, type RoundStart } from "./rounds.ts";
import { analyse, analysisDeps } from "./stages/analyse/analyse.ts";
import { contrast } from "./stages/analyse/contrast.ts";
import { bestCandidate } from "./stages/apply/candidate.ts";
import { originsOfDemoted } from "./stages/apply/demote.ts";
import { proposeAll } from "./stages/propose/propose.ts";
import { replay } from "./stages/replay/replay.ts";
import type { Answering } from "./unit.ts";

/** What to evolve, from what, and how. */
export interface EvolutionRequest {
  readonly domain: Domain;
  readonly options: DomainOptions;
  /** S0: human-written, or a draft. Never changed. */
  readonly parent: Skill;
  readonly mode: "deepening" | "creation";
  readonly analysts: "error" | "success" | "combined";
  readonly preset: EvolutionPreset;
  /** The evolve split; no analyst sees another task. */
  readonly tasks: readonly Task[];
  /** The select split, which no analyst sees; without it there is no gate. */
  readonly selectTasks?: readonly Task[];
  /** The agent of the rollouts, and every role that `roles` does not give to another model. */
  readonly author: Model;
  readonly roles?: ReadonlyMap<string, Model>;
  readonly seed: number;
}

/** An evolved skill with all that it came from. */
export interface Evolution {
  readonly skill: Skill;
  readonly parent: Skill;
  readonly account: Account;
  readonly provenance: Provenance;
  /** Proposed, deduplicated and merged patches by level; level 0 is what was proposed. */
  readonly levels: readonly (readonly Patch[])[];
  /** Edits that did not get into the skill, with the reason: for the account, and for later rounds. */
  readonly withheld: readonly Withheld[];
  /** What changed, as a list for people: the edits that were applied, in order, and what the gate said. */
  readonly changelog: readonly string[];
  /** Candidates that the gate rejected. */
  readonly rejected?: readonly Rejected[];
  /** The rounds one by one, where there were several. */
  readonly rounds?: readonly Evolution[];
}

/** A candidate that did not become the skill, and where its lines came from. */
export interface Rejected {
  readonly skill: Skill;
  readonly provenance: Provenance;
}

export interface Withheld {
  readonly edit: string;
  readonly reason: string;
  readonly detail: string;
  readonly content: string;
}

/**
 * Evolves a skill from an agent's trajectories: rollout, analyse and propose, consolidate (paper, section 2).
 *
 * Every model call is made in a unit of `runner`, so what was paid for once is not paid for again.
 * The result depends on the request alone, whatever the order in which units finish.
 *
 * @throws when the account does not add up or a line does not resolve, which is our bug.
 */
export async function evolve(request: EvolutionRequest, deps: EvolutionDeps): Promise<Evolution> {
  return evolveInRounds(request, deps, evolveOnce);
}

/** One round: all but the gate. */
async function evolveOnce(
  request: EvolutionRequest,
  deps: EvolutionDeps,
  { repeat, past }: RoundStart,
): Promise<Round> {
  const { parent, preset, seed } = request;
  const { runner, clock } = deps;
  const by = (role: EvolutionRole): Answering => ({
    model: modelFor(role, request.author, request.roles),
    repair: modelFor("repair", request.author, request.roles),
    seed,
    clock,
  });

  const rollouts = await Promise.all(
    request.tasks.map(async (task) => ({
      task,
      row: await deps.rollout(task, parent, seed, repeat),
    })),
  );
  const analysed = await analyse(
    rollouts,
    { ...request, past },
    by,
    analysisDeps(deps, seed, repeat),
  );
  const contrasted = await contrast(
    rollouts,
    request.analysts === "success" ? 1 : preset.contrast,
    by("contrast-analyst"),
    { runner, rollout: (task, i) => deps.rollout(task, parent, seed, repeat + i) },
    past,
  );
  const analyses = [...analysed.analyses, ...contrasted.analyses];
  const proposed = await proposeAll(analyses, { ...request, past }, by("propose"), runner);
  const replayed = await replay(
    proposed.origins,
    rollouts,
    { ...request, neighbours: preset.replay },
    (task, skill) => deps.rollout(task, skill, seed, repeat),
  );

  const patches = replayed.admitted.map((origin) => origin.patch);
  const choice = await bestCandidate(
    replayed,
    { parent, preset, tasks: request.selectTasks ?? request.tasks },
    by,
    {
      runner,
      rng: seededRng(`evolve ${seed}`),
      rollout: (task, candidate) => deps.rollout(task, candidate, seed),
    },
  );
  const { merged, overBudget, demotion, wanted, result } = choice.chosen;

  const made = [...merged.levels.flat().flatMap((patch) => patch.edits), ...wanted];
  const lineage = lineageOf(patches, made);
  const { skill, outcomes, lineOrigins } = result.applied;
  const applied = outcomes.flatMap((outcome) => (outcome.kind === "applied" ? [outcome.edit] : []));
  const lines = originsOfDemoted(lineOrigins, skill, demotion);
  const account = accountOf({
    rollouts,
    analysed,
    contrasted,
    proposed,
    replayed,
    choice,
    lineage,
    parent,
  });
  const demoted = demotion.demoted.filter(({ id }) => lines.some(({ edit }) => edit === id));
  const evolution: Evolution = {
    skill,
    parent,
    account,
    provenance: provenanceOf(
      { skill, parent },
      lines,
      [...applied, ...demoted],
      proposed.origins,
      lineage,
    ),
    levels: merged.levels,
    withheld: [
      ...replayed.keptOut.flatMap(({ origin, credit }) =>
        origin.patch.edits.map((edit) =>
          withheldEdit(
            edit,
            `replay: ${credit.because}`,
            `Tried alone it has ${credit.points} points.`,
          ),
        ),
      ),
      ...outcomes.flatMap((outcome) =>
        outcome.kind === "withheld"
          ? [withheldEdit(outcome.edit, outcome.reason, outcome.detail)]
          : [],
      ),
      ...overBudget.map((edit) =>
        withheldEdit(edit, "edit-budget", `${edit.tasks.length} tasks support it.`),
      ),
      ...demotion.quarantined.map((edit) =>
        withheldEdit(edit, "low-support", `${edit.tasks.length} tasks support it.`),
      ),
    ],
    changelog: applied.map(
      (edit) => `${edit.op} ${edit.file} (${edit.tasks.length} tasks): ${firstLine(edit.content)}`,
    ),
  };
  const added = new Set(demotion.added.map(({ id }) => id));
  return {
    evolution,
    applied: [...applied.filter(({ id }) => !added.has(id)), ...demoted],
    demoted: new Set(demoted.map(({ id }) => id)),
    analyses,
    origins: proposed.origins,
  };
}

function withheldEdit(edit: Patch["edits"][number], reason: string, detail: string): Withheld {
  return { edit: edit.id, reason, detail, content: edit.content ?? "" };
}

function firstLine(text: string | undefined): string {
  return (text ?? "").trim().split("\n")[0] ?? "";
}
