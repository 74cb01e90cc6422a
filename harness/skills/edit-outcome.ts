import type { Edit, Skill } from "../contracts/index.ts";

/** Why an edit was not applied. Every withheld edit carries exactly one. */
export type WithheldReason =
  /** The edit names an operation that does not exist. */
  | "unknown-operation"
  /** The file to edit or delete is not in the parent. */
  | "missing-file"
  /** An absolute, climbing or otherwise unusable path. */
  | "path-outside"
  /** The file may not be edited or deleted. */
  | "protected-file"
  /** The text to work on lies in the front matter, whose name and description are frozen. */
  | "front-matter"
  /** A file to create is there already. */
  | "file-exists"
  /** A section to add is there already, or is added in two places. */
  | "heading-exists"
  /** No section or text to work on was named. */
  | "empty-anchor"
  | "missing-anchor"
  | "ambiguous-anchor"
  /** The anchor stands inside a code block, where no block can be inserted. */
  | "anchor-in-code"
  /** Nothing to insert. */
  | "empty-content"
  /** The skill says this already. */
  | "no-change"
  /** Two edits want the same text; both are withheld. */
  | "overlap"
  /** The result would link to a file that is not there. */
  | "broken-link"
  /** The result would have a reference or script that nothing links to. */
  | "orphan-reference"
  /** Invisible or direction-changing characters. */
  | "hidden-unicode"
  /** The result would break the skill format: a code fence left open, a heading swallowed, a front matter rule. */
  | "format"
  /** The result would be longer than a skill file may be. */
  | "size-budget";

/** What became of one edit. */
export type EditOutcome =
  | { readonly kind: "applied"; readonly edit: Edit }
  | {
      readonly kind: "withheld";
      readonly edit: Edit;
      readonly reason: WithheldReason;
      /** What exactly was wrong, as a sentence for the model that may repair it and for people. */
      readonly detail: string;
    };

/** A line of the result that an edit wrote or changed. A line may have several; one without any is the parent's. */
export interface LineOrigin {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Id of the edit. */
  readonly edit: string;
}

/** What came of applying edits. */
export interface AppliedEdits {
  /** The parent itself, the same value, where nothing was applied. */
  readonly skill: Skill;
  /** One an edit, in the order the edits were given. */
  readonly outcomes: readonly EditOutcome[];
  /** By file, then line: what a provenance file keeps. */
  readonly lineOrigins: readonly LineOrigin[];
}
