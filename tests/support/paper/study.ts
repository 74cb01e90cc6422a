import type { ArmFacts, TableInput } from "../../../harness/report/table-input.ts";
import { seededRng } from "../../../harness/rng.ts";
import type { Observation } from "../../../harness/stats/observations.ts";
import { armOf, smallStudy } from "../table-facts.ts";

const seeds = [41, 42];

/** Episodes of 20 tasks in 10 groups with two seeds, of which about this share passes. */
export function tried(share: number, name: string): Observation[] {
  const rng = seededRng(name);
  return seeds.flatMap((seed) =>
    Array.from({ length: 20 }, (_, t) => ({
      task: `t${t}`,
      group: `g${Math.floor(t / 2)}`,
      seed,
      score: rng.next() < share ? 1 : 0,
    })),
  );
}

const columns = ["sheets", "shares", "tables"];
const drafted = { condition: "parametric", author: "large" };

/** Arms of a condition by `large` for both users on all columns. */
function arms(condition: string, share: number, over: Partial<ArmFacts>): ArmFacts[] {
  return ["small", "large"].flatMap((user) =>
    columns.map((split) =>
      armOf(condition, tried(share, `${condition} ${user} ${split}`), {
        ...{ user, split, author: "large" },
        ...over,
      }),
    ),
  );
}

/** A study of the small table of the paper: drafts and `+error` by `large`, and no skill. */
export function paperStudy(over: Partial<TableInput> = {}): TableInput {
  return smallStudy({
    conditions: ["no-skill", "parametric", "creation+error"],
    splits: columns,
    asked: columns.map((split) => ({
      ...{ split, domain: split === "tables" ? "questions" : "workbooks", grader: "g/1" },
      ...{ from: "held-out", options: {} },
    })),
    arms: [
      ...arms("no-skill", 0.4, { author: null }),
      ...arms("parametric", 0.4, { baseline: { condition: "no-skill", author: null } }),
      ...arms("creation+error", 0.6, { mode: "creation", baseline: drafted }),
    ],
    ...over,
  });
}
