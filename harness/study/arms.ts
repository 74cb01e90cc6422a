import {
  authoredConditions,
  type Condition,
  heldOutSplits,
  type Method,
  type Mode,
} from "./conditions.ts";
import type { Study } from "./config/read-study.ts";

/** A skill that a study needs, before it is known what it says. */
export type SkillSource =
  | { readonly kind: "none" }
  | { readonly kind: "given"; readonly name: "human-written" | "placebo" }
  | { readonly kind: "draft"; readonly author: string }
  | {
      readonly kind: "evolved";
      readonly author: string;
      readonly mode: Mode;
      readonly method: Method;
      /** The preset of an ablation; null for the study's own. */
      readonly variant: string | null;
    };

/** A skill that is evolved. */
export type EvolvedSource = Extract<SkillSource, { kind: "evolved" }>;

/** One row of the table for one column: a skill, used by a model, on a held-out split. */
export interface Arm {
  /** As the study names it; of an ablation with its variant, such as `creation+error @ +gate`. */
  readonly condition: string;
  readonly mode: Mode | null;
  readonly author: string | null;
  readonly source: SkillSource;
  readonly user: string;
  readonly split: string;
  /** The arm that a delta is taken against: same user, same split. */
  readonly baseline: { readonly condition: string; readonly author: string | null } | null;
  /** On the tasks that skills are learnt from: for retention, and in no table of results. */
  readonly train: boolean;
}

/** The arms of a study, in the order of the table. */
export function armsOf(study: Study): readonly Arm[] {
  const splits = heldOutSplits(study.splits);
  const rows = rowsOf(study);
  const usersOf = ({ author }: ArmRow) =>
    study.pairing === "same-model" && author !== null ? [author] : study.users;
  const held = rows.flatMap((row) =>
    usersOf(row).flatMap((user) => splits.map((split) => ({ ...row, user, split, train: false }))),
  );
  if (!study.retention) return held;
  return [
    ...held,
    ...rowsOfRetention(rows).flatMap((row) =>
      usersOf(row).map((user) => ({ ...row, user, split: "evolve", train: true })),
    ),
  ];
}

/** Evolved skills and what they are compared with. */
function rowsOfRetention(rows: readonly ArmRow[]): readonly ArmRow[] {
  const evolved = rows.filter(({ source }) => source.kind === "evolved");
  return rows.flatMap((row) => {
    if (row.source.kind === "evolved") return [row];
    const isParent = evolved.some(
      ({ baseline }) => baseline?.condition === row.condition && baseline.author === row.author,
    );
    return isParent ? [{ ...row, baseline: null }] : [];
  });
}

type ArmRow = Omit<Arm, "user" | "split" | "train">;

/** The rows of the table: conditions by author, evolved ones by variant too where the study has some. */
export function rowsOf(study: Study): readonly ArmRow[] {
  return study.conditions.flatMap((condition) => {
    const authors: readonly (string | null)[] = isAuthored(condition) ? study.authors : [null];
    const variants = condition.includes("+") ? Object.keys(study.variants ?? {}) : [];
    return authors.flatMap((author) =>
      (variants.length === 0 ? [null] : variants).map((variant) => {
        const source = sourceOf(condition, author, variant);
        return {
          condition: variant === null ? condition : `${condition} @ ${variant}`,
          mode: source.kind === "evolved" ? source.mode : null,
          author,
          source,
          baseline: baselineFor(study, condition, author),
        };
      }),
    );
  });
}

/** What distinguishes a source from every other of the study. */
export function sourceKey(source: SkillSource): string {
  switch (source.kind) {
    case "none":
      return "none";
    case "given":
      return source.name;
    case "draft":
      return `draft by ${source.author}`;
    case "evolved":
      return `${source.mode}+${source.method}${source.variant === null ? "" : ` @ ${source.variant}`} by ${source.author}`;
  }
}

function isAuthored(condition: Condition): boolean {
  return (authoredConditions as readonly string[]).includes(condition);
}

function sourceOf(
  condition: Condition,
  author: string | null,
  variant: string | null,
): SkillSource {
  if (condition === "no-skill") return { kind: "none" };
  if (condition === "human-written" || condition === "placebo")
    return { kind: "given", name: condition };
  if (author === null) throw new Error(`${condition} without an author`);
  if (condition === "parametric") return { kind: "draft", author };
  const [mode, method] = condition.split("+") as [Mode, Method];
  return { kind: "evolved", author, mode, method, variant };
}

/**
 * Table 1 of the paper compares deepening with the human-written skill and creation with the
 * parametric one, and its tables 2 and 3, which have no parametric one, with no skill; everything
 * that is not evolved is compared with no skill.
 *
 * @returns null where the study does not run that baseline.
 */
function baselineFor(study: Study, condition: Condition, author: string | null): Arm["baseline"] {
  const [wanted, by]: [Condition, string | null] = condition.startsWith("deepening+")
    ? ["human-written", null]
    : condition.startsWith("creation+") && study.conditions.includes("parametric")
      ? ["parametric", author]
      : ["no-skill", null];
  if (wanted === condition || !study.conditions.includes(wanted)) return null;
  return { condition: wanted, author: by };
}
