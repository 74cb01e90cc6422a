import { Worker } from "node:worker_threads";
import type { GraderName } from "./compare/compare-workbooks.ts";
import type { Comparison, ComparisonRequest } from "./compare/comparison.ts";

/** What a thread is asked. */
export interface GradeJob {
  readonly request: ComparisonRequest;
  readonly grader: GraderName;
}

/** What it answers; `broken` is a fault of our own code. */
export type GradeResult =
  | { readonly kind: "done"; readonly comparison: Comparison }
  | { readonly kind: "broken"; readonly error: string };

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

interface Waiting {
  readonly job: GradeJob;
  readonly resolve: (comparison: Comparison) => void;
  readonly reject: (reason: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  current: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Opens a pool; it holds no thread before the first comparison, and keeps no process alive. */
export function openGradePool(options: GradePoolOptions = {}): GradePool {
  const { threads: most = 2, timeoutMs = 60_000, memoryMiB = 512 } = options;
  const threads = new Set<Thread>();
  const waiting: Waiting[] = [];
  let closed = false;

  function start(): Thread {
    const worker = new Worker(new URL("./grade-worker.mjs", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    });
    const thread: Thread = { worker, current: undefined, timer: undefined };
    threads.add(thread);
    worker.on("message", (result: GradeResult) => {
      const { current } = thread;
      release(thread);
      if (result.kind === "done") current?.resolve(result.comparison);
      else current?.reject(new Error(`the grader failed: ${result.error}`));
      next();
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const { current } = thread;
      threads.delete(thread);
      release(thread);
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
        current?.resolve(beyond(`comparing takes more than ${memoryMiB} MiB`));
      else current?.reject(error);
      next();
    });
    return thread;
  }

  function release(thread: Thread): void {
    clearTimeout(thread.timer);
    thread.current = undefined;
    thread.worker.unref();
  }

  function next(): void {
    while (waiting.length > 0) {
      const idle = [...threads].find((thread) => thread.current === undefined);
      if (idle === undefined && threads.size >= most) return;
      const thread = idle ?? start();
      const task = waiting.shift();
      if (task === undefined) return;
      thread.current = task;
      thread.worker.ref();
      thread.timer = setTimeout(() => {
        threads.delete(thread);
        release(thread);
        task.resolve(beyond(`comparing takes longer than ${timeoutMs / 1000} s`));
        next();
        thread.worker.terminate().catch(task.reject);
      }, timeoutMs);
      thread.worker.postMessage(task.job);
    }
  }

  return {
    compare: (request, grader) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error("the pool of graders is closed"));
        waiting.push({ job: { request, grader }, resolve, reject });
        next();
      }),
    async close() {
      closed = true;
      const ended = new Error("the pool of graders was closed");
      for (const { reject } of waiting.splice(0)) reject(ended);
      const ending = [...threads].map((thread) => {
        thread.current?.reject(ended);
        release(thread);
        return thread.worker.terminate();
      });
      threads.clear();
      await Promise.all(ending);
    },
  };
}

function beyond(problem: string): Comparison {
  return { kind: "ungraded", reason: "limits", because: `the workbooks are too large: ${problem}` };
}
