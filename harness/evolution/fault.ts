import type { WithheldReason } from "../skills/edit-outcome.ts";

/** What can be wrong with a reply as a whole; each is a line of the account. */
export type ReplyFault =
  | "empty-reply"
  | "not-json"
  | "half-json"
  | "bad-json"
  | "wrong-shape"
  /** The provider's limit of its length ended it. */
  | "cut-off"
  | "too-large"
  | "too-many"
  | "no-step"
  | "hidden-unicode";

/** What can be wrong with one edit beyond what applying it finds. */
export type EditFault =
  | WithheldReason
  /** Not an object with a file and an operation. */
  | "not-an-edit"
  /** Works on a skill of another name. */
  | "other-skill"
  /** More lines than an edit may have. */
  | "too-long"
  /** Does not state when, what, why, unless and how to check. */
  | "rule-schema"
  /** Names a value of the task it was learned from. */
  | "hard-coded-value"
  /** Says what a candidate that was rejected in an earlier round said. */
  | "rejected-before";

/** What a merge did to the edits it was given. */
export type LedgerFault = "lost-edit" | "invented-source" | "no-source";

/** One finding about a reply: what kind, where in it, and what to do about it. */
export interface Fault {
  readonly kind: ReplyFault | EditFault | LedgerFault;
  /** Such as `edits[2]`. */
  readonly where: string;
  readonly problem: string;
}

/** The findings as a list for the model that may repair them. */
export function faultList(faults: readonly Fault[]): string {
  return faults.map((fault) => `- ${fault.where}: ${fault.problem} (${fault.kind})`).join("\n");
}

/** How often each kind occurs. */
export function countBy<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const kind = kindOf(item);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
