import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import path from "node:path";
import type { LoopLimits } from "../../harness/agent/loop.ts";
import { isLanguageModel, openModels } from "../../harness/models/registry.ts";
import { chooseSandbox } from "../../harness/sandboxes/choose.ts";
import { openStore, type Store } from "../../harness/store/store.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import {
  costsOf,
  dataOf,
  episodesOf,
  modelsOf,
  presetsOf,
  refuseUnpriced,
  type StudyContext,
} from "../../harness/study/context.ts";
import { StudyRunner } from "../../harness/study/runner.ts";
import { openDomains, selectTasks } from "../../harness/study/select-tasks.ts";
import {
  type CostOfRow,
  createBudget,
  createSpending,
  type PriceOf,
  type Spending,
} from "../../harness/study/spending.ts";
import { domains, subjects } from "./domains.ts";
import { keysFor, type SessionFlags } from "./flags.ts";
import { systemClock } from "./main.ts";
import { notesOf } from "./notes.ts";
import { dataDir, defaultStore, domainDataDir } from "./places.ts";
import { Progress, progressStream } from "./progress.ts";

/** A study that is ready to be planned or run. */
export interface Session {
  readonly context: StudyContext;
  readonly store: Store;
  readonly storeDir: string;
  readonly runner: StudyRunner;
  readonly controller: AbortController;
  readonly progress: Progress;
  readonly spending: Spending;
  readonly costOf: CostOfRow;
  readonly priceOf: PriceOf;
  /** Lines that a person should read before the table. */
  readonly notes: readonly string[];
  /** Contacts every endpoint once, so that a wrong key, model or address is said before anything is paid for. */
  checkModels(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens everything that a study needs, in order: data, models, sandboxes, skills, store, runner.
 *
 * @throws {InputError} for whatever the person can put right.
 */
export async function openSession(study: Study, flags: SessionFlags): Promise<Session> {
  const clock = systemClock;
  const opened = await openDomains(study, domains, (domain) =>
    domainDataDir(flags.dataDir, domain),
  );
  const splits = await selectTasks(study, opened, flags.limit);

  const at = { env: process.env, keys: keysFor(flags) };
  const declared = modelsOf(study, at);
  const { costOf, priceOf } = costsOf(declared);
  if (flags.maxCost !== undefined) refuseUnpriced(study, declared);
  const progress = new Progress(progressStream, clock, costOf);
  const room = await openModels(declared, { clock, subjects, calls: progress }, flags);
  const needs = splits.flatMap(({ domain, options }) => domain.needs(options));
  const forLanguageModel = [...declared.keys()].some((id) => {
    const entry = study.models[id];
    return entry !== undefined && isLanguageModel(entry);
  });
  const sandboxes = await chooseSandbox(study.sandbox, needs, {
    forLanguageModel,
    dataDir: dataDir(flags.dataDir),
  });

  const domain = domains[study.domain] as StudyContext["domain"];
  const context: StudyContext = {
    ...{ study, domain, splits, sandboxes, clock },
    data: dataOf(splits),
    models: room.models,
    skills: await skillsOf(study, domain),
    presetOf: presetsOf(study),
    // A limit that the file leaves out is absent, never undefined.
    limits: study.agent as LoopLimits,
    ...(await embedderOf(study, at)),
  };

  const storeDir = path.resolve(flags.store ?? defaultStore);
  const store = openStore(storeDir, writerName());
  const beat = setInterval(() => progress.tick(), 1000).unref();
  const spending = createSpending(costOf);
  const controller = new AbortController();
  // Every unit under way listens to it.
  setMaxListeners(0, controller.signal);
  const isBudgeted = flags.maxCost !== undefined;
  const runner = new StudyRunner({
    ...{ store, clock, controller },
    concurrency: flags.concurrency ?? study.concurrency ?? episodesOf(declared, isBudgeted),
    events: [spending, progress],
    ...(flags.maxCost === undefined ? {} : { budget: createBudget(flags.maxCost, costOf) }),
  });
  return {
    ...{ context, store, storeDir, runner, controller, progress, spending, costOf, priceOf },
    notes: notesOf(context, dataDir(flags.dataDir), sandboxes.because),
    checkModels: room.check,
    async close() {
      clearInterval(beat);
      progress.close();
      await runner.settled();
      await store.close();
      await sandboxes.close();
      await room.close();
    },
  };
}

/** The given skills, where the study has a use for one. */
async function skillsOf(study: Study, domain: StudyContext["domain"]) {
  const usesNone = study.conditions.every((condition) => condition === "no-skill");
  if (usesNone && Object.keys(study.skills).length === 0) return {};
  return (await import("./given-skills.ts")).givenSkills(study, domain);
}

async function embedderOf({ embedder }: Study, at: Parameters<typeof modelsOf>[1]) {
  if (embedder === undefined) return {};
  const { openEmbedder } = await import("../../harness/models/openai/embedder.ts");
  return { embedder: openEmbedder(embedder, at, systemClock) };
}

/** Sorts by start time; unique among processes and machines that share a store. */
function writerName(): string {
  const time = systemClock.nowIso().replace(/[-:.]/g, "");
  return `${time}-${process.pid}-${randomBytes(4).toString("hex")}`;
}
