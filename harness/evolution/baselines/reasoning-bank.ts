import type { Skill, Task } from "../../contracts/index.ts";
import {
  type EvolutionDeps,
  type LearningRequest,
  type Rollout,
  rollout,
  roundContext,
} from "../evolution.ts";
import { type SidedRollout, sidesFor } from "../sides.ts";
import { bestOf, bm25 } from "../stages/replay/bm25.ts";
import { readTrajectory } from "../trajectory.ts";
import { runUnit } from "../unit.ts";
import { assertBankAccount, type BankAccount, bankAccountOf } from "./bank-account.ts";
import { type BankItem, memorySkill } from "./bank-item.ts";
import { cosine, type Embedder, embedAll } from "./embedding.ts";
import { extractUnit } from "./extract-memories.ts";

/** What to build a bank from: of an evolution's request, what has to do with trajectories. */
export interface BankRequest extends LearningRequest {
  /** Tasks that will be asked for. With an embedder their queries are embedded when the bank is built. */
  readonly asked?: readonly Task[];
}

export interface BankDeps extends EvolutionDeps {
  /** @default BM25 */
  readonly embedder?: Embedder;
}

/** A bank of memory items, and what an agent is given of it. */
export interface ReasoningBank {
  readonly bank: readonly BankItem[];
  /** The item that is nearest to a task; undefined where the bank is empty. */
  itemFor(task: Task): BankItem | undefined;
  /**
   * That item as a skill called `memory`, valid by the Agent Skills rules; S0 where the bank is empty.
   *
   * @throws with an embedder, for a task that `asked` did not name: its query has no vector.
   */
  skillFor(task: Task): Skill;
  readonly account: BankAccount;
}

/**
 * The retrieval baseline (paper, section 4.2, after ReasoningBank, arXiv:2509.25140): up to three
 * memory items of every trajectory by one call; at inference the item that is nearest to the task.
 *
 * An item is found by its query, title and description: by BM25, or by the cosine of embeddings where
 * there is an embedder; of equals the first. S0 only makes the trajectories.
 *
 * @throws when the account does not add up, which is our bug.
 */
export async function reasoningBank(request: BankRequest, deps: BankDeps): Promise<ReasoningBank> {
  const { domain, options, parent, asked = [] } = request;
  const queryOf = (task: Task) => domain.prompt(task, options);
  const context = roundContext(request, deps);
  const rollouts = await rollout(context);
  const extracted = await Promise.all(
    inTaskOrder(rollouts, request).map(async ({ task, row, side }, i) => {
      const trajectory = await readTrajectory(task, row, deps.runner);
      const unit = extractUnit(trajectory, side, context.by("memory-extract"));
      const { row: stored, result: extraction } = await runUnit(deps.runner, unit);
      const origin = { query: queryOf(task), task: task.id, row: row.key, side };
      const items = extraction.items.map(
        (item, k): BankItem => ({ ...item, id: `k${i + 1}.${k + 1}`, ...origin }),
      );
      return { row: stored, extraction, items, redactions: trajectory.redactions };
    }),
  );
  const bank = extracted.flatMap(({ items }) => items);
  const documents = bank.map(({ query, title, description }) =>
    [query, title, description].join("\n"),
  );
  const { scoresFor, embeds } = await similarityTo(documents, asked.map(queryOf), deps);
  const account = bankAccountOf({
    rollouts,
    extracted,
    embeds,
    retrieval: deps.embedder === undefined ? "bm25" : "embedding",
  });
  assertBankAccount(account, bank.length);
  const itemFor = (task: Task) =>
    bank.length === 0 ? undefined : bank[bestOf(scoresFor(queryOf(task)))];
  return {
    bank,
    itemFor,
    skillFor(task) {
      const item = itemFor(task);
      return item === undefined ? parent : memorySkill(item);
    },
    account,
  };
}

/** The rollouts that are asked for, failed and passed ones as their tasks stand. */
function inTaskOrder(
  rollouts: readonly Rollout[],
  { analysts }: BankRequest,
): readonly SidedRollout[] {
  const sided = sidesFor(rollouts, analysts);
  return rollouts.flatMap(({ task }) => sided.filter((one) => one.task === task));
}

/** How near a query is to each document. @param asked queries that will be asked for. */
async function similarityTo(
  documents: readonly string[],
  asked: readonly string[],
  deps: BankDeps,
) {
  const { embedder } = deps;
  if (embedder === undefined) return { scoresFor: bm25(documents), embeds: [] };
  // Items and queries are embedded apart, so that more tasks change no unit of the items.
  const items = await embedAll(documents, embedder, deps);
  const queries = await embedAll([...new Set(asked)], embedder, deps);
  const vectors = new Map(
    [...new Set(asked)].map((query, i) => [query, queries.vectors[i] ?? []] as const),
  );
  return {
    embeds: [...items.rows, ...queries.rows],
    scoresFor(query: string) {
      const vector = vectors.get(query);
      if (vector === undefined)
        throw new Error(`no vector for the query ${JSON.stringify(query.slice(0, 80))}`);
      return items.vectors.map((item) => cosine(vector, item));
    },
  };
}
