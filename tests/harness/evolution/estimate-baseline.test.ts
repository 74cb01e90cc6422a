import { expect, test } from "vitest";
import { oneShot } from "../../../harness/evolution/baselines/one-shot.ts";
import { reasoningBank } from "../../../harness/evolution/baselines/reasoning-bank.ts";
import { sequential } from "../../../harness/evolution/baselines/sequential.ts";
import { type BaselineKind, estimateBaseline } from "../../../harness/evolution/estimate.ts";
import { settingOf } from "./baselines/setting.ts";

/** A model that needs a repair wherever there is one. */
const parts = { "one-shot": () => "", propose: () => "", "memory-extract": () => "" };

test.each<[BaselineKind]>([
  [{ kind: "one-shot" }],
  [{ kind: "sequential", batch: 1 }],
  [{ kind: "sequential", batch: 4 }],
  [{ kind: "reasoning-bank" }],
])("%j costs no more than its estimate, in every stage", async (baseline) => {
  const { author, runner, request, deps } = settingOf(parts);
  if (baseline.kind === "one-shot") await oneShot(request, deps);
  else if (baseline.kind === "sequential")
    await sequential({ ...request, batch: baseline.batch }, deps);
  else await reasoningBank(request, deps);
  const bound = estimateBaseline(baseline, { ...request, tasks: 12, agentTurns: 2 });
  const known = new Map(bound.map((one) => [one.stage as string, one]));
  for (const stage of new Set(runner.ran))
    expect(runner.ran.filter((ran) => ran === stage).length, stage).toBeLessThanOrEqual(
      known.get(stage)?.units ?? 0,
    );
  const calls = bound
    .filter(({ stage }) => stage !== "rollout")
    .reduce((sum, one) => sum + one.calls, 0);
  expect(author.asked.length).toBeGreaterThan(0);
  expect(author.asked.length).toBeLessThanOrEqual(calls);
});

test("a draft counts where there is one", () => {
  const { request } = settingOf(parts);
  const sized = { ...request, tasks: 12, agentTurns: 2 };
  const draft = (mode: "creation" | "deepening") =>
    estimateBaseline({ kind: "one-shot" }, { ...sized, mode }).find(
      ({ stage }) => stage === "draft",
    );
  expect([draft("creation")?.units, draft("deepening")?.units]).toEqual([1, 0]);
});
