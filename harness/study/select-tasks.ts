import type { DataInfo, Dataset, Domain, DomainOptions, Task } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Study } from "./config/read-study.ts";
import type { OptionValues, SplitEntry } from "./config/schema.ts";
import type { DirectSetting } from "./rollout.ts";

/** A split as a study uses it. */
export interface StudySplit {
  readonly name: string;
  /** The study's, or the one that the split names. */
  readonly domain: Domain;
  readonly data: DataInfo;
  readonly from: string;
  readonly options: DomainOptions;
  readonly tasks: readonly Task[];
  /** Tasks passed over because an earlier split uses their group. */
  readonly leftOut: number;
  /** What its column shows the mean of: `score`, `passed`, or a metric of the domain. */
  readonly measure: string;
  /** Episodes a task and seed. */
  readonly samples: number;
  /** Where its tasks are put in one call without tools: how. */
  readonly direct?: DirectSetting | undefined;
}

/** A domain and the data that were found for it. */
export interface OpenDomain {
  readonly domain: Domain;
  readonly dataset: Dataset;
  /** Stands in for splits that the data set has not. */
  sample?(): Promise<Dataset>;
}

/**
 * The domains that a study and its splits name, with the data that are there for them.
 *
 * @param known every domain, by its name; those of a study that was read are among them.
 * @param dataDirOf where a domain's data are; see `Domain.open`.
 */
export async function openDomains(
  study: Study,
  known: Readonly<Record<string, Domain>>,
  dataDirOf: (domain: Domain) => string | undefined,
): Promise<ReadonlyMap<string, OpenDomain>> {
  const opened = new Map<string, OpenDomain>();
  for (const name of domainsIn(study)) {
    const domain = known[name] as Domain;
    const dataset = await domain.open(dataDirOf(domain));
    let opening: Promise<Dataset> | undefined;
    const sample = () => {
      opening ??= domain.open(undefined);
      return opening;
    };
    opened.set(name, { domain, dataset, sample });
  }
  return opened;
}

/** The domains that a study and its splits name. */
export function domainsIn(study: Study): ReadonlySet<string> {
  const splits = Object.values(study.splits) as SplitEntry[];
  return new Set([study.domain, ...splits.flatMap(({ domain }) => domain ?? [])]);
}

/**
 * Picks the tasks of every split, in the order the study names them.
 *
 * No group (tasks that share their material) is used by two of the splits that must not know each other:
 * evolve, select, and the held-out ones as a whole. A task whose group an earlier split uses is
 * passed over, so `take` still gives its full number where the data set has it.
 *
 * @param domains those that the study and its splits name.
 * @param limit at most so many tasks of every split: the first of every group, then the second, so
 * that a short run sees many groups. The choice of the rest does not depend on it.
 * @throws {InputError} for a split that comes out empty, or that cannot be put as the study asks.
 */
export async function selectTasks(
  study: Study,
  domains: ReadonlyMap<string, OpenDomain>,
  limit: number | undefined,
): Promise<readonly StudySplit[]> {
  const owners = new Map<string, string>();
  const splits: StudySplit[] = [];
  for (const [name, entry] of Object.entries(study.splits) as [string, SplitEntry][]) {
    const owner = name === "evolve" || name === "select" ? name : "held-out";
    const open = domains.get(entry.domain ?? study.domain) as OpenDomain;
    const { domain } = open;
    const isThere = open.dataset.has?.(entry.from) ?? true;
    const dataset = isThere ? open.dataset : ((await open.sample?.()) ?? open.dataset);
    const groupOf = (task: Task) => `${domain.name} ${task.group}`;
    const options = optionsOf(study, entry, domain.options);
    const all = await dataset.load(entry.from, options);
    const after = all.slice(entry.skip ?? 0);
    const free = after.filter((task) => (owners.get(groupOf(task)) ?? owner) === owner);
    const taken = free.slice(0, entry.take);
    for (const task of taken) owners.set(groupOf(task), owner);
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
      domain,
      data: dataset.info,
      from: entry.from,
      options,
      tasks: limit === undefined ? taken : spread(taken, limit),
      leftOut: lastTaken + 1 - taken.length,
      measure: entry.measure ?? "score",
      samples: entry.samples ?? 1,
      direct: directSettingOf(study, name, domain, options),
    });
  }
  return splits;
}

/** So many tasks, from as many groups as there are, in their order. */
function spread(tasks: readonly Task[], count: number): readonly Task[] {
  const seen = new Map<string, number>();
  const ranked = tasks.map((task, place) => {
    const rank = seen.get(task.group) ?? 0;
    seen.set(task.group, rank + 1);
    return { task, place, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, count)
    .sort((a, b) => a.place - b.place)
    .map(({ task }) => task);
}

function optionsOf(study: Study, entry: SplitEntry, values: OptionValues): DomainOptions {
  // What stands at the top is meant for the study's own domain.
  const isOwn = (entry.domain ?? study.domain) === study.domain;
  const atTop = (isOwn ? study : {}) as unknown as Record<string, string | undefined>;
  const inSplit = entry as unknown as Record<string, string | undefined>;
  return Object.fromEntries(
    Object.entries(values).map(([name, [first = ""]]) => [
      name,
      inSplit[name] ?? atTop[name] ?? first,
    ]),
  );
}

/**
 * How the tasks of a split are put in one call without tools; undefined where an agent works on them.
 *
 * What the split says comes first, then what the study says of its own domain, then the domain's default.
 *
 * @throws {InputError} where `direct` is asked for and the domain has no such form for these options.
 */
function directSettingOf(
  study: Study,
  split: string,
  domain: Domain,
  options: DomainOptions,
): DirectSetting | undefined {
  const own = (study.splits[split] as SplitEntry).interaction;
  const asked = own ?? (domain.name === study.domain ? study.interaction : undefined);
  if (asked === "agent") return undefined;
  const form = domain.direct?.(options);
  if (form !== undefined && (asked === "direct" || form.isDefault))
    return { form, budget: study.direct };
  if (asked === undefined) return undefined;
  const path = own === undefined ? ["interaction"] : ["splits", split, "interaction"];
  const chosen = Object.entries(options).map(([option, value]) => `${option}: ${value}`);
  throw new InputError({
    where: study.placeOf(path),
    field: path.join("."),
    problem: `${[domain.name, ...chosen].join(", ")} cannot be asked in one call without tools: its answer is a file, or made with a tool`,
    fix: "Write interaction: agent or leave it out, or choose other options of the domain.",
  });
}
