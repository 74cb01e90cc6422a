import { availableParallelism } from "node:os";
import type { SandboxProvider } from "../contracts/index.ts";
import { defaultPoolSize, EmbeddedPool, type PoolSize } from "./embedded-pool.ts";
import { FileTree } from "./file-tree.ts";
import { type SandboxLimits, withDefaults } from "./limits.ts";

/**
 * Sandboxes inside this process: an interpreted bash with awk, sed, jq, sqlite3 and a CPython
 * compiled to WebAssembly, on files in memory. Needs nothing installed.
 *
 * There is no host file system, network or process behind the commands; they run in worker threads,
 * so that one which never ends is stopped from outside. After a command that ran out of time or
 * memory by force the files are as they were before it.
 *
 * @param packages archives of pure Python (wheels) that its Python can import from, by file name.
 */
export function embeddedSandboxes(
  limits: Partial<SandboxLimits> = {},
  size: Partial<PoolSize> = {},
  packages: ReadonlyMap<string, Uint8Array> = new Map(),
): SandboxProvider {
  const settled = withDefaults(limits);
  const base = Math.min(defaultPoolSize.base, availableParallelism());
  const pool = new EmbeddedPool(settled, { ...defaultPoolSize, base, ...size }, packages);
  return {
    name: "embedded",
    async open(files, commands = []) {
      const tree = new FileTree(files);
      return {
        async exec(command, { timeoutMs = settled.timeoutMs, signal } = {}) {
          const job = { command, commands, entries: tree.entries, timeoutMs };
          const { changed, deleted, ...result } = await pool.run(job, signal);
          tree.change(changed, deleted);
          return result;
        },
        read: async (path) => tree.read(path),
        write: async (path, data) => tree.write(path, data),
        list: async () => tree.list(),
        close: async () => tree.replace(new Map()),
      };
    },
    close: () => pool.close(),
  };
}
