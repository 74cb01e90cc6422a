import { digestOf } from "../canonical.ts";
import type { Clock, Json, Row, Runner, Unit, UnitResult } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Store } from "../store/store.ts";

/** What happens to units, for progress. Listeners decide nothing. */
export interface RunEvents {
  onStored?(row: Row): void;
  onFinish?(row: Row): void;
}

export interface RunnerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Aborted, with the reason, when a unit throws: what is under way is lost, what is stored stays. */
  readonly controller: AbortController;
  /** Units at a time. */
  readonly concurrency: number;
  /** Times an ungraded unit is tried again in this run. @default 2 */
  readonly retries?: number;
  /** Stops new units once so much is spent. */
  readonly budget?: RunBudget;
  readonly events?: readonly RunEvents[];
}

/** The money of one run. */
export interface RunBudget {
  /** Resolves when a unit may start, and counts it as under way; rejects when none may any more. */
  mayStart(signal: AbortSignal): Promise<void>;
  /** Told of every row that this run paid for. */
  paid(row: Row): void;
}

/** A unit with the key it is stored under. */
export function keyOf(unit: Unit): string {
  return digestOf([unit.stage, unit.version, unit.inputs]);
}

/** Whether a row answers its unit for good; an ungraded one is run again. */
export function isFinished(row: Row | undefined): row is Row {
  return row !== undefined && row.grade?.kind !== "ungraded";
}

/** Units in a row that may break before the run stops: by then it is the machine or the endpoint. */
const brokenInARow = 40;

/**
 * Runs units: what is stored is given back, the rest runs, so many at a time, and is stored before
 * anybody sees it. The same unit asked for twice runs once.
 */
export class StudyRunner implements Runner {
  readonly #options: RunnerOptions;
  readonly #signal: AbortSignal;
  readonly #slots: Slots;
  readonly #underway = new Map<string, Promise<Row>>();
  #broken = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#signal = options.controller.signal;
    this.#slots = new Slots(options.concurrency);
  }

  async run(unit: Unit): Promise<Row> {
    const key = keyOf(unit);
    const stored = this.#options.store.get(unit.stage, key);
    if (isFinished(stored)) return this.#found(stored);
    const running = this.#underway.get(key);
    // Whoever asks second pays nothing, as for a stored one.
    return running === undefined ? this.#start(unit, key) : this.#found(await running);
  }

  /**
   * Runs a stream of units, pulling only as many as there is room for. Every row, finished or
   * ungraded, is handed on with what asked for it, and is not kept.
   */
  async runAll<Job extends { readonly unit: Unit }>(
    jobs: Iterable<Job>,
    onRow: (row: Row, job: Job) => void,
  ): Promise<void> {
    const queue = jobs[Symbol.iterator]();
    let failure: { readonly error: unknown } | undefined;
    const worker = async (): Promise<void> => {
      for (let next = queue.next(); !next.done && failure === undefined; next = queue.next()) {
        try {
          onRow(await this.run(next.value.unit), next.value);
        } catch (error) {
          failure ??= { error };
        }
      }
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, worker));
    if (failure !== undefined) throw failure.error;
  }

  async transcript(row: Row): Promise<Json | undefined> {
    const { transcript } = row;
    return transcript === undefined ? undefined : this.#options.store.transcript(transcript);
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled(this.#underway.values());
  }

  #found(row: Row): Row {
    for (const listener of this.#options.events ?? []) listener.onStored?.(row);
    return row;
  }

  #start(unit: Unit, key: string): Promise<Row> {
    const running = this.#slots.take(async () => {
      this.#signal.throwIfAborted();
      await this.#options.budget?.mayStart(this.#signal);
      return this.#runAndStore(unit, key);
    });
    this.#underway.set(key, running);
    const forget = () => this.#underway.delete(key);
    running.then(forget, forget);
    return running;
  }

  async #runAndStore(unit: Unit, key: string): Promise<Row> {
    const { store, clock, controller, budget, events } = this.#options;
    let row: Row;
    try {
      const { transcript, ...result } = await this.#attempts(unit, key);
      const { stage, about } = unit;
      row = await store.append({ key, stage, at: clock.nowIso(), about, ...result }, transcript);
      budget?.paid(row);
    } catch (error) {
      controller.abort(error);
      throw error;
    }
    for (const listener of events ?? []) listener.onFinish?.(row);
    this.#broken = isFinished(row) ? 0 : this.#broken + 1;
    if (this.#broken >= brokenInARow) {
      controller.abort(tooManyBroken(row));
      this.#signal.throwIfAborted();
    }
    return row;
  }

  /** Runs a unit until it is graded or the retries are used up; the reasons go on its account. */
  async #attempts(unit: Unit, key: string): Promise<UnitResult> {
    const failures: string[] = [];
    for (;;) {
      this.#signal.throwIfAborted();
      const result = await unit.run({ key, signal: this.#signal });
      if (result.grade?.kind === "ungraded") {
        failures.push(result.grade.because);
        if (failures.length <= (this.#options.retries ?? 2)) continue;
      }
      return {
        ...result,
        spent: { ...result.spent, retries: [...result.spent.retries, ...failures] },
      };
    }
  }
}

function tooManyBroken(row: Row): InputError {
  const because = row.grade?.kind === "ungraded" ? row.grade.because : "";
  return new InputError({
    where: String(row.about["model"] ?? row.stage),
    problem: `${brokenInARow} units in a row could not be run, the last because of ${because}`,
    fix: "Everything finished is stored. See that endpoint and sandbox work (npm run doctor), then run the same command again.",
  });
}

/** A fixed number of places; whoever finds none waits in line. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
