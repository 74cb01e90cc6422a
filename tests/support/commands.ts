import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "../../harness/contracts/index.ts";

/** The repository, from whose root the commands run. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** How a command ended, and all it said. */
export interface Ran {
  /** Null for one that a signal ended. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

export interface CommandOptions {
  /** Over an environment that has no key, address or setting of ours. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Given the process as soon as it runs, to disturb it. */
  readonly during?: (child: ChildProcess) => void;
}

const launcher = path.join(root, "scripts/run.mjs");

/** Runs a command of the project as `npm run <name> -- <args>` does, in a process of its own. */
export function command(
  name: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ran> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [launcher, name, ...args], {
      cwd: options.cwd ?? root,
      env: { ...bareEnvironment(), ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err, ms: performance.now() - startedAt }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    options.during?.(child);
  });
}

/** What a developer has set for real models must not reach a test. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(?:OPENAI_|T2S_|VITEST|NODE_OPTIONS$|FORCE_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** A directory for one test file: what its runs read, store and leave. */
export interface Workspace {
  readonly dir: string;
  path(...parts: string[]): string;
  /** Flags for a private store and run directory of this name, and for the shipped sample. */
  flags(name: string): readonly string[];
  store(name: string): string;
  out(name: string): string;
  remove(): void;
}

/** Makes a workspace below the system's directory for temporary files. */
export function openWorkspace(): Workspace {
  const dir = mkdtempSync(path.join(tmpdir(), "commands-"));
  mkdirSync(path.join(dir, "no-data"));
  const at = (...parts: string[]) => path.join(dir, ...parts);
  const store = (name: string) => at(name, "store");
  const out = (name: string) => at(name, "run");
  return {
    dir,
    path: at,
    store,
    out,
    flags: (name) => [
      ...["--store", store(name), "--out", out(name)],
      ...["--data-dir", at("no-data")],
    ],
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Every file below a directory, by relative path. */
export function filesBelow(dir: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true });
  return new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(dir, file), readFileSync(file)]),
  );
}

/** The whole lines of a store's journals, as text; none where the store is not there yet. */
export function journalLines(store: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(store, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) => {
      const lines = readFileSync(path.join(store, name), "utf8").split("\n");
      // Without an end, the last line is still being written or was torn by a kill.
      return lines.slice(0, -1);
    });
}

/** The rows of units of all writers of a store; what it knows of a study's tables is none of them. */
export function journalRows(store: string): readonly Row[] {
  return journalLines(store)
    .map((line) => JSON.parse(line) as Row)
    .filter(({ stage }) => stage !== "table");
}

/** How often each unit was finished, over all writers. */
export function timesFinished(store: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of journalRows(store)) {
    if (row.grade?.kind === "ungraded") continue;
    counts.set(row.key, (counts.get(row.key) ?? 0) + 1);
  }
  return counts;
}

/**
 * Writes a small study of WikiTableQuestions, as YAML that happens to be JSON.
 *
 * @param over fields in place of the ones below.
 * @returns the file's path.
 */
export function writeStudy(
  workspace: Workspace,
  name: string,
  over: Readonly<Record<string, unknown>> = {},
): string {
  const study = {
    study: name,
    domain: "wtq",
    models: { small: { provider: "builtin", name: "small" } },
    splits: {
      evolve: { from: "training", take: 6 },
      select: { from: "training", skip: 20, take: 3 },
      test: { from: "pristine-unseen", take: 4 },
    },
    conditions: ["no-skill", "human-written", "placebo"],
    authors: ["small"],
    users: ["small"],
    seeds: [41],
    ...over,
  };
  const file = workspace.path(`${name}.yaml`);
  writeFileSync(file, `${JSON.stringify(study, null, 1)}\n`);
  return file;
}
