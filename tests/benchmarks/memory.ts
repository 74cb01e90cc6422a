import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { report } from "./measured.ts";
import { wholeProcess } from "./whole-process.ts";

/**
 * Memory of a study of about 20,000 episodes of the rule-based agent, with nothing evolved.
 *
 * Flat means that the last quarter of the run takes hardly more than the second.
 */
const dir = mkdtempSync(path.join(os.tmpdir(), "t2s-memory-"));
const tasks = 60;
const conditions = ["no-skill", "human-written", "placebo"];
const seeds = Array.from({ length: 56 }, (_, i) => i + 1);
const study = {
  study: "memory",
  domain: "wtq",
  models: {
    small: { provider: "builtin", name: "small" },
    large: { provider: "builtin", name: "large" },
  },
  splits: { test: { from: "pristine-unseen", take: tasks } },
  conditions,
  authors: ["small"],
  users: ["small", "large"],
  seeds,
};
try {
  const config = path.join(dir, "memory.yaml");
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(study));
  const places = ["--store", path.join(dir, "store"), "--out", path.join(dir, "out")];
  const ran = await wholeProcess(process.execPath, [
    ...["scripts/run.mjs", "bench", config],
    ...places,
  ]);
  const { memory, seconds } = ran;
  const episodes = tasks * conditions.length * study.users.length * seeds.length;
  const quarter = Math.floor(memory.length / 4);
  const peak = Math.max(...memory);
  const growth =
    Math.max(...memory.slice(-quarter)) - Math.max(...memory.slice(quarter, 2 * quarter));
  report({
    what: `${episodes} episodes of the rule-based agent: peak memory`,
    target: "< 300 MB",
    measured: `${peak.toFixed(0)} MB`,
    ok: peak < 300,
  });
  report({
    what: "growth from the second to the last quarter",
    target: "< 30 MB",
    measured: `${growth.toFixed(0)} MB`,
    ok: growth < 30,
  });
  report({
    what: "rate",
    target: "",
    measured: `${(episodes / seconds).toFixed(0)} episodes/s`,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
