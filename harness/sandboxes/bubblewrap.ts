import { release, setPriority } from "node:os";
import type { ExecResult, SandboxProvider } from "../contracts/index.ts";
import { messageOf } from "../errors.ts";
import { bubblewrapArguments, sandboxEnvironment } from "./bubblewrap-command.ts";
import { FileTree } from "./file-tree.ts";
import { type SandboxLimits, withDefaults } from "./limits.ts";
import { watchTree } from "./process-watch.ts";
import { type ProcessResult, runProcess } from "./run-process.ts";
import { archiveOf, entriesOf } from "./tree-archive.ts";

const mebibyte = 2 ** 20;
/** Behind the harness and everything else when the processor is short. */
const politeness = 10;

/**
 * Sandboxes of real bash and the system's python (Linux, bubblewrap 0.7 or newer).
 *
 * Every command gets a new set of namespaces with the episode's files in memory at `/work` and
 * `/tmp`; the files come back when it ends. After a command that had to be ended they are as they
 * were before it.
 *
 * @param shows directories of the machine to show beside the system's programs.
 */
export function bubblewrapSandboxes(
  limits: Partial<SandboxLimits> = {},
  shows: readonly string[] = [],
): SandboxProvider {
  const settled = withDefaults(limits);
  const closing = new AbortController();
  return {
    name: "bubblewrap",
    async open(files, commands = []) {
      const tree = new FileTree(files);
      return {
        async exec(command, { timeoutMs = settled.timeoutMs, signal } = {}) {
          const bounds = { ...settled, timeoutMs };
          const countsUsers = countsUsersByNamespace();
          const ran = await runProcess({
            program: "bwrap",
            args: bubblewrapArguments({ command, limits: bounds, commands, shows, countsUsers }),
            env: sandboxEnvironment,
            stdin: await archiveOf(tree.entries),
            // Both directories full, and what an archive adds.
            channelBytes: (2 * settled.diskMiB + 16) * mebibyte,
            timeoutMs,
            outputChars: settled.outputChars,
            signals: signal ? [signal, closing.signal] : [closing.signal],
            // bwrap dies with its group, and the kernel ends everything in its namespace with it.
            watch(pid, exceeded) {
              setPriority(pid, politeness);
              return watchTree(pid, settled, exceeded);
            },
          });
          return await conclude(ran, tree);
        },
        read: async (path) => tree.read(path),
        write: async (path, data) => tree.write(path, data),
        list: async () => tree.list(),
        close: async () => tree.replace(new Map()),
      };
    },
    close: async () => closing.abort(new Error("the bubblewrap sandboxes are closed")),
  };
}

/** Takes over the files of a finished command. @throws {Error} when the sandbox did not come up. */
async function conclude(ran: ProcessResult, tree: FileTree): Promise<ExecResult> {
  const { channel, exceeded, ...result } = ran;
  if (exceeded !== undefined)
    return { ...result, exitCode: 137, stderr: `${result.stderr}killed: ${exceeded}\n` };
  if (result.timedOut) return result;
  if (channel.length === 0) throw new Error(`bubblewrap did not start: ${result.stderr.trim()}`);
  try {
    tree.replace(await entriesOf(channel.subarray(1), ["/work", "/tmp"]));
    return result;
  } catch (error) {
    // The command can end the shell that would have packed its files.
    const lost = `killed: its files are lost (${messageOf(error)})\n`;
    return { ...result, exitCode: result.exitCode || 137, stderr: result.stderr + lost };
  }
}

function countsUsersByNamespace(): boolean {
  const [major = 0, minor = 0] = release().split(".").map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}
