import type { Edit } from "../../../contracts/index.ts";
import type { Fault } from "../../reply.ts";
import { unionOf } from "./dedupe.ts";

/** An edit of a merge reply with the input edits it says it came from. */
export interface SourceClaim {
  /** Place in the reply, such as `edits[2]`. */
  readonly where: string;
  readonly sources: readonly string[];
}

/** Support from which an edit cannot be dropped. */
const RECURRENT = 2;

/** Holds a merge reply to the ledger: every edit names its sources, every source is an input, and none is named twice. */
export function auditMerge(inputs: readonly Edit[], claims: readonly SourceClaim[]): Fault[] {
  const free = new Set(inputs.map((edit) => edit.id));
  const known = new Set(free);
  const faults: Fault[] = [];
  for (const { where, sources } of claims) {
    const fault = (kind: Fault["kind"], problem: string) => faults.push({ kind, where, problem });
    if (sources.length === 0) fault("no-source", '"sources" must name input edits');
    for (const source of new Set(sources)) {
      const shown = JSON.stringify(source);
      if (!known.has(source)) fault("invented-source", `there is no input edit ${shown}`);
      else if (!free.delete(source))
        fault("repeated-source", `${shown} stands in the "sources" of an earlier edit already`);
    }
  }
  return faults;
}

/** Inputs that stay as they are: those that a merge names nowhere, and those that recur and were dropped all the same. */
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
