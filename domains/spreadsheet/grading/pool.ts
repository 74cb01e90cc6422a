import type { Piscina } from "piscina";
import type { GraderName } from "./compare/compare-workbooks.ts";
import type { Comparison, ComparisonRequest } from "./compare/comparison.ts";

/** Threads that compare workbooks beside each other. */
export interface GradePool {
  /**
   * Compares two workbooks; one that takes too long or too much memory is ungraded.
   *
   * @throws {Error} when our own code is at fault, or the pool was closed.
   */
  compare(request: ComparisonRequest, grader: GraderName): Promise<Comparison>;
  /** Ends the threads. What is still waiting is rejected. */
  close(): Promise<void>;
}

export interface GradePoolOptions {
  /** Threads at most; each is started when there is work for it. @default 2 */
  readonly threads?: number;
  /** Milliseconds for one comparison. @default 60_000 */
  readonly timeoutMs?: number;
  /** Memory of a thread's own objects in MiB; the bytes of files come on top. @default 512 */
  readonly memoryMiB?: number;
}

/** Opens a pool; it holds no thread before the first comparison, and keeps no process alive. */
export function openGradePool(options: GradePoolOptions = {}): GradePool {
  const { threads = 2, timeoutMs = 60_000, memoryMiB = 512 } = options;
  let pool: Promise<Piscina> | undefined;
  let isClosed = false;
  const withThread = turnstile(threads);

  async function compare(request: ComparisonRequest, grader: GraderName): Promise<Comparison> {
    if (isClosed) throw new Error("the pool of graders is closed");
    pool ??= startPool(threads, memoryMiB);
    const workers = await pool;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      // An aborted comparison takes its thread with it.
      return await workers.run({ request, grader }, { signal });
    } catch (error) {
      if (signal.aborted) return beyond(`comparing takes longer than ${timeoutMs / 1000} s`);
      if ((error as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
      return beyond(`comparing takes more than ${memoryMiB} MiB`);
    }
  }

  return {
    compare: (request, grader) => withThread(() => compare(request, grader)),
    async close() {
      isClosed = true;
      await (await pool)?.destroy();
    },
  };
}

async function startPool(threads: number, memoryMiB: number): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  return new Piscina({
    filename: new URL("./grade-worker.mjs", import.meta.url).href,
    name: "grade",
    ...{ minThreads: 0, maxThreads: threads, idleTimeout: Number.POSITIVE_INFINITY },
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
  });
}

/** Lets so many through at a time, so that the time of a comparison starts when it has a thread. */
function turnstile(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside < most) inside++;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) inside--;
      else next();
    }
  };
}

function beyond(problem: string): Comparison {
  return { kind: "ungraded", reason: "limits", because: `the workbooks are too large: ${problem}` };
}
