import { digestOf } from "../canonical.ts";
import type { Dataset, DomainOptions, Task } from "../contracts.ts";
import { InputError } from "../errors.ts";
import type { Study } from "./read-study.ts";
import type { OptionValues, SplitEntry } from "./schema.ts";

/** A split as a study uses it. */
export interface StudySplit {
  readonly name: string;
  readonly from: string;
  readonly options: DomainOptions;
  readonly tasks: readonly Task[];
  /** Tasks passed over because an earlier split uses their group. */
  readonly leftOut: number;
}

/**
 * Picks the tasks of every split, in the order the study names them.
 *
 * No group (table, workbook, document) is used by two of the splits that must not know each other:
 * evolve, select, and the held-out ones as a whole. A task whose group an earlier split uses is
 * passed over, so `take` still gives its full number where the data set has it.
 *
 * @param limit at most so many tasks of every split, the first ones; the choice of the rest does
 * not depend on it.
 * @throws {InputError} for a split that comes out empty.
 */
export async function selectTasks(
  study: Study,
  dataset: Dataset,
  optionValues: OptionValues,
  limit: number | undefined,
): Promise<readonly StudySplit[]> {
  const owners = new Map<string, string>();
  const splits: StudySplit[] = [];
  for (const [name, entry] of Object.entries(study.splits) as [string, SplitEntry][]) {
    const owner = name === "evolve" || name === "select" ? name : "held-out";
    const options = optionsOf(study, entry, optionValues);
    const all = await dataset.load(entry.from, options);
    const after = all.slice(entry.skip ?? 0);
    const free = after.filter((task) => (owners.get(task.group) ?? owner) === owner);
    const taken = free.slice(0, entry.take);
    for (const task of taken) owners.set(task.group, owner);
    if (taken.length === 0) {
      throw new InputError({
        where: study.placeOf(["splits", name]),
        field: `splits.${name}`,
        problem: `empty: ${entry.from} has ${all.length} tasks, ${after.length} after skip, ${free.length} not sharing a group with an earlier split`,
        fix: "Lower skip, or take it from another split.",
      });
    }
    const lastTaken = after.indexOf(taken.at(-1) as Task);
    splits.push({
      name,
      from: entry.from,
      options,
      tasks: taken.slice(0, limit),
      leftOut: lastTaken + 1 - taken.length,
    });
  }
  return splits;
}

/** The digest of everything about a task that agent or grader can see. */
export function taskDigest(task: Task): string {
  return digestOf([task.id, task.group, task.input, task.reference]);
}

function optionsOf(study: Study, entry: SplitEntry, values: OptionValues): DomainOptions {
  const atTop = study as unknown as Record<string, string | undefined>;
  const inSplit = entry as unknown as Record<string, string | undefined>;
  return Object.fromEntries(
    Object.entries(values).map(([name, [first = ""]]) => [
      name,
      inSplit[name] ?? atTop[name] ?? first,
    ]),
  );
}
