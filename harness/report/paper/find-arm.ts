import { InputError } from "../../errors.ts";
import type { ArmFacts, TableInput } from "../table-input.ts";
import type { PaperRow, PaperTable } from "./figures.ts";

/** Finds a study's arms for the cells of a table of the paper. */
export interface ArmFinder {
  /**
   * The authors whose rows stand beside a row of the paper: its own where it names one, all of the
   * study's where it does not say which model wrote it; null where no model did, or the user.
   */
  authorsOf(row: PaperRow): readonly (string | null)[];
  /** An arm on the split that is called as the column. */
  arm(condition: string, author: string, user: string, column: string): ArmFacts | undefined;
}

/**
 * @param where the file of the facts, for the message.
 * @throws {InputError} where the study has no arm of the table.
 */
export function armFinder(paper: PaperTable, input: TableInput, where: string): ArmFinder {
  // Of several samples the paper shows their mean, not whether one of them passed.
  const arms = input.arms.filter(
    ({ train, metric }) => train !== true && !metric.startsWith("pass@"),
  );
  const columns = new Set(paper.columns.map(({ id }) => id));
  const users = new Set(paper.users.map(({ name }) => name));
  const conditions = new Set(paper.rows.map(({ study }) => study));
  const isOfTable = ({ condition, user, split }: ArmFacts) =>
    conditions.has(condition) && users.has(user) && columns.has(split);
  if (!arms.some(isOfTable)) {
    throw new InputError({
      where,
      problem: `no arm of this study belongs to the paper's ${paper.table}`,
      fix: `Call users ${[...users].join(" and ")}, splits ${[...columns].join(", ")} and conditions ${[...conditions].join(", ")}, as configs/paper/${paper.table}.yaml does.`,
    });
  }
  return {
    authorsOf({ author, study }) {
      if (author !== null) return [author];
      if (paper.authorIsUser) return [null];
      const authors = new Set(
        arms.filter(({ condition }) => condition === study).map((arm) => arm.author),
      );
      const inOrder = input.models.map(({ name }) => name).filter((name) => authors.has(name));
      return inOrder.length === 0 ? [null] : inOrder;
    },
    arm: (condition, author, user, column) =>
      arms.find(
        (arm) =>
          arm.condition === condition &&
          arm.user === user &&
          arm.split === column &&
          (arm.author === null || arm.author === author),
      ),
  };
}
