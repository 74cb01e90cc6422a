/** A skill directory after the Agent Skills specification, read whole. */
export interface Skill {
  /** From the front matter; equals the directory's name. */
  readonly name: string;
  /** By path relative to the skill, sorted; always has `SKILL.md`. */
  readonly files: ReadonlyMap<string, string>;
  /** SHA-256 over every path and its bytes. */
  readonly digest: string;
}

/** The operations of a patch, named as in the paper's released artefacts. */
export type EditOperation =
  | "insert_after"
  | "insert_before"
  | "append_to_section"
  | "replace_in_section"
  | "add_section"
  | "delete_section"
  | "create"
  | "delete_file";

/**
 * One edit of a skill directory; the field names are those of the wire.
 *
 * `tasks` and `steps` are filled in by the harness, never by a model.
 */
export interface Edit {
  /** Unique within an evolution, such as `p12.e1` or `m2.3.e4`. */
  readonly id: string;
  /** Path relative to the skill. */
  readonly file: string;
  readonly op: EditOperation;
  /** The heading line of the section to work in, such as `## Workflow`. */
  readonly target_section?: string;
  /** The text in the section to insert beside. */
  readonly target_text?: string;
  /** The text to replace. */
  readonly old_text?: string;
  /** The heading after whose section a new one goes. */
  readonly after_section?: string;
  readonly content?: string;
  /** Edits of the level below that this one came from; itself for a proposal. */
  readonly sources: readonly string[];
  /** Distinct task ids behind it, sorted. */
  readonly tasks: readonly string[];
}

/** Proposed edits to one frozen skill. */
export interface Patch {
  /** Such as `p12`, or `m2.3` for a merged one. */
  readonly id: string;
  readonly reasoning: string;
  readonly edits: readonly Edit[];
  readonly changelog: readonly string[];
}
