import type { Row } from "../../contracts/index.ts";
import type { Rollout } from "../evolution.ts";
import {
  type Account,
  assertSums,
  type Counts,
  type ReasonCounts,
  sumOfCounts,
} from "../record/account.ts";
import { countWords, replyCounts, spentByStage, trajectoryCounts } from "../record/counting.ts";
import type { Extraction } from "./extract-memories.ts";

/** What became of everything on the way from trajectories to a bank; `assertBankAccount` holds it together. */
export interface BankAccount
  extends Pick<Account, "trajectories" | "replies" | "redactions" | "spent"> {
  /** `notAsked`: of the side that the analysts setting leaves out; `without` items, by why. */
  readonly extractions: Counts<"notAsked" | "asked" | "withItems"> & {
    readonly without: ReasonCounts;
  };
  readonly items: Counts<"proposed" | "kept"> & { readonly withheld: ReasonCounts };
  /** How an item is found again. */
  readonly retrieval: "bm25" | "embedding";
}

/** Counts what happened. */
export function bankAccountOf(happened: {
  readonly rollouts: readonly Rollout[];
  readonly extracted: readonly {
    readonly row: Row;
    readonly extraction: Extraction;
    readonly redactions: number;
  }[];
  readonly embeds: readonly Row[];
  readonly retrieval: BankAccount["retrieval"];
}): BankAccount {
  const { rollouts, extracted, embeds, retrieval } = happened;
  const extractions = extracted.map(({ extraction }) => extraction);
  const trajectories = trajectoryCounts(rollouts);
  const withheld = extractions.flatMap((one) => one.withheld.map(({ reason }) => reason));
  const kept = extractions.flatMap(({ items }) => items).length;
  const without = extractions.flatMap(({ end }) => (end === "items" ? [] : [end]));
  return {
    trajectories,
    extractions: {
      notAsked: trajectories.total - trajectories.errored - extractions.length,
      asked: extractions.length,
      withItems: extractions.length - without.length,
      without: countWords(without),
    },
    items: { proposed: kept + withheld.length, withheld: countWords(withheld), kept },
    retrieval,
    replies: { extract: replyCounts(extractions) },
    redactions: extracted.reduce((total, one) => total + one.redactions, 0),
    spent: spentByStage({
      rollout: rollouts.map(({ row }) => row),
      extract: extracted.map(({ row }) => row),
      embed: embeds,
    }),
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
