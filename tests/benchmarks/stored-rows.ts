import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sha256 } from "../../harness/canonical.ts";
import type { Row } from "../../harness/contracts/index.ts";
import { buildTable } from "../../harness/report/table.ts";
import type { TableInput } from "../../harness/report/table-input.ts";
import { renderTable } from "../../harness/report/table-text.ts";
import { journalLine } from "../../harness/store/journal.ts";
import { openStore } from "../../harness/store/store.ts";
import { report } from "./measured.ts";

/** Finding 50,000 stored rows again by key, and making the table of them. */
const conditions = ["no-skill", "human-written", "placebo", "parametric", "creation+error"];
const users = ["small", "large"];
const seeds = [1, 2, 3, 4, 5];
const tasks = Array.from({ length: 1000 }, (_, i) => `nu-${i}`);

const dir = mkdtempSync(path.join(os.tmpdir(), "t2s-rows-"));
try {
  mkdirSync(path.join(dir, "rollout"));
  writeFileSync(path.join(dir, "rollout", "writer.jsonl"), episodes().map(lineOf).join(""));
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const store = openStore(dir, "reader");
  const arms = conditions.flatMap((condition) =>
    users.map((user) => ({
      ...{ condition, mode: null, author: null, user, split: "test", metric: "accuracy" },
      baseline: condition === "no-skill" ? null : { condition: "no-skill", author: null },
      observations: tasks.flatMap((task, i) =>
        seeds.map((seed) => {
          const row = store.get("rollout", keyOf({ condition, user, task, seed }));
          if (row?.grade?.kind !== "graded") throw new Error("a row is lost");
          return { task, group: `table-${i >> 1}`, seed, score: row.grade.score };
        }),
      ),
    })),
  );
  const input: TableInput = {
    study: "rows",
    data: { name: "none", real: false, digest: "0" },
    models: users.map((name) => ({ name, label: name })),
    ...{ conditions, splits: ["test"], seeds, seed: 1, arms },
  };
  renderTable(buildTable(input), "terminal");
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await store.close();
  report({
    what: `${episodes().length} stored rows: scan, look up, table`,
    target: "< 2 s",
    measured: `${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU)`,
    ok: seconds < 2,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}

interface EpisodeName {
  readonly condition: string;
  readonly user: string;
  readonly task: string;
  readonly seed: number;
}

function episodes(): EpisodeName[] {
  return conditions.flatMap((condition) =>
    users.flatMap((user) =>
      tasks.flatMap((task) => seeds.map((seed) => ({ condition, user, task, seed }))),
    ),
  );
}

function keyOf({ condition, user, task, seed }: EpisodeName): string {
  return sha256(`${condition} ${user} ${task} ${seed}`);
}

/** A line as long as those of a real study. */
function lineOf(episode: EpisodeName, n: number): string {
  const { task, user, seed } = episode;
  const passed = n % 3 === 0;
  const row: Row = {
    key: keyOf(episode),
    stage: "rollout",
    at: "2026-01-01T00:00:00.000Z",
    about: { task, model: user, skill: "table-questions@0123456789ab", seed, repeat: 0 },
    result: { outcome: "submitted", turns: 3, evidence: { items: ["an answer"] } },
    grade: { kind: "graded", score: passed ? 1 : 0, passed, because: "every item matches" },
    spent: { calls: 3, inputTokens: 5000, outputTokens: 100, unmetered: 0, retries: [] },
    elapsedMs: 10,
    transcript: {
      digest: keyOf(episode),
      pack: "rollout/writer.pack",
      offset: n * 2600,
      length: 2600,
    },
  };
  return journalLine(row);
}
