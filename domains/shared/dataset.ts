import type { DataInfo, Dataset, Task } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";

/** Where a domain's data may lie. */
export interface Places {
  /** The directory with real data; may be absent, or hold none. */
  readonly real: string | undefined;
  /** The directory with the shipped sample. */
  readonly sample: string;
}

/**
 * Opens the real data where it is there, and otherwise the sample.
 *
 * @param open finds the data of a directory; undefined where there are none.
 * @param name of the domain.
 * @throws {InputError} when the sample is not there either, and whatever `open` throws.
 */
export async function realOrSample<Source>(
  places: Places,
  open: (directory: string) => Promise<Source | undefined>,
  name: string,
): Promise<{ readonly source: Source; readonly real: boolean }> {
  const real = places.real === undefined ? undefined : await open(places.real);
  if (real !== undefined) return { source: real, real: true };
  const source = await open(places.sample);
  if (source !== undefined) return { source, real: false };
  throw new InputError({
    where: places.sample,
    problem: "the shipped sample is not there",
    fix: `Build it with \`npx tsx scripts/build-sample.ts ${name}\`.`,
  });
}

/** What a data set with fixed splits is made of. */
export interface Splits<Split extends string> {
  readonly info: DataInfo;
  readonly names: readonly Split[];
  /** @throws {InputError} as `Dataset.load` does. */
  tasksOf(split: Split): readonly Task[];
  /** @default every split is there */
  has?(split: Split): boolean;
}

/** A data set with fixed splits; each is read once, when it is first asked for. */
export function datasetOf<Split extends string>(of: Splits<Split>): Dataset {
  const { info, names } = of;
  const loaded = new Map<Split, readonly Task[]>();
  const called = (wanted: string) => names.find((name) => name === wanted);
  return {
    info,
    has(wanted) {
      const split = called(wanted);
      return split !== undefined && (of.has?.(split) ?? true);
    },
    async load(wanted) {
      const split = called(wanted);
      if (split === undefined)
        throw new InputError({
          where: info.name,
          problem: `there is no split ${JSON.stringify(wanted)}`,
          fix: `Choose one of ${names.join(", ")}.`,
        });
      const tasks = loaded.get(split) ?? of.tasksOf(split);
      loaded.set(split, tasks);
      return tasks;
    },
  };
}
