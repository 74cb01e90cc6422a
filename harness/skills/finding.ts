/** The rules of the lint. Errors make a skill unfit to be used; warnings do not. */
const severities = {
  "front-matter": "error",
  name: "error",
  description: "error",
  license: "error",
  compatibility: "error",
  metadata: "error",
  "allowed-tools": "error",
  "missing-skill-file": "error",
  "empty-body": "error",
  "size-budget": "error",
  "table-of-contents": "warning",
  "broken-link": "error",
  "climbing-link": "error",
  orphan: "error",
  "link-depth": "warning",
  "hidden-unicode": "error",
  "unclosed-fence": "error",
  "heading-in-code": "warning",
  "duplicate-heading": "warning",
  "reference-front-matter": "warning",
} as const;
export type LintRule = keyof typeof severities;

/** Something the lint found. */
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

/** Something found by a rule in a file. */
export function findingOf(
  rule: LintRule,
  at: { readonly file: string; readonly line?: number },
  message: string,
  fix: string,
): Finding {
  return { severity: severities[rule], rule, ...at, message, fix };
}
