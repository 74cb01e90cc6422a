import type { LoopLimits } from "../../harness/agent/loop.ts";
import type { Domain, Task } from "../../harness/contracts/index.ts";
import { InputError, ModelFault } from "../../harness/errors.ts";
import type { Surroundings } from "../../harness/models/provider.ts";
import { declareModel, type ModelEntry } from "../../harness/models/registry.ts";
import { chooseSandbox } from "../../harness/sandboxes/choose.ts";
import { rolloutMaker } from "../../harness/study/rollout.ts";
import { domains, subjects } from "./domains.ts";
import { systemClock } from "./main.ts";
import { adviceOf, isSmooth, type Trial, trialText } from "./trial-advice.ts";

/** Short of a study's, so that a slow model is looked at in minutes. */
const limits: LoopLimits = {
  turns: 12,
  minutes: 3,
  observationChars: 4000,
  malformed: 3,
};

/** A model as a file declares it. */
interface Declared {
  readonly id: string;
  readonly entry: ModelEntry;
  readonly at: Surroundings;
}

/**
 * Plays one episode of every domain's sample with a model, and a second one in the other protocol where
 * the form of the first was not as it should be.
 *
 * @param played the domains; every one where none are named.
 * @returns what was seen, and what suits the model, as a clause; `ok` where one episode submitted.
 */
export async function tryModel(
  declared: Declared,
  played: readonly Domain[] = Object.values(domains),
): Promise<{ ok: boolean; about: string }> {
  const trials: Trial[] = [];
  const untried: string[] = [];
  for (const domain of played) {
    try {
      trials.push(...(await trialsOf(domain, declared)));
    } catch (error) {
      if (!(error instanceof InputError || error instanceof ModelFault)) throw error;
      untried.push(`${domain.name} not played (${error.message.replace(/\.$/, "")})`);
    }
  }
  const seen = [...trials.map(trialText), ...untried].join("; ");
  const advice =
    trials.length === 0 ? "" : `; suits it: ${adviceOf(trials, limits.turns).join(", ")}`;
  const ok = trials.some(({ outcome }) => outcome === "submitted");
  return { ok, about: `${seen}${advice}` };
}

async function trialsOf(domain: Domain, declared: Declared): Promise<readonly Trial[]> {
  const task = await sampleTask(domain);
  if (task === undefined) return [];
  const trials: Trial[] = [];
  for (const entry of protocolsOf(declared.entry)) {
    const trial = await play(domain, task, { ...declared, entry });
    trials.push(trial);
    if (isSmooth(trial)) break;
  }
  return trials;
}

/** The entry as it is, and with the other protocol where it has a choice. */
function protocolsOf(entry: ModelEntry): readonly ModelEntry[] {
  if (entry.provider !== "openai") return [entry];
  return [entry, { ...entry, protocol: entry.protocol === "text" ? "native" : "text" }];
}

async function play(domain: Domain, task: Task, { id, entry, at }: Declared): Promise<Trial> {
  const sandboxes = await chooseSandbox("auto", domain.needs({}));
  try {
    const model = await declareModel(id, entry, at).open({ clock: systemClock, subjects });
    const setting = { domain, options: {}, model, limits, sandboxes, clock: systemClock };
    const unit = rolloutMaker(setting)(task, undefined, 0);
    const { signal } = new AbortController();
    const { result, grade } = await unit.run({ key: "doctor", signal });
    const forms = Object.values(result["recovered"] ?? {});
    return {
      domain: domain.name,
      protocol: model.protocol,
      isTextual: domain.answerIn?.("Answer: 1", {}) !== undefined,
      outcome: String(result["outcome"]),
      isByText: result["by"] === "text",
      turns: Number(result["turns"]),
      recovered: forms.reduce((sum: number, count) => sum + Number(count), 0),
      verdict: grade?.kind !== "graded" ? "ungraded" : grade.passed ? "passed" : "failed",
    };
  } finally {
    await sandboxes.close();
  }
}

/** The first task of the sample's first split. */
async function sampleTask(domain: Domain): Promise<Task | undefined> {
  const data = await domain.open(undefined);
  for (const split of domain.splits) {
    if (data.has?.(split) === false) continue;
    const [task] = await data.load(split, {});
    if (task !== undefined) return task;
  }
  return undefined;
}
