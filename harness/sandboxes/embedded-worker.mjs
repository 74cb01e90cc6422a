/**
 * The thread that runs commands of the embedded sandbox, one at a time.
 *
 * Plain JavaScript, because worker threads do not inherit a TypeScript loader. It holds nothing
 * between two commands: files come with the command, and what changed goes back with the result.
 */

import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import {
  Bash,
  DefenseInDepthBox,
  decodeBytesToUtf8,
  defineCommand,
  InMemoryFs,
  MountableFs,
} from "just-bash";
import { runBc } from "./bc.mjs";
import { bounded } from "./bounded-output.mjs";
import { mendCommands } from "./embedded-commands.mjs";

/** @typedef {import("../contracts/sandbox.ts").ShellCommand} ShellCommand */
/** @typedef {import("../contracts/sandbox.ts").ShellCommandRun} ShellCommandRun */
/** @typedef {import("just-bash").Command} Command */
/** @typedef {import("./file-tree.ts").Entry} Entry */
/** @typedef {import("./embedded-pool.ts").Job} Job */
/** @typedef {import("./embedded-pool.ts").JobResult} JobResult */

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
/** @type {import("./embedded-pool.ts").ThreadSetting} */
const { limits, packages } = workerData;
const mebibyte = 2 ** 20;
const roots = ["/work", "/tmp"];
/** The library's own clocks never strike first: the deadline of a command is given with it. */
const longestMs = 24 * 3600 * 1000;
/** What the shell says of a command that ran out of time. */
const timedOutExit = 124;

const executionLimits = {
  maxExecutionTimeMs: longestMs,
  maxPythonTimeoutMs: longestMs,
  maxSqliteTimeoutMs: longestMs,
  maxLoopIterations: 1_000_000,
  maxAwkIterations: 10_000_000,
  maxSedIterations: 1_000_000,
  maxJqIterations: 1_000_000,
  maxCommandCount: 1_000_000,
  maxWorkUnits: 10_000_000,
  maxOutputSize: 32 * mebibyte,
  maxStringLength: 16 * mebibyte,
  maxLiveBytes: limits.memoryMiB * mebibyte,
  maxFileSystemBytes: limits.diskMiB * mebibyte,
};

/** Held for the life of the thread: putting the guards up costs more than a short command. */
DefenseInDepthBox.getInstance({ enabled: true }).activate();

/** A domain's command as the library wants one. @param {ShellCommand} command */
function domainCommand({ name, module }) {
  return libraryCommand(name, async (args, shell) => {
    /** @type {{ run: ShellCommandRun }} */
    const { run } = await import(pathToFileURL(module).href);
    return await run(args, shell);
  });
}

/** @param {string} name @param {ShellCommandRun} runCommand */
function libraryCommand(name, runCommand) {
  return defineCommand(name, async (args, { fs, cwd, stdin }) => {
    const place = (/** @type {string} */ path) => fs.resolvePath(cwd, path);
    return await runCommand(args, {
      read: async (path) =>
        (await fs.exists(place(path))) ? await fs.readFileBuffer(place(path)) : undefined,
      write: (path, data) => fs.writeFile(place(path), data),
      stdin: async () => decodeBytesToUtf8(stdin),
    });
  });
}

/** Methods of a file system that change it. */
const writing = new Set(
  "writeFile appendFile mkdir rm cp mv chmod symlink link utimes writeFileSync mkdirSync".split(
    " ",
  ),
);

/**
 * Building a shell registers 90 commands and loads each at first use, which takes longer than a short
 * command. So one is built, never used, and copied for every command: the table of commands is
 * shared; files and the state of the shell, where a command leaves its traces, are not. (The fields
 * are private to the library in name only; its version is pinned and a test looks for traces.)
 *
 * @returns {{ shell: Bash, system: InMemoryFs }} the shell, and `/bin`, `/dev` and `/proc` as the
 * library lays them out for it
 */
function builtShell(/** @type {readonly ShellCommand[]} */ commands) {
  const system = new InMemoryFs({});
  const shell = new Bash({
    fs: system,
    cwd: "/work",
    env: { HOME: "/work", TMPDIR: "/tmp", LANG: "C.UTF-8" },
    python: true,
    customCommands: [...commands.map(domainCommand), libraryCommand("bc", runBc)],
    executionLimits,
  });
  const wheels = [...packages].map(([name, data]) => {
    const path = `/usr/lib/python3/wheels/${name}`;
    system.writeFileSync(path, data);
    return path;
  });
  const registered = /** @type {{ commands: Map<string, Command> }} */ (
    /** @type {unknown} */ (shell)
  ).commands;
  mendCommands(registered, wheels);
  return { shell, system };
}

/** @typedef {ReturnType<typeof builtShell>} Template */

/** One for each set of domains' commands. @type {Map<string, Template>} */
const templates = new Map();

/** @param {readonly ShellCommand[]} commands @returns {Template} */
function templateWith(commands) {
  const key = JSON.stringify(commands);
  const template = templates.get(key) ?? builtShell(commands);
  templates.set(key, template);
  return template;
}

/**
 * A deep copy of maps, sets, arrays and plain objects; several times faster than structuredClone.
 *
 * @template Value
 * @param {Value} value
 * @returns {Value}
 */
function copyOf(value) {
  if (typeof value !== "object" || value === null) return value;
  /** @type {unknown} */
  let copy;
  if (value instanceof Map) copy = new Map([...value].map(([key, item]) => [key, copyOf(item)]));
  else if (value instanceof Set) copy = new Set(value);
  else if (Array.isArray(value)) copy = value.map(copyOf);
  else copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
  return /** @type {Value} */ (copy);
}

/** @param {Bash} template @param {MountableFs} fs */
function freshShell(template, fs) {
  const { state } = /** @type {{ state: { startTime: number } }} */ (
    /** @type {unknown} */ (template)
  );
  const startTime = performance.timeOrigin + performance.now();
  /** @type {Bash} */
  const shell = Object.create(Bash.prototype);
  return Object.assign(shell, template, { fs, state: { ...copyOf(state), startTime } });
}

function emptyFileSystem() {
  return new InMemoryFs({}, { maxTotalBytes: limits.diskMiB * mebibyte });
}

/**
 * The system's files as one command sees them: the shared ones, or a copy from its first write on.
 *
 * @param {InMemoryFs} system
 * @returns {InMemoryFs}
 */
function privateSystem(system) {
  /** @type {InMemoryFs | undefined} */
  let own;
  return new Proxy(system, {
    get(shared, name) {
      const method = Reflect.get(own ?? shared, name);
      if (typeof method !== "function") return method;
      if (!writing.has(String(name))) return method.bind(own ?? shared);
      return async (/** @type {unknown[]} */ ...args) => {
        if (args[0] === "/dev/null") return;
        own ??= await copyOfSystem(system);
        return await method.apply(own, args);
      };
    },
  });
}

/** @param {InMemoryFs} system */
async function copyOfSystem(system) {
  const fs = emptyFileSystem();
  for (const path of system.getAllPaths())
    if (path !== "/") await put(fs, path, await entryAt(system, path));
  return fs;
}

/**
 * @param {InMemoryFs} system
 * @param {ReadonlyMap<string, Entry>} entries
 * @returns the file system of one command, and its parts that outlive it
 */
async function fileSystemOf(system, entries) {
  const fs = new MountableFs({ base: privateSystem(system) });
  const parts = new Map(roots.map((root) => [root, emptyFileSystem()]));
  for (const [root, part] of parts) fs.mount(root, part);
  for (const [path, entry] of entries) {
    const root = roots.find((candidate) => path.startsWith(`${candidate}/`)) ?? "";
    const part = parts.get(root);
    if (part) await put(part, path.slice(root.length), entry);
  }
  return { fs, parts };
}

/**
 * @param {InMemoryFs} fs
 * @param {string} path
 * @param {Entry} entry
 */
function put(fs, path, entry) {
  if (entry.kind === "link") return fs.symlink(entry.target, path);
  if (entry.kind === "directory") return fs.mkdirSync(path, { recursive: true });
  return fs.writeFileSync(path, entry.data, undefined, { mode: entry.mode });
}

/**
 * @param {ReadonlyMap<string, InMemoryFs>} parts
 * @param {ReadonlyMap<string, Entry>} before
 * @returns {Promise<{ changed: Map<string, Entry>, deleted: string[] }>}
 */
async function changesOf(parts, before) {
  const changed = new Map();
  const present = new Set();
  for (const [root, part] of parts)
    for (const path of part.getAllPaths()) {
      if (path === "/") continue;
      const place = root + path;
      present.add(place);
      const now = await entryAt(part, path);
      if (!same(before.get(place), now)) changed.set(place, now);
    }
  return { changed, deleted: [...before.keys()].filter((path) => !present.has(path)) };
}

/**
 * @param {InMemoryFs} fs
 * @param {string} path
 * @returns {Promise<Entry>}
 */
async function entryAt(fs, path) {
  const stat = await fs.lstat(path);
  if (stat.isSymbolicLink) return { kind: "link", target: await fs.readlink(path) };
  if (stat.isDirectory) return { kind: "directory", mode: stat.mode & 0o777 };
  return { kind: "file", data: await fs.readFileBuffer(path), mode: stat.mode & 0o777 };
}

/**
 * @param {Entry | undefined} was
 * @param {Entry} now
 */
function same(was, now) {
  if (was?.kind === "file" && now.kind === "file")
    return was.mode === now.mode && Buffer.compare(was.data, now.data) === 0;
  if (was?.kind === "link" && now.kind === "link") return was.target === now.target;
  return was?.kind === now.kind;
}

/**
 * @param {Job} job
 * @returns {Promise<JobResult>}
 */
async function run({ command, commands, entries, timeoutMs }) {
  const { shell, system } = templateWith(commands);
  const { fs, parts } = await fileSystemOf(system, entries);
  const deadline = AbortSignal.timeout(timeoutMs);
  const result = await freshShell(shell, fs).exec(command, { signal: deadline, rawScript: true });
  return {
    exitCode: deadline.aborted ? timedOutExit : result.exitCode,
    stdout: bounded(result.stdout, limits.outputChars),
    stderr: bounded(result.stderr, limits.outputChars),
    timedOut: deadline.aborted,
    ...(await changesOf(parts, entries)),
  };
}

port.on("message", async (/** @type {Job} */ job) => {
  try {
    port.postMessage(await run(job));
  } catch (error) {
    // A limit of the interpreter that it does not turn into a result itself.
    const text = error instanceof Error ? error.message : String(error);
    port.postMessage({
      exitCode: 1,
      stdout: "",
      stderr: `bash: ${text}\n`,
      timedOut: false,
      changed: new Map(),
      deleted: [],
    });
  }
});
templateWith([]);
port.postMessage("ready");
