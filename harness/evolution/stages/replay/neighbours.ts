import { bm25 } from "./bm25.ts";

/**
 * Ranks texts, given by id, by how near they are to one another in words (BM25).
 *
 * @returns from an id and candidates the nearest of these, nearest first, equal ones by id. A text is no
 * neighbour of its own; one that shares no word with it is the farthest.
 */
export function neighbourhood(
  texts: ReadonlyMap<string, string>,
): (id: string, candidates: readonly string[], count: number) => string[] {
  const ids = [...texts.keys()];
  const scores = bm25([...texts.values()]);
  return (id, candidates, count) => {
    const found = scores(texts.get(id) ?? "");
    const nearness = new Map(ids.map((one, i) => [one, found[i] ?? 0] as const));
    const near = (one: string) => nearness.get(one) ?? 0;
    return candidates
      .filter((candidate) => candidate !== id)
      .sort((a, b) => near(b) - near(a) || (a < b ? -1 : 1))
      .slice(0, count);
  };
}
