import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { execPath } from "node:process";
import type { Sandbox, SandboxProvider, ShellCommand } from "../contracts/index.ts";
import { closeDescriptors } from "./bubblewrap-command.ts";
import { placeOf, workDirectory } from "./file-tree.ts";
import { type SandboxLimits, withDefaults } from "./limits.ts";
import { runProcess } from "./run-process.ts";
import { commandProgram } from "./shell-commands.ts";

/**
 * Not a sandbox but the machine itself: real bash in a temporary directory, with the rights of the
 * user. Only for those who ask for it by name. Commands get no keys through the environment, and
 * their process group ends with the call; nothing else is kept from them.
 */
export function hostSandboxes(limits: Partial<SandboxLimits> = {}): SandboxProvider {
  const settled = withDefaults(limits);
  const closing = new AbortController();
  const open = new Set<string>();
  return {
    name: "host",
    async open(files, commands = []) {
      const root = await realpath(await mkdtemp(join(tmpdir(), "trace2skill-")));
      open.add(root);
      const work = join(root, "work");
      for (const name of ["work", "bin", "tmp"]) await mkdir(join(root, name));
      for (const command of commands) await install(command, join(root, "bin"));
      const access = filesOf(work);
      for (const [path, data] of files) await access.write(path, data);
      return {
        ...access,
        async exec(command, { timeoutMs = settled.timeoutMs, signal } = {}) {
          const {
            channel: _,
            exceeded,
            ...result
          } = await runProcess({
            program: "bash",
            args: ["-c", `ulimit -c 0; ${closeDescriptors}; exec bash -c "$1"`, "bash", command],
            cwd: work,
            env: {
              PATH: `${join(root, "bin")}:/usr/local/bin:/usr/bin:/bin`,
              HOME: work,
              TMPDIR: join(root, "tmp"),
              LANG: "C.UTF-8",
            },
            timeoutMs,
            outputChars: settled.outputChars,
            signals: signal ? [signal, closing.signal] : [closing.signal],
          });
          if (exceeded === undefined) return result;
          return { ...result, exitCode: 137, stderr: `${result.stderr}killed: ${exceeded}\n` };
        },
        async close() {
          open.delete(root);
          await rm(root, { recursive: true, force: true });
        },
      };
    },
    async close() {
      closing.abort(new Error("the host sandboxes are closed"));
      for (const root of open) await rm(root, { recursive: true, force: true });
    },
  };
}

/** Reads and writes the files of a working directory, and follows no link out of it. */
function filesOf(work: string): Pick<Sandbox, "read" | "write" | "list"> {
  const place = (path: string) => join(work, relative(workDirectory, placeOf(path)));
  return {
    async read(path) {
      try {
        const actual = await realpath(place(path));
        return isBelow(actual, work) ? new Uint8Array(await readFile(actual)) : undefined;
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    },
    async write(path, data) {
      const target = place(path);
      await mkdir(dirname(target), { recursive: true });
      await insist(dirname(target), work, path);
      await writeFile(target, data);
    },
    async list() {
      const entries = await readdir(work, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(work, join(entry.parentPath, entry.name)))
        .map((path) => path.split(sep).join("/"))
        .sort();
    },
  };
}

async function install({ name, module }: ShellCommand, directory: string): Promise<void> {
  const words = [execPath, commandProgram, module];
  const quoted = words.map((path) => `'${path.replaceAll("'", "'\\''")}'`).join(" ");
  await writeFile(join(directory, name), `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
}

async function insist(directory: string, work: string, path: string): Promise<void> {
  const actual = await realpath(directory);
  if (actual !== work && !isBelow(actual, work))
    throw new Error(`cannot write ${JSON.stringify(path)}: a link leads out of the directory`);
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory + sep);
}

function isAbsence(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR" || code === "ELOOP";
}
