import type { ArmFacts, Making, TableInput } from "../../harness/report/table-input.ts";
import { armOf, episodes, smallStudy } from "./table-facts.ts";

/** The same marks with both seeds of the small study. */
export const bothSeeds = (marks: string) => episodes({ 41: marks, 42: marks });

const parent = { condition: "parametric", author: "small" };
const spent = { calls: 100, inputTokens: 9000, outputTokens: 1000, unmetered: 0, costUsd: 2 };
export const makings: Readonly<Record<string, Making>> = {
  faithful: { skills: 1, rollouts: 48, spent },
  // Two skills, one a seed, by a model without a price.
  "+ledger": { skills: 2, rollouts: 90, spent: { ...spent, costUsd: null } },
  "+gate": { skills: 1, rollouts: 50, spent },
};

/** An arm of `creation+error` by `small` on this rung. */
export function rungOf(
  rung: string,
  observations: ArmFacts["observations"],
  over: Partial<ArmFacts> = {},
) {
  const making = makings[rung];
  return armOf(`creation+error @ ${rung}`, [...observations], {
    mode: "creation",
    author: "small",
    baseline: parent,
    variant: { of: "creation+error", name: rung },
    ...(making === undefined ? {} : { making }),
    ...over,
  });
}

/**
 * An ablation of three rungs by one author with two users, on twelve tasks with two seeds.
 *
 * For `small`, faithful repairs two tasks and breaks one; +ledger repairs three and breaks one with one of
 * the seeds; +gate kept the parent. For `large`, faithful gains over the parent and stays below no skill.
 * Faithful learnt from twelve tasks of evolve, +ledger from six.
 */
export function smallLadder(over: Partial<TableInput> = {}): TableInput {
  const plain = (condition: string, marks: string, more: Partial<ArmFacts>) =>
    armOf(condition, bothSeeds(marks), more);
  const large = { user: "large" };
  const train = { split: "evolve", train: true } as const;
  const drafted = { author: "small" };
  return smallStudy({
    conditions: [
      "no-skill",
      "parametric",
      ...["faithful", "+ledger", "+gate"].map((rung) => `creation+error @ ${rung}`),
    ],
    splits: ["test", "evolve"],
    arms: [
      plain("no-skill", "100100000000", {}),
      plain("no-skill", "110000000000", large),
      plain("parametric", "100100100100", drafted),
      plain("parametric", "000000000000", { ...drafted, ...large }),
      rungOf("faithful", bothSeeds("111100100000")),
      rungOf("+ledger", episodes({ 41: "111110100100", 42: "111010100100" })),
      rungOf("+gate", bothSeeds("100100100100")),
      rungOf("faithful", bothSeeds("100000000000"), large),
      rungOf("+ledger", bothSeeds("111100000000"), large),
      rungOf("+gate", bothSeeds("000000000000"), large),
      plain("parametric", "000000000000", { ...drafted, ...train }),
      plain("parametric", "000000000000", { ...drafted, ...train, ...large }),
      rungOf("faithful", bothSeeds("111111000000"), train),
      rungOf("faithful", bothSeeds("110000000000"), { ...train, ...large }),
      rungOf("+ledger", bothSeeds("111000"), train),
      rungOf("+ledger", bothSeeds("110000"), { ...train, ...large }),
      rungOf("+gate", bothSeeds("0000"), train),
      rungOf("+gate", bothSeeds("0000"), { ...train, ...large }),
    ],
    ...over,
  });
}
