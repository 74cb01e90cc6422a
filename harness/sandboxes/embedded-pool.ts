import { setMaxListeners } from "node:events";
import { cpuUsage } from "node:process";
import { Worker } from "node:worker_threads";
import type { ShellCommand } from "../contracts/index.ts";
import { messageOf } from "../errors.ts";
import type { Entries } from "./file-tree.ts";
import type { SandboxLimits } from "./limits.ts";

/** One command, with all the files it may see. */
export interface Job {
  readonly command: string;
  /** What the shell has beside its own commands. */
  readonly commands: readonly ShellCommand[];
  readonly entries: Entries;
  readonly timeoutMs: number;
}

export interface JobResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly changed: Entries;
  readonly deleted: readonly string[];
}

/** What every thread is started with. */
export interface ThreadSetting {
  readonly limits: SandboxLimits;
  /** Archives of pure Python that its Python can import from, by file name. */
  readonly packages: ReadonlyMap<string, Uint8Array>;
}

/** How many threads there are, and when there are more. Times in milliseconds. */
export interface PoolSize {
  /** Threads that are kept, and that run commands at full speed. @default 2 */
  readonly base: number;
  /** Threads at most, those included whose command sleeps or hangs. @default 16 */
  readonly most: number;
  /** A command that takes longer than this, and waits, does not count against `base`. @default 400 */
  readonly slowMs: number;
  /** How long an extra thread may be idle. @default 2000 */
  readonly idleMs: number;
  /** Beyond a command's own time-out, before its thread is ended by force. @default 300 */
  readonly graceMs: number;
}

export const defaultPoolSize: PoolSize = {
  base: 2,
  most: 16,
  slowMs: 400,
  idleMs: 2000,
  graceMs: 300,
};

interface Waiting {
  readonly job: Job;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  state: "starting" | "idle" | "busy";
  /** Has run one command for longer than `slowMs`. */
  slow: boolean;
  current: Waiting | undefined;
  timers: NodeJS.Timeout[];
  idleTimer: NodeJS.Timeout | undefined;
}

const script = new URL("./embedded-worker.mjs", import.meta.url);
const noChange = { changed: new Map(), deleted: [] } as const;
/** Short commands leave much garbage and keep nothing: more room for it only costs memory. */
const youngMiB = 12;
/** Of the threads at full speed; above it the processor is what commands wait for. */
const busyShare = 0.6;
const closedError = () => new Error("the embedded sandboxes are closed");
/** A thread that cannot start is tried again this often in a row before the pool is broken. */
const startsAtMost = 3;

/**
 * Runs jobs on worker threads, one a thread at a time, in the order they came.
 *
 * A thread whose command outlives its deadline or exhausts the heap is ended and its job answered as
 * a failed command. Only a pool that is closed, or whose threads do not start, rejects.
 *
 * Not piscina: with two threads its commands wait for others that only sleep, and with sixteen 600
 * short commands take three times as long, since it starts them all. This pool adds a thread only
 * where commands wait while the processor does not.
 */
export class EmbeddedPool {
  readonly #setting: ThreadSetting;
  readonly #size: PoolSize;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  #failedStarts = 0;
  #closed = false;

  constructor(
    limits: SandboxLimits,
    size: PoolSize = defaultPoolSize,
    packages: ThreadSetting["packages"] = new Map(),
  ) {
    this.#setting = { limits, packages };
    this.#size = size;
  }

  /** Threads alive now. */
  get threads(): number {
    return this.#threads.size;
  }

  /** @throws the signal's reason when aborted; nothing of the job is kept then. */
  run(job: Job, signal?: AbortSignal): Promise<JobResult> {
    if (this.#closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    // One signal may stand for a whole study, with hundreds of commands waiting.
    if (signal) setMaxListeners(0, signal);
    let stop = () => {};
    return new Promise<JobResult>((resolve, reject) => {
      const waiting: Waiting = { job, resolve, reject };
      stop = () => this.#withdraw(waiting, signal?.reason);
      signal?.addEventListener("abort", stop, { once: true });
      this.#queue.push(waiting);
      this.#dispatch();
    }).finally(() => signal?.removeEventListener("abort", stop));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.reject(closedError());
    await Promise.all(
      [...this.#threads].map((thread) => {
        thread.current?.reject(closedError());
        return this.#end(thread);
      }),
    );
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const idle = [...this.#threads].find((thread) => thread.state === "idle");
      if (!idle) break;
      const next = this.#queue.shift();
      if (next) this.#assign(idle, next);
    }
    const lively = [...this.#threads].filter((thread) => !thread.slow).length;
    const wanted = Math.min(this.#queue.length, this.#size.base - lively);
    for (let i = 0; i < wanted && this.#threads.size < this.#size.most; i++) this.#start();
  }

  #start(): void {
    const worker = new Worker(script, {
      workerData: this.#setting,
      // Neither the environment, which may hold keys, nor a loader is for commands.
      env: {},
      argv: [],
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: this.#setting.limits.memoryMiB,
        maxYoungGenerationSizeMb: youngMiB,
      },
    });
    const thread: Thread = {
      worker,
      state: "starting",
      slow: false,
      current: undefined,
      timers: [],
      idleTimer: undefined,
    };
    this.#threads.add(thread);
    worker.on("message", (message: "ready" | JobResult) => {
      if (message !== "ready") this.#settle(thread, message);
      else {
        this.#failedStarts = 0;
        this.#rest(thread);
      }
    });
    worker.on("error", (error) => this.#died(thread, error));
    worker.on("exit", () => this.#died(thread, new Error("the thread ended")));
  }

  #assign(thread: Thread, waiting: Waiting): void {
    const { job } = waiting;
    clearTimeout(thread.idleTimer);
    thread.state = "busy";
    thread.current = waiting;
    thread.worker.ref();
    const slow = this.#noticeSlow(thread);
    const deadline = setTimeout(
      () => this.#abandon(thread, { exitCode: 124, stderr: "", timedOut: true }),
      job.timeoutMs + this.#size.graceMs,
    );
    thread.timers = [slow, deadline];
    thread.worker.postMessage(job);
  }

  /** More threads help where commands wait for time to pass, not where they wait for the processor. */
  #noticeSlow(thread: Thread): NodeJS.Timeout {
    // Asking for the usage costs as much as a short command, so only a command that lasts is asked about.
    let usedBefore: NodeJS.CpuUsage | undefined;
    const timer = setInterval(() => {
      if (usedBefore === undefined) {
        usedBefore = cpuUsage();
        return;
      }
      const { user, system } = cpuUsage(usedBefore);
      usedBefore.user += user;
      usedBefore.system += system;
      const coresBusy = (user + system) / 1000 / this.#size.slowMs;
      if (coresBusy > busyShare * this.#size.base) return;
      clearInterval(timer);
      thread.slow = true;
      this.#dispatch();
    }, this.#size.slowMs);
    return timer;
  }

  #settle(thread: Thread, result: JobResult): void {
    const { current } = thread;
    if (!current) return;
    this.#release(thread);
    current.resolve(result);
    // What a command that ran out of time has left behind in its thread is not worth finding out.
    if (result.timedOut) void this.#end(thread);
    else this.#rest(thread);
    this.#dispatch();
  }

  #rest(thread: Thread): void {
    thread.state = "idle";
    thread.worker.unref();
    this.#dispatch();
    if (thread.state !== "idle") return;
    thread.idleTimer = setTimeout(() => {
      if (this.#threads.size > this.#size.base) void this.#end(thread);
    }, this.#size.idleMs);
    thread.idleTimer.unref();
  }

  #abandon(
    thread: Thread,
    how: { readonly exitCode: number; readonly stderr: string; readonly timedOut: boolean },
  ): void {
    const { current } = thread;
    this.#release(thread);
    void this.#end(thread);
    current?.resolve({ ...noChange, stdout: "", ...how });
    this.#dispatch();
  }

  #withdraw(waiting: Waiting, reason: unknown): void {
    const at = this.#queue.indexOf(waiting);
    if (at >= 0) this.#queue.splice(at, 1);
    waiting.reject(reason);
    const running = [...this.#threads].find((thread) => thread.current === waiting);
    if (running) this.#abandon(running, { exitCode: 130, stderr: "", timedOut: false });
  }

  #died(thread: Thread, error: unknown): void {
    if (!this.#threads.has(thread)) return;
    if (thread.state === "starting") {
      this.#failedStarts++;
      void this.#end(thread);
      if (this.#failedStarts >= startsAtMost) {
        const broken = new Error(`the embedded sandbox does not start: ${messageOf(error)}`);
        for (const waiting of this.#queue.splice(0)) waiting.reject(broken);
      }
      this.#dispatch();
      return;
    }
    const outOfMemory = (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY";
    const why = outOfMemory ? "out of memory" : messageOf(error);
    this.#abandon(thread, { exitCode: 137, stderr: `bash: killed: ${why}\n`, timedOut: false });
  }

  #release(thread: Thread): void {
    for (const timer of thread.timers) clearTimeout(timer);
    thread.timers = [];
    thread.current = undefined;
    thread.slow = false;
  }

  async #end(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    for (const timer of thread.timers) clearTimeout(timer);
    clearTimeout(thread.idleTimer);
    await thread.worker.terminate();
  }
}
