import type { Json, Row, Runner, Spent, Unit } from "../contracts/index.ts";
import { keptIn } from "../kept.ts";
import { nothingSpent, plusSpent } from "../models/spent.ts";
import type { Store } from "../store/store.ts";
import { isFinished, keyOf } from "./runner.ts";
import type { PriceOf } from "./spending.ts";

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

/** Tokens of one call where no stored unit of the stage tells. */
export const assumedCall = { inputTokens: 4000, outputTokens: 400 };
/** Calls of one episode with tools where no stored one tells. */
export const assumedTurns = 6;

/** Calls of a unit where no stored one tells. */
function callsOf({ stage, about }: Unit): number {
  return stage === "rollout" && about["interaction"] !== "direct" ? assumedTurns : 1;
}

/** Raised inside a plan where a result is not stored: what follows from it is not known yet. */
export class NotStored extends Error {
  readonly stage: string;
  constructor(stage: string) {
    super(`${stage} is not stored`);
    this.stage = stage;
  }
}

/** A line while it is counted; `seen` are the keys of the units that are known. */
type StageTally = { -readonly [Field in keyof PlanLine]: PlanLine[Field] } & {
  readonly seen: Set<string>;
  /** By model: the stored units, and what they took together. */
  readonly taken: Map<string, { readonly units: number; readonly spent: Spent }>;
};

/** Counts units by stage, and what the missing ones would take. */
export class PlanTally {
  readonly #store: Store;
  readonly #priceOf: PriceOf;
  readonly #stages = new Map<string, StageTally>();

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

  /**
   * Adds units whose keys depend on results that are not there yet: the most that there can be.
   *
   * @param callsEach of a unit where no stored one tells; an episode's unless it is given.
   */
  unknown(stage: string, units: number, model: string, callsEach = assumedTurns): void {
    const tally = this.#stage(stage);
    tally.bound = true;
    this.#add(tally, model, units, callsEach);
  }

  lines(): PlanLine[] {
    return [...this.#stages.values()].map(({ seen: _, taken: __, ...line }) => ({
      ...line,
      toRun: line.units - line.stored,
      calls: Math.ceil(line.calls),
      inputTokens: Math.ceil(line.inputTokens),
      outputTokens: Math.ceil(line.outputTokens),
    }));
  }

  #storedRow(unit: Unit, name: string): Row {
    const stage = this.#stage(name);
    const key = keyOf(unit);
    const row = this.#store.get(unit.stage, key);
    const isNew = !stage.seen.has(key);
    stage.seen.add(key);
    const model = String(unit.about["model"]);
    if (!isFinished(row)) {
      if (isNew) this.#add(stage, model, 1, callsOf(unit));
      throw new NotStored(name);
    }
    if (isNew) {
      stage.units++;
      stage.stored++;
      const { units, spent } = stage.taken.get(model) ?? { units: 0, spent: nothingSpent };
      stage.taken.set(model, { units: units + 1, spent: plusSpent(spent, row.spent) });
    }
    return row;
  }

  #stage(stage: string): StageTally {
    return keptIn(this.#stages, stage, () => ({
      ...{ stage, units: 0, stored: 0, toRun: 0, calls: 0, inputTokens: 0, outputTokens: 0 },
      ...{ costUsd: 0, bound: false, seen: new Set<string>(), taken: new Map() },
    }));
  }

  /** What units would take: as much as stored ones on average, otherwise what is assumed of a call. */
  #add(stage: StageTally, model: string, units: number, callsEach: number): void {
    const taken = stage.taken.get(model);
    const each = (of: "calls" | "inputTokens" | "outputTokens", assumed: number) =>
      units * (taken === undefined ? callsEach * assumed : taken.spent[of] / taken.units);
    const input = each("inputTokens", assumedCall.inputTokens);
    const output = each("outputTokens", assumedCall.outputTokens);
    stage.units += units;
    stage.calls += each("calls", 1);
    stage.inputTokens += input;
    stage.outputTokens += output;
    const price = this.#priceOf(model, input, output);
    stage.costUsd = stage.costUsd === null || price === undefined ? null : stage.costUsd + price;
  }
}
