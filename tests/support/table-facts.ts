import type { ArmFacts, TableInput } from "../../harness/report/table-input.ts";
import type { Observation } from "../../harness/stats/observations.ts";

/**
 * Episodes from texts, one a seed: character t is task `tT` in group `gG` with two tasks to a group;
 * `1` passed, `0` failed, `?` ungraded.
 */
export function episodes(bySeed: Readonly<Record<number, string>>): Observation[] {
  return Object.entries(bySeed).flatMap(([seed, marks]) =>
    [...marks].map((mark, t) => ({
      task: `t${t}`,
      group: `g${Math.floor(t / 2)}`,
      seed: Number(seed),
      score: mark === "?" ? undefined : Number(mark),
    })),
  );
}

/** An arm of the small study below, of the user `small` on `test`. */
export function armOf(
  condition: string,
  observations: Observation[],
  over: Partial<ArmFacts> = {},
): ArmFacts {
  return {
    condition,
    mode: null,
    author: null,
    user: "small",
    split: "test",
    metric: "accuracy",
    observations,
    baseline: null,
    ...over,
  };
}

/**
 * A study of twelve tasks in six groups with two seeds, out of order: one arm that gains, one whose
 * coverage is too far from its baseline's, and the baseline.
 */
export function smallStudy(over: Partial<TableInput> = {}): TableInput {
  const baseline = { condition: "no-skill", author: null };
  const spent = { calls: 60, inputTokens: 9000, outputTokens: 700, unmetered: 0, costUsd: null };
  const placebo = episodes({ 41: "1001000100??", 42: "100100010001" });
  const created = episodes({ 41: "101101110111", 42: "11110111011?" });
  const plain = episodes({ 41: "1001000100?1", 42: "100100010001" });
  return {
    study: "toy",
    data: { name: "Toy 1.0", real: false, digest: "d1gest" },
    models: [
      { name: "small", label: "builtin (rule-based, not a language model)" },
      { name: "large", label: "builtin (rule-based, not a language model)" },
    ],
    conditions: ["no-skill", "placebo", "creation+error"],
    splits: ["test"],
    seeds: [41, 42],
    seed: 7,
    arms: [
      armOf("creation+error", created, { mode: "creation", author: "large", baseline, spent }),
      armOf("placebo", placebo, { baseline }),
      armOf("no-skill", plain),
    ],
    ...over,
  };
}
