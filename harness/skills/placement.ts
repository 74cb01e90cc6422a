import type { Edit } from "../contracts/index.ts";
import type { WithheldReason } from "./edit-outcome.ts";

/**
 * Where in the parent an edit goes. Lines count from 0, ends are not included, offsets are those of the
 * parent's text; nothing moves while other edits are placed.
 */
export type Placement = { readonly edit: Edit; readonly file: string } & (
  | {
      /** Blocks put between two lines of the parent. */
      readonly kind: "insert";
      /** The line it goes before. */
      readonly at: number;
      /** The line that was looked for, so that the deletion of its section is a conflict. */
      readonly anchor: number;
      /** Where several inserts meet, the lower rank comes first; the same rank keeps the list's order. */
      readonly rank: number;
      readonly content: readonly string[];
      /** The heading line, for a new section: written once for all edits that add it. */
      readonly heading?: string;
    }
  | {
      /** Whole lines replaced by blocks, or removed. */
      readonly kind: "lines";
      readonly from: number;
      readonly to: number;
      readonly content: readonly string[];
      /** A whole section goes, so nothing can be put beside what was in it. */
      readonly section: boolean;
      /** Inside a code block: blank lines are left as they are. */
      readonly verbatim: boolean;
    }
  | {
      /** Characters replaced within their lines. */
      readonly kind: "text";
      readonly start: number;
      readonly end: number;
      readonly content: string;
    }
  | { readonly kind: "create"; readonly content: readonly string[] }
  | { readonly kind: "delete-file" }
);

/** Why an edit cannot be applied, before it is an outcome. */
export class WithheldEdit extends Error {
  readonly reason: WithheldReason;

  /** @param detail what exactly was wrong, as a sentence. */
  constructor(reason: WithheldReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
