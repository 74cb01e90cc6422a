import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { setMaxListeners } from "node:events";
import { kill } from "node:process";
import type { Readable, Writable } from "node:stream";
import type { ExecResult } from "../contracts/index.ts";
import { bounded } from "./bounded-output.mjs";

/** A program to run, and what it may cost. */
export interface ProcessRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Bytes for its stdin, which is closed after them. */
  readonly stdin?: Uint8Array;
  /** Reads what it writes to file descriptor 3, up to so many bytes. */
  readonly channelBytes?: number;
  readonly timeoutMs: number;
  readonly outputChars: number;
  /** Any of them ends it. */
  readonly signals: readonly AbortSignal[];
  /** Watches it while it runs; calls `exceeded` when it has to end. @returns how to stop watching */
  readonly watch?: (pid: number, exceeded: (limit: string) => void) => () => void;
}

export interface ProcessResult extends ExecResult {
  /** What came over file descriptor 3. */
  readonly channel: Uint8Array;
  /** The limit for which it was ended, if it was. */
  readonly exceeded: string | undefined;
}

/** A command that prints this much more than is kept is not printing for anybody. */
const floodBytes = 64 * 2 ** 20;
/** Streams that somebody else still holds open after the program has ended are given up after this. */
const lingerMs = 300;

/**
 * Runs one program to its end, or ends it; what it has started in its process group ends with it.
 *
 * Never rejects for what the program does; rejects when it cannot be started, and with the signal's
 * reason when aborted.
 */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  for (const signal of request.signals) {
    signal.throwIfAborted();
    // One signal may stand for a whole study, with hundreds of commands running.
    setMaxListeners(0, signal);
  }
  return new Promise((resolve, reject) => {
    const child = start(request);
    const channelStream = child.stdio[3] as Readable;
    let exceeded: string | undefined;
    let timedOut = false;
    const end = () => endGroup(child.pid);
    const exceed = (limit: string) => {
      exceeded ??= limit;
      end();
    };
    const flood = () => exceed(`more than ${floodBytes / 2 ** 20} MiB of output`);
    const stdout = collect(child.stdout, 4 * request.outputChars, floodBytes, flood);
    const stderr = collect(child.stderr, 4 * request.outputChars, floodBytes, flood);
    const most = request.channelBytes ?? 0;
    const channel = collect(channelStream, most, most, () => exceed("disk space"));
    feed(child.stdin, request.stdin);

    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, request.timeoutMs);
    for (const signal of request.signals) signal.addEventListener("abort", end);
    const unwatch = child.pid === undefined ? undefined : request.watch?.(child.pid, exceed);
    const settle = () => {
      clearTimeout(timer);
      for (const signal of request.signals) signal.removeEventListener("abort", end);
      unwatch?.();
    };
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("exit", () => {
      end();
      setTimeout(() => {
        for (const stream of [child.stdout, child.stderr, channelStream]) stream.destroy();
      }, lingerMs).unref();
    });
    child.on("close", (code, signalName) => {
      settle();
      const aborted = request.signals.find((signal) => signal.aborted);
      if (aborted) return reject(aborted.reason);
      resolve({
        exitCode: timedOut ? 124 : (code ?? (signalName === "SIGKILL" ? 137 : 1)),
        stdout: stdout.text(request.outputChars),
        stderr: stderr.text(request.outputChars),
        timedOut,
        exceeded,
        channel: channel.bytes(),
      });
    });
  });
}

/** In a process group of its own. */
function start({ program, args, cwd, env }: ProcessRequest) {
  const stdio: "pipe"[] = ["pipe", "pipe", "pipe", "pipe"];
  return spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio,
  }) as ChildProcessWithoutNullStreams;
}

/** Ends a program and all of its process group. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

/** Gives a program its input; one that does not read it is no fault. */
function feed(stream: Writable, data: Uint8Array | undefined): void {
  stream.on("error", () => {});
  stream.end(data);
}

/** Keeps the first `keep` bytes of a stream, counts the rest, and calls `over` past `most`. */
function collect(stream: Readable, keep: number, most: number, over: () => void) {
  const chunks: Buffer[] = [];
  let kept = 0;
  let total = 0;
  stream.on("error", () => {});
  stream.on("data", (chunk: Buffer) => {
    total += chunk.length;
    if (kept < keep) {
      chunks.push(chunk.subarray(0, keep - kept));
      kept += Math.min(chunk.length, keep - kept);
    }
    if (total > most) over();
  });
  return {
    bytes: (): Uint8Array => Buffer.concat(chunks),
    text(chars: number): string {
      const text = new TextDecoder().decode(Buffer.concat(chunks));
      return bounded(text, chars, text.length + total - kept);
    },
  };
}
