import { execFileSync, spawn } from "node:child_process";
import { root } from "../../scripts/lib/places.ts";

/** How a process went. */
export interface Ran {
  readonly seconds: number;
  readonly stdout: string;
  /** Resident memory in MB, once a second. */
  readonly memory: readonly number[];
}

/**
 * Runs a command in the repository to its end.
 *
 * @param env put over this process's own.
 * @throws {Error} with the end of its standard error when it fails.
 */
export function wholeProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const memory: number[] = [];
  const sampling = setInterval(() => {
    const now = residentMb(child.pid);
    if (now !== undefined) memory.push(now);
  }, 1000);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sampling);
      const seconds = (performance.now() - startedAt) / 1000;
      if (code === 0) resolve({ seconds, stdout, memory });
      else
        reject(
          new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stderr.slice(-2000)}`),
        );
    });
  });
}

/** The least of several runs: what else the machine does only ever adds to a time. */
export async function fastestOf(times: number, run: () => Promise<Ran>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) least = Math.min(least, (await run()).seconds);
  return least;
}

/** Undefined where the process has just ended. */
function residentMb(pid: number | undefined): number | undefined {
  try {
    const kib = Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
    return kib > 0 ? kib / 1024 : undefined;
  } catch {
    return undefined;
  }
}
