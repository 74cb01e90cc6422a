import type { Json, Row, Runner, Unit } from "../contracts/index.ts";
import type { Store } from "../store/store.ts";
import { isFinished, keyOf } from "./runner.ts";

/** What a stage of a study has, and what it would still cost. */
export interface PlanLine {
  readonly stage: string;
  readonly units: number;
  readonly stored: number;
  readonly toRun: number;
  /** Model calls of what is to run. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD; null where a price is unknown. */
  readonly costUsd: number | null;
  /** Whether `units` is an upper bound, since what runs depends on results that are not there yet. */
  readonly bound: boolean;
}

/** USD of tokens for a model; undefined where its price is unknown. */
export type PriceOf = (
  model: string,
  inputTokens: number,
  outputTokens: number,
) => number | undefined;

/** Tokens of one call where no stored unit of the stage tells. */
export const assumedCall = { inputTokens: 4000, outputTokens: 400 };
/** Calls of one episode where no stored one tells. */
export const assumedTurns = 6;

/** Raised inside a plan where a result is not stored: what follows from it is not known yet. */
export class NotStored extends Error {
  readonly stage: string;
  constructor(stage: string) {
    super(`${stage} is not stored`);
    this.stage = stage;
  }
}

/** What is known of a stage so far; `bound` counts units whose keys are not known yet. */
interface StageTally {
  readonly seen: Set<string>;
  stored: number;
  bound: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  isBound: boolean;
}

/** Counts units by stage, and what the missing ones would take. */
export class PlanTally {
  readonly #store: Store;
  readonly #priceOf: PriceOf;
  readonly #stages = new Map<string, StageTally>();
  /** By stage and model: what its stored units took together. */
  readonly #taken = new Map<
    string,
    { units: number; calls: number; input: number; output: number }
  >();

  constructor(store: Store, priceOf: PriceOf) {
    this.#store = store;
    this.#priceOf = priceOf;
  }

  /** A runner that gives what is stored and counts the rest as to run. */
  runner(rolloutStage: string): Runner {
    return {
      run: async (unit) =>
        this.#storedRow(unit, unit.stage === "rollout" ? rolloutStage : unit.stage),
      transcript: async (row): Promise<Json | undefined> =>
        row.transcript === undefined ? undefined : this.#store.transcript(row.transcript),
    };
  }

  /** Adds the most that the rest of one evolution can take, where it could not be followed. */
  bound(most: readonly { stage: string; units: number; calls: number }[], model: string): void {
    for (const { stage, units, calls } of most)
      this.#addUnknown(stage, units, model, units === 0 ? 0 : calls / units);
  }

  /** Adds episodes whose keys depend on results that are not there yet. */
  unknown(stage: string, units: number, model: string): void {
    this.#addUnknown(stage, units, model, assumedTurns);
  }

  lines(): PlanLine[] {
    return [...this.#stages].map(([stage, tally]) => {
      const units = tally.seen.size + tally.bound;
      return {
        stage,
        units,
        stored: tally.stored,
        toRun: units - tally.stored,
        calls: Math.ceil(tally.calls),
        inputTokens: Math.ceil(tally.inputTokens),
        outputTokens: Math.ceil(tally.outputTokens),
        costUsd: tally.costUsd,
        bound: tally.isBound,
      };
    });
  }

  #storedRow(unit: Unit, name: string): Row {
    const stage = this.#stage(name);
    const key = keyOf(unit);
    const row = this.#store.get(unit.stage, key);
    const isKnown = stage.seen.has(key);
    stage.seen.add(key);
    if (isFinished(row)) {
      if (!isKnown) {
        stage.stored++;
        this.#learn(name, row);
      }
      return row;
    }
    if (!isKnown)
      this.#add(name, String(unit.about["model"]), 1, unit.stage === "rollout" ? assumedTurns : 1);
    throw new NotStored(name);
  }

  #stage(name: string): StageTally {
    let found = this.#stages.get(name);
    if (found === undefined) {
      const nothing = {
        stored: 0,
        bound: 0,
        calls: 0,
        inputTokens: 0,
        outputTokens: 0,
        costUsd: 0,
      };
      found = { seen: new Set(), ...nothing, isBound: false };
      this.#stages.set(name, found);
    }
    return found;
  }

  #learn(stage: string, { about, spent }: Row): void {
    const key = `${stage} ${String(about["model"])}`;
    const sum = this.#taken.get(key) ?? { units: 0, calls: 0, input: 0, output: 0 };
    sum.units++;
    sum.calls += spent.calls;
    sum.input += spent.inputTokens;
    sum.output += spent.outputTokens;
    this.#taken.set(key, sum);
  }

  #addUnknown(name: string, units: number, model: string, callsEach: number): void {
    const stage = this.#stage(name);
    stage.isBound = true;
    stage.bound += units;
    this.#add(name, model, units, callsEach);
  }

  /** What units would take: as much as stored ones on average, otherwise what is assumed of a call. */
  #add(name: string, model: string, units: number, callsEach: number): void {
    const stage = this.#stage(name);
    const taken = this.#taken.get(`${name} ${model}`) ?? {
      units: 1,
      calls: callsEach,
      input: callsEach * assumedCall.inputTokens,
      output: callsEach * assumedCall.outputTokens,
    };
    const input = units * (taken.input / taken.units);
    const output = units * (taken.output / taken.units);
    stage.calls += units * (taken.calls / taken.units);
    stage.inputTokens += input;
    stage.outputTokens += output;
    const price = this.#priceOf(model, input, output);
    stage.costUsd = stage.costUsd === null || price === undefined ? null : stage.costUsd + price;
  }
}
