import type { Row, Spent } from "../../contracts/index.ts";
import type { Rollout } from "../evolution.ts";
import { type Account, assertSums, type ReasonCounts, sumOfCounts } from "../record/account.ts";
import { countBy, replyCounts, spentOn, trajectoryCounts } from "../record/counting.ts";
import type { Extraction } from "./extract-memories.ts";

/** What became of everything on the way from trajectories to a bank; `assertBankAccount` holds it together. */
export interface BankAccount {
  readonly trajectories: Account["trajectories"];
  readonly extractions: {
    /** Of the side that the analysts setting leaves out. */
    readonly notAsked: number;
    readonly asked: number;
    readonly withItems: number;
    readonly without: ReasonCounts;
  };
  readonly items: {
    readonly proposed: number;
    readonly withheld: ReasonCounts;
    readonly kept: number;
  };
  /** How an item is found again. */
  readonly retrieval: "bm25" | "embedding";
  readonly replies: Account["replies"];
  /** Secrets taken out of trajectories. */
  readonly redactions: number;
  readonly spent: Readonly<Record<string, Spent>>;
}

/** ReasonCounts what happened. */
export function bankAccountOf(happened: {
  readonly rollouts: readonly Rollout[];
  readonly extractions: readonly { readonly row: Row; readonly extraction: Extraction }[];
  readonly embeds: readonly Row[];
  readonly retrieval: BankAccount["retrieval"];
  readonly redactions: number;
}): BankAccount {
  const { rollouts, embeds, retrieval, redactions } = happened;
  const extractions = happened.extractions.map(({ extraction }) => extraction);
  const trajectories = trajectoryCounts(rollouts);
  const withheld = extractions.flatMap((one) => one.withheld);
  const kept = extractions.reduce((total, { items }) => total + items.length, 0);
  return {
    trajectories,
    extractions: {
      notAsked: trajectories.total - trajectories.errored - extractions.length,
      asked: extractions.length,
      withItems: extractions.filter(({ end }) => end === "items").length,
      without: countBy(
        extractions.filter(({ end }) => end !== "items"),
        ({ end }) => end,
      ),
    },
    items: {
      proposed: kept + withheld.length,
      withheld: countBy(withheld, ({ reason }) => reason),
      kept,
    },
    retrieval,
    replies: { extract: replyCounts(extractions) },
    redactions,
    spent: {
      rollout: spentOn(rollouts.map(({ row }) => row)),
      extract: spentOn(happened.extractions.map(({ row }) => row)),
      embed: spentOn(embeds),
    },
  };
}

/**
 * @param bank how many items the bank has.
 * @throws when two levels of an account do not add up: something was lost silently.
 */
export function assertBankAccount(account: BankAccount, bank: number): void {
  const { trajectories, extractions, items } = account;
  const { failures, successes, errored } = trajectories;
  assertSums([
    ["trajectories", trajectories.total, failures + successes + errored],
    ["extractions", failures + successes, extractions.notAsked + extractions.asked],
    ["with items", extractions.asked, extractions.withItems + sumOfCounts(extractions.without)],
    ["items", items.proposed, items.kept + sumOfCounts(items.withheld)],
    ["bank", bank, items.kept],
  ]);
}
