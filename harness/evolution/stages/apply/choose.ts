import type { Row } from "../../../contracts/index.ts";
import type { RoundContext } from "../../evolution.ts";
import type { MergedCandidate } from "./apply.ts";

/** The candidate that became the skill, and the others. */
export interface MergeChoice {
  readonly chosen: MergedCandidate;
  readonly candidates: readonly MergedCandidate[];
  /** Episodes that chose among them; none where they are all the same skill. */
  readonly rows: readonly Row[];
}

/** Chooses the skill that does best on the select split, otherwise on the evolve split; of equals the first. */
export async function chooseCandidate(
  candidates: readonly MergedCandidate[],
  { selectTasks, tasks, seed, deps }: RoundContext,
): Promise<MergeChoice> {
  const [first] = candidates;
  if (first === undefined) throw new Error("an evolution makes at least one merge");
  const skills = new Map(
    candidates.map(({ result }) => [result.applied.skill.digest, result.applied.skill] as const),
  );
  if (skills.size === 1) return { chosen: first, candidates, rows: [] };
  const tried = await Promise.all(
    [...skills].map(async ([digest, skill]) => {
      const rows = await Promise.all(
        (selectTasks ?? tasks).map((task) => deps.rollout(task, skill, seed)),
      );
      return { digest, rows, mean: meanScore(rows) };
    }),
  );
  const best = bestTried(tried);
  const chosen = candidates.find(({ result }) => result.applied.skill.digest === best.digest);
  return { chosen: chosen ?? first, candidates, rows: tried.flatMap(({ rows }) => rows) };
}

/** The one that did best, the first of those that did alike; without a graded row it did worse than any. */
export function bestTried<Tried extends { readonly mean: number | null }>(
  tried: readonly Tried[],
): Tried {
  return tried.reduce((a, b) => ((b.mean ?? -1) > (a.mean ?? -1) ? b : a));
}

/** Mean over graded rows; null where none is graded. */
export function meanScore(rows: readonly Row[]): number | null {
  const scores = rows.flatMap(({ grade }) => (grade?.kind === "graded" ? [grade.score] : []));
  return scores.length === 0 ? null : scores.reduce((a, b) => a + b, 0) / scores.length;
}
