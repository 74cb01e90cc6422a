/** A rule of the lint; `lint-skill.ts` and the files it calls say what each asks. */
export type LintRule =
  | "front-matter"
  | "name"
  | "description"
  | "license"
  | "compatibility"
  | "metadata"
  | "allowed-tools"
  | "missing-skill-file"
  | "empty-body"
  | "size-budget"
  | "table-of-contents"
  | "broken-link"
  | "climbing-link"
  | "orphan"
  | "link-depth"
  | "hidden-unicode"
  | "unclosed-fence"
  | "heading-in-code"
  | "duplicate-heading"
  | "reference-front-matter";

/** Something the lint found. Errors make a skill unfit to be used; warnings do not. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly rule: LintRule;
  readonly file: string;
  /** From 1, where it can be told. */
  readonly line?: number;
  /** Names what is wrong, never a line number, so that the same fault elsewhere reads the same. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly fix: string;
}
