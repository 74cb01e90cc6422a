import type { Row, Spent } from "../../contracts/index.ts";
import { countBy } from "../fault.ts";
import { type Account, type Counts, sum } from "../record/account.ts";
import { repliesOf, spentOf, trajectoriesOf } from "../record/counting.ts";
import type { Rollout } from "../stages/analyse/analyse.ts";
import type { Extraction } from "./extract-memories.ts";

/** What became of everything on the way from trajectories to a bank; `assertBankAccount` holds it together. */
export interface BankAccount {
  readonly trajectories: Account["trajectories"];
  readonly extractions: {
    /** Of the side that the analysts setting leaves out. */
    readonly notAsked: number;
    readonly asked: number;
    readonly withItems: number;
    readonly without: Counts;
  };
  readonly items: {
    readonly proposed: number;
    readonly withheld: Counts;
    readonly kept: number;
  };
  /** How an item is found again. */
  readonly retrieval: "bm25" | "embedding";
  readonly replies: Account["replies"];
  /** Secrets taken out of trajectories. */
  readonly redactions: number;
  readonly spent: Readonly<Record<string, Spent>>;
}

/** Counts what happened. */
export function bankAccountOf(happened: {
  readonly rollouts: readonly Rollout[];
  readonly extractions: readonly { readonly row: Row; readonly extraction: Extraction }[];
  readonly embeds: readonly Row[];
  readonly retrieval: BankAccount["retrieval"];
  readonly redactions: number;
}): BankAccount {
  const { rollouts, embeds, retrieval, redactions } = happened;
  const extractions = happened.extractions.map(({ extraction }) => extraction);
  const trajectories = trajectoriesOf(rollouts);
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
    replies: { extract: repliesOf(extractions) },
    redactions,
    spent: {
      rollout: spentOf(rollouts.map(({ row }) => row)),
      extract: spentOf(happened.extractions.map(({ row }) => row)),
      embed: spentOf(embeds),
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
  const rows: readonly (readonly [string, number, number])[] = [
    ["trajectories", trajectories.total, failures + successes + errored],
    ["extractions", failures + successes, extractions.notAsked + extractions.asked],
    ["with items", extractions.asked, extractions.withItems + sum(extractions.without)],
    ["items", items.proposed, items.kept + sum(items.withheld)],
    ["bank", bank, items.kept],
  ];
  const wrong = rows.filter(([, whole, parts]) => whole !== parts);
  if (wrong.length > 0)
    throw new Error(
      `the account does not add up: ${wrong.map(([name, whole, parts]) => `${name} ${whole} against ${parts}`).join(", ")}`,
    );
}
