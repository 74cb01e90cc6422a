import { readFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../harness/errors.ts";
import { type PaperTable, readPaperTable } from "../../harness/report/paper/figures.ts";
import { armsOf } from "../../harness/study/arms.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import { root, shown } from "./places.ts";

/**
 * A table of the paper, from the figures that come with the project.
 *
 * @param table such as `table1`.
 * @throws {InputError} for a table that is not there.
 */
export function paperTable(table: string): PaperTable {
  const file = path.join(root, "configs", "paper", "figures.json");
  return readPaperTable(readFileSync(file, "utf8"), shown(file), table);
}

/**
 * Sees to it, before anything is paid for, that a study which names a table of the paper has an arm of it.
 *
 * @throws {InputError} where its splits, users and conditions have other names.
 */
export function checkPaperStudy(study: Study): void {
  if (study.paper === undefined) return;
  const { columns, users, rows } = paperTable(study.paper);
  const names = {
    splits: columns.map(({ id }) => id),
    users: users.map(({ name }) => name),
    conditions: rows.map(({ study: condition }) => condition),
  };
  const isOfTable = ({ split, user, condition }: ReturnType<typeof armsOf>[number]) =>
    names.splits.includes(split) &&
    names.users.includes(user) &&
    names.conditions.includes(condition);
  if (armsOf(study).some(isOfTable)) return;
  throw new InputError({
    where: study.placeOf(["paper"]),
    field: "paper",
    problem: `the study has no arm of ${study.paper}`,
    fix: `Call splits as its columns (${names.splits.join(", ")}) and models as its users (${names.users.join(", ")}), or leave the field out.`,
  });
}
