import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { report } from "./measured.ts";
import { fastestOf, wholeProcess } from "./whole-process.ts";

/** How long a person waits for a command that has nothing to compute, npm included. */
const dir = mkdtempSync(path.join(os.tmpdir(), "t2s-start-up-"));
const help = await fastestOf(3, () => wholeProcess("npm", ["run", "bench", "--", "--help"]));
report({
  what: "npm run bench -- --help",
  target: "< 0.7 s",
  measured: `${help.toFixed(2)} s`,
  ok: help < 0.7,
});

const tasks = 20;
const study = ["scripts/run.mjs", "bench", "configs/wtq.yaml", "--limit", String(tasks)];
const places = ["--store", path.join(dir, "store"), "--out", path.join(dir, "out")];
const run = () => wholeProcess(process.execPath, [...study, ...places]);
try {
  const first = await run();
  report({
    what: `configs/wtq.yaml, ${tasks} tasks a split, first time`,
    target: "",
    measured: `${first.seconds.toFixed(1)} s`,
  });
  const again = await fastestOf(3, run);
  report({
    what: "the same finished study printed again",
    target: "< 1.5 s",
    measured: `${again.toFixed(2)} s`,
    ok: again < 1.5,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
