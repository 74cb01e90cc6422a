import { readdirSync, readFileSync } from "node:fs";
import type { SandboxLimits } from "./limits.ts";

/** How often a tree of processes is looked at, in milliseconds; short commands are over before. */
const everyMs = 50;
const pageBytes = 4096;

/**
 * Ends a tree of processes that has grown too large.
 *
 * The kernel's own limits are for one process, and its limit on their number does not bind root; so
 * the tree is counted as well, through /proc.
 *
 * @param pid its root.
 * @param exceeded called at each look that finds too much, with the name of the limit.
 * @returns how to stop watching.
 */
export function watchTree(
  pid: number,
  limits: Pick<SandboxLimits, "processes" | "memoryMiB">,
  exceeded: (limit: string) => void,
): () => void {
  const timer = setInterval(() => {
    const size = sizeOfTree(pid, limits.processes);
    if (size.tasks > limits.processes) exceeded(`more than ${limits.processes} processes`);
    else if (size.bytes > limits.memoryMiB * 2 ** 20)
      exceeded(`more than ${limits.memoryMiB} MiB of memory`);
  }, everyMs);
  return () => clearInterval(timer);
}

/**
 * Processes and threads of a tree, its root not counted, and the memory that is theirs alone.
 *
 * @param enough stops counting past so many, since a tree that explodes outgrows its counting.
 */
function sizeOfTree(pid: number, enough: number): { tasks: number; bytes: number } {
  let tasks = 0;
  let bytes = 0;
  const pending = childrenOf(pid).children;
  for (let next = pending.pop(); next !== undefined && tasks <= enough; next = pending.pop()) {
    const family = childrenOf(next);
    tasks += family.threads;
    bytes += ownBytes(next);
    pending.push(...family.children);
  }
  return { tasks, bytes };
}

function childrenOf(pid: number): { readonly threads: number; readonly children: number[] } {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").split(" ").filter(Boolean),
    );
    return { threads: threads.length, children: children.map(Number) };
  } catch {
    // It ended between two looks.
    return { threads: 0, children: [] };
  }
}

function ownBytes(pid: number): number {
  try {
    const [, resident = 0, shared = 0] = readFileSync(`/proc/${pid}/statm`, "latin1")
      .split(" ")
      .map(Number);
    return (resident - shared) * pageBytes;
  } catch {
    return 0;
  }
}
