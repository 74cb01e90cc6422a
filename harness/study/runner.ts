import { digestOf } from "../canonical.ts";
import type { Clock, Json, Row, Runner, Unit, UnitResult } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Store } from "../store/store.ts";

/** What happens to units, for progress. Listeners decide nothing. */
export interface RunEvents {
  onStored?(row: Row): void;
  onStart?(unit: Unit): void;
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
  readonly budget?: Budget;
  readonly events?: RunEvents;
}

/** What runs the units of a study. */
export interface StudyRunner extends Runner {
  /** The stored row of a unit, finished or ungraded. */
  stored(unit: Unit): Row | undefined;
  /** Runs a stream of units, pulling only as many as there is room for; rows are not kept. */
  runAll(units: Iterable<Unit>): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/** The money of one run. */
export interface Budget {
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
export function createRunner(options: RunnerOptions): StudyRunner {
  const { store, clock, controller, events, budget } = options;
  const { signal } = controller;
  const retries = options.retries ?? 2;
  const underway = new Map<string, Promise<Row>>();
  const room = slots(options.concurrency);
  let broken = 0;

  const attempt = async (unit: Unit, key: string): Promise<Row> => {
    let result: UnitResult;
    const failures: string[] = [];
    for (let tries = 0; ; tries++) {
      signal.throwIfAborted();
      try {
        result = await unit.run({ key, signal });
      } catch (error) {
        controller.abort(error);
        throw error;
      }
      if (result.grade?.kind !== "ungraded") break;
      failures.push(result.grade.because);
      if (tries >= retries) break;
    }
    broken = result.grade?.kind === "ungraded" ? broken + 1 : 0;
    const { transcript, ...rest } = result;
    const spent = { ...rest.spent, retries: [...rest.spent.retries, ...failures] };
    const finished = {
      key,
      stage: unit.stage,
      at: clock.nowIso(),
      about: unit.about,
      ...rest,
      spent,
    };
    let row: Row;
    try {
      row = await store.append(finished, transcript);
      budget?.paid(row);
    } catch (error) {
      controller.abort(error);
      throw error;
    }
    events?.onFinish?.(row);
    if (broken >= brokenInARow) {
      controller.abort(tooManyBroken(row));
      signal.throwIfAborted();
    }
    return row;
  };

  const run = async (unit: Unit): Promise<Row> => {
    const key = keyOf(unit);
    const stored = store.get(unit.stage, key);
    if (isFinished(stored)) {
      events?.onStored?.(stored);
      return stored;
    }
    let running = underway.get(key);
    if (running === undefined) {
      running = room.take(async () => {
        signal.throwIfAborted();
        await budget?.mayStart(signal);
        events?.onStart?.(unit);
        return attempt(unit, key);
      });
      underway.set(key, running);
      const forget = () => underway.delete(key);
      running.then(forget, forget);
      return running;
    }
    const row = await running;
    // Whoever asked second pays nothing, as for a stored one.
    events?.onStored?.(row);
    return row;
  };

  return {
    run,
    async transcript(row): Promise<Json | undefined> {
      return row.transcript === undefined ? undefined : store.transcript(row.transcript);
    },
    stored: (unit) => store.get(unit.stage, keyOf(unit)),
    async settled() {
      while (underway.size > 0) await Promise.allSettled(underway.values());
    },
    async runAll(units) {
      const queue = units[Symbol.iterator]();
      let failure: { readonly error: unknown } | undefined;
      const worker = async (): Promise<void> => {
        for (let next = queue.next(); !next.done && failure === undefined; next = queue.next()) {
          try {
            await run(next.value);
          } catch (error) {
            failure ??= { error };
          }
        }
      };
      await Promise.all(Array.from({ length: options.concurrency }, worker));
      if (failure !== undefined) throw failure.error;
    },
  };
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
function slots(count: number) {
  let taken = 0;
  const waiting: (() => void)[] = [];
  return {
    taken: () => taken,
    async take<Result>(work: () => Promise<Result>): Promise<Result> {
      if (taken >= count) await new Promise<void>((resolve) => waiting.push(resolve));
      else taken++;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) taken--;
        else next();
      }
    },
  };
}
