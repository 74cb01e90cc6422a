import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./commands.ts";
import { startEndpoint } from "./endpoint.ts";
import { tableAgent } from "./table-agent.ts";

/** The files of ours between a command and the first byte of its table. */
export interface MainPath {
  /** Files that lead on: they load or import other files that are entered, common ones aside. */
  readonly path: readonly string[];
  /** Files that are called and return: they lead to no other one. */
  readonly leaves: readonly string[];
}

/** Files that every room may import: they are no step of a path. */
const commons = ["canonical", "errors", "kept", "lenient-json", "prompts", "rng"].map(
  (name) => `harness/${name}.ts`,
);

/** Calls of a file's functions, by name and place. */
type Calls = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Runs one episode of one arm without a skill, in the sandbox that is everywhere, with a language model
 * behind a loopback endpoint, and sees by V8's precise coverage which files of ours a function is entered of before the table appears.
 *
 * Calls that loading a file makes by itself do not count: as many are taken off as a process makes
 * that loads the same files and does nothing.
 */
export async function mainPath(): Promise<MainPath> {
  const dir = mkdtempSync(path.join(tmpdir(), "main-path-"));
  const endpoint = await startEndpoint({ answer: await tableAgent() });
  try {
    const study = path.join(dir, "study.yaml");
    const small = { provider: "openai", name: "test-model", baseURL: endpoint.url };
    const splits = { test: { from: "pristine-unseen", take: 1 } };
    const arms = { conditions: ["no-skill"], users: ["small"], models: { small }, splits };
    writeFileSync(
      study,
      JSON.stringify({ study: "main-path", domain: "wtq", sandbox: "embedded", ...arms }),
    );
    mkdirSync(path.join(dir, "no-data"));
    const preload = path.join(root, "tests/support/first-write.mjs");
    const ran = await coverageOf(path.join(dir, "ran"), [
      ...["--import", preload, path.join(root, "scripts/run.mjs"), "bench", study],
      ...["--store", path.join(dir, "store"), "--out", path.join(dir, "out")],
      ...["--data-dir", path.join(dir, "no-data")],
    ]);
    const list = path.join(dir, "files.json");
    // The two that begin to work when they are loaded.
    const started = ["scripts/run.mjs", "scripts/bench.ts"];
    const files = [...ran.keys()].filter((file) => !started.includes(file));
    writeFileSync(list, JSON.stringify(files.map((file) => path.join(root, file))));
    const loader = path.join(root, "tests/support/load-all.mjs");
    const loaded = await coverageOf(path.join(dir, "loaded"), [loader, list]);
    const entered = [...ran].flatMap(([file, calls]) => {
      const idle = loaded.get(file);
      return [...calls].some(([name, count]) => count > (idle?.get(name) ?? 0)) ? [file] : [];
    });
    const leadsOn = (file: string) =>
      !commons.includes(file) &&
      importsOf(file).some((to) => entered.includes(to) && !commons.includes(to));
    return {
      path: entered.filter(leadsOn).sort(),
      leaves: entered.filter((file) => !leadsOn(file)).sort(),
    };
  } finally {
    await endpoint.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The files of ours that a file imports for more than their types, at once or later. */
function importsOf(file: string): string[] {
  // The launcher loads the script that is named to it.
  if (file === "scripts/run.mjs") return ["scripts/bench.ts"];
  const text = readFileSync(path.join(root, file), "utf8");
  const targets = text.matchAll(/(?:^import (?!type\b)[^;]*?from |\bimport\()"(\.[^"]+)"/gm);
  return [...targets].map(([, to = ""]) => path.join(path.dirname(file), to));
}

async function coverageOf(dir: string, args: readonly string[]): Promise<Calls> {
  const env = { ...process.env, NODE_V8_COVERAGE: dir };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "ignore" });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  const found = new Map<string, Map<string, number>>();
  for (const name of readdirSync(dir)) {
    const { result } = JSON.parse(readFileSync(path.join(dir, name), "utf8"));
    for (const { url, functions } of result) {
      const file = url.startsWith("file://")
        ? path.relative(root, decodeURIComponent(new URL(url).pathname))
        : "";
      if (!/^(harness|domains|scripts)\//.test(file)) continue;
      const calls = found.get(file) ?? new Map<string, number>();
      found.set(file, calls);
      for (const { functionName, ranges } of functions) {
        const { startOffset, count } = ranges[0];
        // The file itself, and what the compiler adds to it, are no functions of ours.
        if (startOffset === 0 || functionName === "__name") continue;
        const place = `${functionName}@${startOffset}`;
        calls.set(place, (calls.get(place) ?? 0) + count);
      }
    }
  }
  return found;
}
