import { z } from "zod";
import { checkedJson } from "../../checked-json.ts";
import { InputError } from "../../errors.ts";

/** A column of the paper's tables. */
const benchmarkSchema = z.strictObject({
  name: z.string(),
  /** The average weighs families alike, and the columns of a family alike. */
  family: z.string(),
  /** What its figures are written in; a delta has the same unit. */
  scale: z.enum(["percent", "fraction"]),
  decimals: z.int().min(0),
  /** Tasks behind a figure, and episodes of each: what its sampling error is estimated from. */
  tasks: z.int().min(1),
  runs: z.int().min(1),
});
export type Benchmark = z.infer<typeof benchmarkSchema>;

const rowSchema = z.strictObject({
  /** As the paper calls it. */
  condition: z.string(),
  /** The condition of a study that repeats it, such as `deepening+error`. */
  study: z.string(),
  /** Null where no model wrote the skill, where it is the user, and where the paper does not say. */
  author: z.string().nullable(),
  mode: z.enum(["deepening", "creation"]).nullable(),
  /** The row that the figures are differences to, as a condition of a study; null for plain figures. */
  against: z.string().nullable(),
  /** By user, in the order of the columns. */
  cells: z.record(z.string(), z.array(z.number())),
  /** The average as it is printed, in percent. */
  avg: z.number().optional(),
  /** Wall time of making the skill. */
  minutes: z.number().optional(),
});
export type PaperRow = z.infer<typeof rowSchema>;

const schema = z.strictObject({
  source: z.string(),
  /** How the Avg column is computed, as a sentence. */
  averageRule: z.string(),
  /** Users and authors, with the models they stand for. */
  models: z.record(z.string(), z.string()),
  benchmarks: z.record(z.string(), benchmarkSchema),
  tables: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      /** Every evolved skill is used by its own author. */
      authorIsUser: z.boolean(),
      columns: z.array(z.string()).min(1),
      rows: z.array(rowSchema),
    }),
  ),
});

/** A table of the paper with what its columns mean. */
export interface PaperTable {
  readonly source: string;
  readonly averageRule: string;
  /** Such as `table1`. */
  readonly table: string;
  readonly title: string;
  readonly authorIsUser: boolean;
  /** In the paper's order, with the models they stand for. */
  readonly users: readonly { readonly name: string; readonly label: string }[];
  readonly columns: readonly (Benchmark & { readonly id: string })[];
  readonly rows: readonly PaperRow[];
}

/**
 * Reads one of the paper's tables from the text of the figures file.
 *
 * @param where the file's name, for messages.
 * @throws {InputError} for a table that is not there, and for a file that is not of this shape.
 */
export function readPaperTable(text: string, where: string, table: string): PaperTable {
  const at = { where, fix: "Restore the file as it came with the project." };
  const { source, averageRule, models, benchmarks, tables } = checkedJson(text, schema, at);
  const found = Object.hasOwn(tables, table) ? tables[table] : undefined;
  if (found === undefined) {
    throw new InputError({
      where: `paper ${table}`,
      problem: "the paper has no such table here",
      fix: `Name one of ${Object.keys(tables).join(", ")}.`,
    });
  }
  const users = Object.entries(models).map(([name, label]) => ({ name, label }));
  const columns = found.columns.map((id) => {
    const benchmark = benchmarks[id];
    if (benchmark === undefined)
      throw new InputError({ ...at, field: table, problem: `there is no benchmark ${id}` });
    return { id, ...benchmark };
  });
  for (const row of found.rows) {
    for (const { name } of users) {
      if (row.cells[name]?.length !== columns.length)
        throw new InputError({
          ...at,
          field: table,
          problem: `${row.condition} has not a figure a column for ${name}`,
        });
    }
  }
  const { title, authorIsUser, rows } = found;
  return { source, averageRule, table, title, authorIsUser, users, columns, rows };
}

/** A figure of a row, as a fraction; a difference where the row has something it is against. */
export function figureOf(table: PaperTable, row: PaperRow, user: string, column: string): number {
  const place = table.columns.findIndex(({ id }) => id === column);
  const figure = row.cells[user]?.[place];
  if (figure === undefined) throw new Error(`no figure of ${user} on ${column}`);
  return table.columns[place]?.scale === "fraction" ? figure : figure / 100;
}
