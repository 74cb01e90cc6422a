import type { Edit } from "../../contracts/index.ts";
import type { Evolution, LeftOutEdit, RoundContext } from "../evolution.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import { originsOfDemoted } from "../stages/apply/demote.ts";
import { accountOf, type StageResults } from "./account-of.ts";
import { lineageOf } from "./lineage.ts";
import { type PatchOrigin, provenanceOf } from "./provenance.ts";

/** What one round made, with what later rounds learn from it. */
export interface EvolvedRound {
  readonly evolution: Evolution;
  /** The edits that stand in the candidate; of them, those that were demoted to a reference. */
  readonly applied: readonly Edit[];
  readonly demoted: ReadonlySet<string>;
  readonly analyses: readonly Analysis[];
  readonly origins: readonly PatchOrigin[];
}

/** The record of a round before its gate: the skill, where its lines came from, and what became of everything. */
export function recordOf(results: StageResults, context: RoundContext): EvolvedRound {
  const { analysed, contrasted, proposed, replayed, choice } = results;
  const { merged, demotion, wanted, result } = choice.chosen;
  const { parent } = context;
  const lineage = lineageOf(
    replayed.admitted.map((origin) => origin.patch),
    [...merged.levels.flat().flatMap((patch) => patch.edits), ...wanted],
  );
  const { skill, outcomes, lineOrigins } = result.applied;
  const applied = outcomes.flatMap((one) => (one.kind === "applied" ? [one.edit] : []));
  const lines = originsOfDemoted(lineOrigins, skill, demotion);
  const demoted = demotion.demoted.filter(({ id }) => lines.some(({ edit }) => edit === id));
  const evolution: Evolution = {
    skill,
    parent,
    account: accountOf(results, lineage, context),
    provenance: provenanceOf({ skill, parent }, lines, [...applied, ...demoted], {
      origins: proposed.origins,
      lineage,
    }),
    levels: merged.levels,
    withheld: withheldEdits(results),
    changelog: applied.map(changelogLine),
  };
  const added = new Set(demotion.added.map(({ id }) => id));
  return {
    evolution,
    applied: [...applied.filter(({ id }) => !added.has(id)), ...demoted],
    demoted: new Set(demoted.map(({ id }) => id)),
    analyses: [...analysed.analyses, ...contrasted.analyses],
    origins: proposed.origins,
  };
}

/** Edits that did not get into the skill, in the order of the stages that left them out. */
function withheldEdits({ replayed, choice }: StageResults): readonly LeftOutEdit[] {
  const { overBudget, demotion, result } = choice.chosen;
  const unsupported = (reason: string) => (edit: Edit) =>
    withheldEdit(edit, reason, `${edit.tasks.length} tasks support it.`);
  return [
    ...replayed.keptOut.flatMap(({ origin, credit: { because, points } }) =>
      origin.patch.edits.map((edit) =>
        withheldEdit(edit, `replay: ${because}`, `Tried alone it has ${points} points.`),
      ),
    ),
    ...result.applied.outcomes.flatMap((one) =>
      one.kind === "withheld" ? [withheldEdit(one.edit, one.reason, one.detail)] : [],
    ),
    ...overBudget.map(unsupported("edit-budget")),
    ...demotion.quarantined.map(unsupported("low-support")),
  ];
}

/** An edit with the reason why it is not in the skill. */
export function withheldEdit(
  { id, content = "" }: Pick<Edit, "id" | "content">,
  reason: string,
  detail: string,
): LeftOutEdit {
  return { edit: id, reason, detail, content };
}

/** An applied edit as a line for people. */
export function changelogLine({ op, file, tasks, content = "" }: Edit): string {
  return `${op} ${file} (${tasks.length} tasks): ${content.trim().split("\n")[0] ?? ""}`;
}
