import { randomUUID } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ExecResult, SandboxProvider, ShellCommand } from "../contracts/index.ts";
import { messageOf } from "../errors.ts";
import { bounded } from "./bounded-output.mjs";
import { ask, containerProgram, programEnvironment } from "./container-program.ts";
import { containerArguments } from "./docker-command.ts";
import { type Entries, type Entry, FileTree } from "./file-tree.ts";
import { type SandboxLimits, withDefaults } from "./limits.ts";
import { type ProcessResult, runProcess } from "./run-process.ts";
import { commandHome, commandLayout } from "./shell-commands.ts";
import { archiveOf, entriesOf } from "./tree-archive.ts";

const mebibyte = 2 ** 20;
/** What a container may take to start and to pack its files, beside the time of its command. */
const aroundMs = 60_000;
const problemChars = 500;
const nodeOfImage = { kind: "link", target: "/usr/local/bin/node" } as const;

/**
 * Sandboxes in containers of the image `sandboxImage`: real bash, and the programs that the image's
 * Dockerfile names. Works with docker and with podman.
 *
 * Every command gets a new container without network, with the episode's files in memory at `/work`
 * and `/tmp`; the files come back when it ends. After a command that had to be ended they are as
 * they were before it. Nothing of the host is mounted, so that the daemon may be on another machine.
 *
 * @param find finds the program that runs containers; asked once, at the first sandbox.
 */
export function dockerSandboxes(
  limits: Partial<SandboxLimits> = {},
  find: () => Promise<string> = containerProgram,
): SandboxProvider {
  const settled = withDefaults(limits);
  const label = `trace2skill=${randomUUID()}`;
  const closing = new AbortController();
  let found: Promise<string> | undefined;
  return {
    name: "docker",
    async open(files, commands = []) {
      found ??= find();
      const [program, commandEntries] = await Promise.all([found, entriesOfCommands(commands)]);
      const tree = new FileTree(files);
      return {
        async exec(command, { timeoutMs = settled.timeoutMs, signal } = {}) {
          const name = `trace2skill-${randomUUID()}`;
          const bounds = { ...settled, timeoutMs };
          const args = containerArguments(command, bounds, name, label);
          let ended = false;
          try {
            const ran = await runProcess({
              // The container's stdout carries the archive; our channel is descriptor 3.
              program: "/bin/sh",
              args: ["-c", 'exec "$0" "$@" >&3', program, ...args],
              env: programEnvironment(),
              stdin: await archiveOf(new Map([...commandEntries, ...tree.entries])),
              channelBytes: (3 * settled.diskMiB + 32) * mebibyte,
              timeoutMs: timeoutMs + aroundMs,
              outputChars: settled.outputChars,
              signals: signal ? [signal, closing.signal] : [closing.signal],
            });
            ended = !ran.timedOut && ran.exceeded === undefined;
            return await conclude(ran, tree, settled.outputChars);
          } finally {
            // Ending the client leaves its container running.
            if (!ended) await ask(program, ["rm", "--force", name]);
          }
        },
        read: async (path) => tree.read(path),
        write: async (path, data) => tree.write(path, data),
        list: async () => tree.list(),
        close: async () => tree.replace(new Map()),
      };
    },
    async close() {
      closing.abort(new Error("the docker sandboxes are closed"));
      const program = await found?.catch(() => undefined);
      if (program === undefined) return;
      const left = await ask(program, ["ps", "--all", "--quiet", "--filter", `label=${label}`]);
      const names = left.stdout.split("\n").filter(Boolean);
      if (names.length > 0) await ask(program, ["rm", "--force", ...names]);
    },
  };
}

/** Takes over the files of a finished command. @throws {Error} when the container did not come up. */
async function conclude(ran: ProcessResult, tree: FileTree, chars: number): Promise<ExecResult> {
  if (ran.timedOut || ran.exceeded !== undefined)
    return {
      exitCode: ran.timedOut ? 124 : 137,
      stdout: "",
      stderr: `killed: ${ran.exceeded ?? "its container did not end"}\n`,
      timedOut: ran.timedOut,
    };
  if (ran.channel.length === 0 && ran.exitCode !== 137)
    throw new Error(`the container did not start: ${ran.stderr.trim().slice(0, problemChars)}`);
  let entries: Entries;
  try {
    entries = await entriesOf(ran.channel, ["/work", "/tmp", "/out"]);
  } catch (error) {
    const stderr = `killed: its files are lost (${messageOf(error)})\n`;
    return { exitCode: 137, stdout: "", stderr, timedOut: false };
  }
  const timedOut = entries.has("/out/clock");
  const result = {
    exitCode: timedOut ? 124 : Number(textOf(entries.get("/out/code")) || 137),
    stdout: bounded(textOf(entries.get("/out/stdout")), chars),
    stderr: bounded(textOf(entries.get("/out/stderr")), chars),
    timedOut,
  };
  if (!timedOut) tree.replace(new Map([...entries].filter(([path]) => !path.startsWith("/out/"))));
  return result;
}

function textOf(entry: Entry | undefined): string {
  return entry?.kind === "file" ? new TextDecoder().decode(entry.data) : "";
}

/** Domains' commands as they are in this installation, so that an image never holds older ones. */
async function entriesOfCommands(commands: readonly ShellCommand[]): Promise<Entries> {
  const { shown, links } = commandLayout(commands);
  const entries = new Map<string, Entry>();
  for (const [place, target] of links) entries.set(place, { kind: "link", target });
  for (const [place, path] of shown) await show(path, place, entries);
  if (commands.length > 0) entries.set(`${commandHome}/node`, nodeOfImage);
  return entries;
}

/** Adds a file, or all that is in a folder. */
async function show(path: string, place: string, entries: Map<string, Entry>): Promise<void> {
  const found = await stat(path);
  if (found.isDirectory())
    for (const name of await readdir(path))
      await show(join(path, name), `${place}/${name}`, entries);
  else entries.set(place, { kind: "file", data: await readFile(path), mode: found.mode & 0o777 });
}
