import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import path from "node:path";
import { digestOf } from "../../harness/canonical.ts";
import type {
  DataInfo,
  Dataset,
  Domain,
  Row,
  SandboxProvider,
  Skill,
} from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import type { ModelConfig } from "../../harness/models/openai/config.ts";
import { readSkill } from "../../harness/skills/read-skill.ts";
import { openStore, type Store } from "../../harness/store/store.ts";
import { rowsOf } from "../../harness/study/arms.ts";
import { createBudget } from "../../harness/study/budget.ts";
import { resolvePreset } from "../../harness/study/config/preset-schema.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import type { StudyContext } from "../../harness/study/execute.ts";
import { createRunner, type RunEvents, type StudyRunner } from "../../harness/study/runner.ts";
import {
  domainsIn,
  type OpenDomain,
  type StudySplit,
  selectTasks,
} from "../../harness/study/select-tasks.ts";
import { systemClock } from "./clock.ts";
import { domains, subjects } from "./domains.ts";
import { endpointAt, modelConfigs, modelCosts } from "./model-configs.ts";
import { dataDir, defaultStore, domainDataDir, shown } from "./places.ts";

/** The flags that bench and evolve share. */
export interface SessionFlags {
  readonly limit?: number;
  readonly seeds?: readonly number[];
  readonly models?: string;
  readonly set: readonly string[];
  readonly dataDir?: string;
  readonly store?: string;
  readonly concurrency?: number;
  readonly maxCost?: number;
  readonly record?: string;
  readonly replay?: string;
  /** Nothing is run, and nobody is contacted. */
  readonly plan?: true;
}

/** A study that is ready to be planned or run. */
export interface Session {
  readonly context: StudyContext;
  readonly store: Store;
  readonly storeDir: string;
  readonly runner: StudyRunner;
  readonly controller: AbortController;
  readonly costOf: (row: Row) => number | undefined;
  /** USD of tokens that a model would take; undefined where its price is unknown. */
  readonly costOfTokens: (
    model: string,
    inputTokens: number,
    outputTokens: number,
  ) => number | undefined;
  /** Lines that a person should read before the table. */
  readonly notes: readonly string[];
  /** Contacts every endpoint once, so that a wrong key, model or address is said before anything is paid for. */
  checkModels(): Promise<void>;
  close(): Promise<void>;
}

/** Episodes at a time where the study says nothing. */
const remoteConcurrency = 128;
const embeddedConcurrency = 16;
/** Under --max-cost fewer are under way, since what is under way is paid for. */
const budgetConcurrency = 16;

/**
 * Opens everything that a study needs.
 *
 * @throws {InputError} for whatever the person can put right.
 */
export async function openSession(
  study: Study,
  flags: SessionFlags,
  events: RunEvents,
): Promise<Session> {
  const domain = domains[study.domain] as Domain;
  const opened = await openDomains(study, flags);
  const splits = await selectTasks(study, opened, flags.limit);
  const keys = flags.plan ? "optional" : "needed";
  const configs = modelConfigs(study, process.env, keys);
  const costOfSpent = modelCosts(configs);
  const costOf = (row: Row) => costOfSpent(String(row.about["model"]), row.spent);
  if (flags.maxCost !== undefined) refuseUnpriced(study, configs);

  const controller = new AbortController();
  // Every unit under way listens to it.
  setMaxListeners(0, controller.signal);
  const { createModelRoom } = await import("../../harness/models/registry.ts");
  const { record, replay } = flags;
  const room = await createModelRoom(configs, {
    clock: systemClock,
    record,
    replay,
    subjects,
  });
  const sandboxes = await openSandboxes(study, splits);
  const skills = {
    "human-written": await givenSkill(study, domain, "human-written"),
    placebo: await givenSkill(study, domain, "placebo"),
  };
  const embedded = [...configs.values()].every(({ provider }) => provider === "builtin");
  const concurrency =
    flags.concurrency ??
    study.concurrency ??
    (flags.maxCost !== undefined
      ? budgetConcurrency
      : embedded
        ? embeddedConcurrency
        : remoteConcurrency);
  const { turns, observationChars, malformed, tokens, minutes } = study.agent;
  const context: StudyContext = {
    study,
    domain,
    data: dataOf([...new Set(splits.map(({ data }) => data))]),
    splits,
    models: room.models,
    skills,
    presetOf: (variant) =>
      resolvePreset(variant === null ? study.evolution : (study.variants?.[variant] ?? "default")),
    limits: {
      turns,
      observationChars,
      malformed,
      ...(tokens === undefined ? {} : { tokens }),
      ...(minutes === undefined ? {} : { minutes }),
    },
    sandboxes,
    clock: systemClock,
    ...(study.embedder === undefined ? {} : { embedder: await openEmbedder(study.embedder, keys) }),
  };
  const storeDir = path.resolve(flags.store ?? defaultStore);
  const store = openStore(storeDir, writerName());
  const runner = createRunner({
    store,
    clock: systemClock,
    controller,
    concurrency,
    events,
    ...(flags.maxCost === undefined ? {} : { budget: createBudget(flags.maxCost, costOf) }),
  });
  return {
    context,
    store,
    storeDir,
    runner,
    controller,
    costOf,
    costOfTokens: (model, inputTokens, outputTokens) =>
      costOfSpent(model, { calls: 1, inputTokens, outputTokens, unmetered: 0, retries: [] }),
    notes: notesOf(context, flags),
    checkModels: room.check,
    async close() {
      await runner.settled();
      await store.close();
      await sandboxes.close();
      await room.close();
    },
  };
}

/** The domains that a study and its splits name, with the data that are there for them. */
async function openDomains(study: Study, flags: SessionFlags): Promise<Map<string, OpenDomain>> {
  const opened = new Map<string, OpenDomain>();
  for (const name of domainsIn(study)) {
    const domain = domains[name] as Domain;
    const dataset = await domain.open(domainDataDir(flags.dataDir, domain));
    let sample: Promise<Dataset> | undefined;
    opened.set(name, {
      domain,
      dataset,
      sample: () => {
        sample ??= domain.open(undefined);
        return sample;
      },
    });
  }
  return opened;
}

/** What a table says of its data: of several sets their names, and one digest over theirs. */
function dataOf(sets: readonly DataInfo[]): DataInfo {
  const [first, ...others] = sets;
  if (first === undefined) throw new Error("a study without data");
  if (others.length === 0) return first;
  return {
    name: sets.map(({ name, real }) => (real ? name : `${name} (sample)`)).join("; "),
    real: sets.every(({ real }) => real),
    digest: digestOf(sets.map(({ digest }) => digest)),
    path: sets.map(({ path: place }) => place).join("; "),
  };
}

async function openEmbedder(entry: NonNullable<Study["embedder"]>, keys: "needed" | "optional") {
  const { endpointEmbedder } = await import("../../harness/models/openai/embedder.ts");
  const { baseURL, apiKey } = endpointAt(`embedder ${entry.name}`, entry, process.env, keys);
  const { name, timeoutMs } = entry;
  const limits = timeoutMs === undefined ? {} : { timeoutMs };
  return endpointEmbedder({ name, baseURL, apiKey, ...limits }, { clock: systemClock });
}

async function openSandboxes(
  study: Study,
  splits: readonly StudySplit[],
): Promise<SandboxProvider> {
  const { chooseSandbox } = await import("../../harness/sandboxes/choose.ts");
  return chooseSandbox(
    study.sandbox,
    splits.flatMap(({ domain, options }) => domain.needs(options)),
  );
}

async function givenSkill(
  study: Study,
  domain: Domain,
  name: "human-written" | "placebo",
): Promise<Skill> {
  const own = study.skills[name];
  if (own === undefined) return readSkill(domain.skills[name]);
  const { readOwnSkill } = await import("./own-skill.ts");
  return readOwnSkill(own);
}

function refuseUnpriced(study: Study, configs: ReadonlyMap<string, ModelConfig>): void {
  for (const [id, config] of configs) {
    if (config.provider === "openai" && config.price === undefined) {
      throw new InputError({
        where: study.placeOf(["models", id]),
        field: `models.${id}.price`,
        problem: "missing, so --max-cost cannot be kept",
        fix: "Add price: { input: ..., output: ... } in USD per million tokens.",
      });
    }
  }
}

function notesOf(context: StudyContext, flags: SessionFlags): string[] {
  const { study, sandboxes, splits, presetOf } = context;
  const notes = dataNotes(splits, flags);
  notes.push(`Sandbox: ${sandboxes.name}`);
  for (const { name, leftOut, from } of splits) {
    if (leftOut > 0) {
      notes.push(
        `Split ${name}: ${leftOut} tasks of ${from} passed over, since an earlier split uses their group`,
      );
    }
  }
  const evolved = rowsOf(study).flatMap(({ source }) =>
    source.kind === "evolved" ? [source] : [],
  );
  const isGated = evolved.some(({ variant }) => presetOf(variant).gate !== "none");
  if (isGated && !splits.some(({ name }) => name === "select"))
    notes.push("No split called select: evolved skills replace their parents without a gate");
  return notes;
}

/** Which data the splits are of, and for a sample how to get the real ones. */
function dataNotes(splits: readonly StudySplit[], flags: SessionFlags): string[] {
  const used = new Map<DataInfo, StudySplit[]>();
  for (const split of splits) used.set(split.data, [...(used.get(split.data) ?? []), split]);
  return [...used].map(([data, of]) => {
    if (data.real) return `Data: ${data.name} (${shown(data.path)})`;
    const [{ domain } = { domain: undefined }] = of;
    const isMixed = splits.some((split) => split.domain === domain && split.data.real);
    const where = isMixed
      ? ` for ${of.map(({ name, from }) => `${name} (${from})`).join(", ")}`
      : "";
    return `Data: ${data.name}${where}, the sample that ships with the project; for the real set: npm run data -- list (looked in ${shown(dataDir(flags.dataDir))})`;
  });
}

/** Sorts by start time; unique among processes and machines that share a store. */
function writerName(): string {
  const time = systemClock.nowIso().replace(/[-:.]/g, "");
  return `${time}-${process.pid}-${randomBytes(4).toString("hex")}`;
}
