import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { wtq } from "../../domains/wtq/domain.ts";
import type { Row } from "../../harness/contracts/index.ts";
import { openEndpoint } from "../../harness/models/openai/model.ts";
import { embeddedSandboxes } from "../../harness/sandboxes/embedded.ts";
import { openStore } from "../../harness/store/store.ts";
import { rolloutMaker } from "../../harness/study/rollout.ts";
import { StudyRunner } from "../../harness/study/runner.ts";
import { systemClock } from "../../scripts/lib/main.ts";
import { domainDataDir } from "../../scripts/lib/places.ts";
import { report } from "./measured.ts";
import { startLoopback } from "./start-loopback.ts";

/**
 * Episodes of WikiTableQuestions from runner to store, with endpoint, sandbox, grader and transcripts,
 * from a cold start.
 */
const latencyMs = 50;
const count = 200;
const workers = 128;
const limits = { turns: 10, observationChars: 6000, malformed: 3 };

const dir = mkdtempSync(path.join(os.tmpdir(), "t2s-episodes-"));
const endpoint = await startLoopback(latencyMs);
const sandboxes = embeddedSandboxes();
try {
  const dataset = await wtq.open(domainDataDir(undefined, wtq));
  const options = { render: "csv" };
  const tasks = (await dataset.load("training", options)).slice(0, count / 2);
  const config = { provider: "openai", name: "test-model", baseURL: endpoint.url } as const;
  const model = openEndpoint({ ...config, id: "m", concurrency: workers }, { clock: systemClock });
  const setting = { domain: wtq, options, model, limits, sandboxes, clock: systemClock };
  const unitOf = rolloutMaker(setting);
  const store = openStore(path.join(dir, "store"), "writer");
  const runner = new StudyRunner({
    ...{ store, clock: systemClock, concurrency: workers },
    controller: new AbortController(),
  });
  const units = [1, 2].flatMap((seed) => tasks.map((task) => unitOf(task, undefined, seed)));

  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const rows: Row[] = [];
  const jobs = units.map((unit) => ({ unit }));
  await runner.runAll(jobs, (row) => rows.push(row));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  for (const row of rows) {
    if (row.grade?.kind !== "graded" || row.spent.calls !== 3)
      throw new Error(`an episode ended otherwise: ${JSON.stringify(row)}`);
  }
  const peak = await endpoint.peakInFlight();
  report({
    what: `${units.length} three-call episodes at ${latencyMs} ms, ${workers} workers, with sandbox and store`,
    target: "< 2.5 s",
    measured: `${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU)`,
    ok: seconds < 2.5,
  });
  report({
    what: "most calls in flight at once",
    target: ">= 100",
    measured: `${peak} (as the endpoint counted)`,
    ok: peak >= 100,
  });
  await store.close();
} finally {
  await sandboxes.close();
  endpoint.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit();
