#!/usr/bin/env node
// Starts a script of this folder: `node scripts/run.mjs bench configs/wtq.yaml`.
// Plain JavaScript, because it runs before anything is installed: it installs from the lock file
// when node_modules is absent or does not match, says so, and then loads the real script through tsx.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [name = "", ...rest] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Node ${process.versions.node} is too old. Install Node 20.19 or newer (https://nodejs.org).`,
  );
}
installIfNeeded();
if (name === "test") {
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const ran = spawnSync(process.execPath, [vitest, "run", ...rest], {
    cwd: root,
    stdio: "inherit",
  });
  process.exit(ran.status ?? 1);
}
// Benchmarks use the tests' loopback endpoint, so they live beside it.
const script = path.join(
  root,
  name === "bench-speed" ? "tests/benchmarks/bench-speed.ts" : `scripts/${name}.ts`,
);
if (!/^[a-z-]+$/.test(name) || !existsSync(script)) {
  fail(`There is no script "${name}". See package.json for the commands.`);
}
process.argv.splice(1, process.argv.length - 1, script, ...rest);
// While memory seems plenty V8 lets old garbage pile up; a long run would take twice what it needs.
setFlagsFromString("--heap-growing-percent=50");
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(script).href);

/** Installs what the lock file says, unless node_modules already holds it. */
function installIfNeeded() {
  if (isInstalled()) return;
  const lock = path.join(root, ".installing");
  waitFor(lock);
  if (isInstalled()) return;
  mkdirSync(lock, { recursive: true });
  try {
    console.error("Installing the dependencies from package-lock.json (once, about a minute) ...");
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    // npm's own words go to standard error, so that `--json` keeps standard output to itself.
    const ran = spawnSync(npm, args, {
      cwd: root,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    if (ran.status !== 0) {
      fail(
        "npm ci failed (its message is above). Check the network and the disk, then run the same command again.",
      );
    }
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** True when every package of the lock file is there in the version it names. */
function isInstalled() {
  const have = readPackages("node_modules/.package-lock.json");
  const want = readPackages("package-lock.json");
  if (have === undefined || want === undefined) return false;
  return Object.entries(want).every(
    ([place, { version, optional }]) =>
      place === "" || optional === true || have[place]?.version === version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Waits while another process installs; a lock older than ten minutes was left by a killed one. */
function waitFor(lock) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (existsSync(lock)) {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 600_000) rmSync(lock, { recursive: true, force: true });
    Atomics.wait(pause, 0, 0, 500);
  }
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
