import type { Edit } from "../../../contracts/index.ts";
import type { Fault } from "../../reply.ts";
import { unionOf } from "./dedupe.ts";

/** An edit of a merge reply with the input edits it says it came from. */
export interface SourceClaim {
  /** Place in the reply, such as `edits[2]`. */
  readonly where: string;
  readonly sources: readonly string[];
}

/** Support from which an edit must not be lost. */
export const RECURRENT = 2;

/**
 * Holds a merge reply to the ledger: every kept edit names its sources, every source is an input,
 * every input is in some edit's sources or dropped with a reason, and what recurs is not dropped.
 */
export function auditMerge(
  inputs: readonly Edit[],
  claims: readonly SourceClaim[],
  dropped: ReadonlySet<string>,
): Fault[] {
  const known = new Set(inputs.map((edit) => edit.id));
  const faults: Fault[] = [];
  for (const { where, sources } of claims) {
    if (sources.length === 0)
      faults.push({ kind: "no-source", where, problem: '"sources" must name input edits' });
    for (const source of sources.filter((id) => !known.has(id)))
      faults.push({
        kind: "invented-source",
        where,
        problem: `there is no input edit ${JSON.stringify(source)}`,
      });
  }
  for (const edit of unaccountedFor(inputs, claims, dropped))
    faults.push({
      kind: "lost-edit",
      where: edit.id,
      problem: `is in no "sources"${edit.tasks.length >= RECURRENT ? `, and ${edit.tasks.length} tasks support it` : ' and not in "dropped"'}`,
    });
  return faults;
}

/** Inputs that a merge may not leave out and did: what recurs, and what was dropped without a word. */
export function unaccountedFor(
  inputs: readonly Edit[],
  claims: readonly Pick<SourceClaim, "sources">[],
  dropped: ReadonlySet<string>,
): Edit[] {
  const named = new Set(claims.flatMap((claim) => claim.sources));
  return inputs.filter(
    (edit) => !named.has(edit.id) && (edit.tasks.length >= RECURRENT || !dropped.has(edit.id)),
  );
}

/** Support of an edit that came of others: the union of their tasks, never what a reply claims. */
export function supportOf(sources: readonly string[], inputs: readonly Edit[]): string[] {
  return unionOf(inputs.filter((edit) => sources.includes(edit.id)).map((edit) => edit.tasks));
}
