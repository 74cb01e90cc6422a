import { bm25 } from "./bm25.ts";

/**
 * Ranks texts by how near they are to one another in words (BM25).
 *
 * @param texts by id.
 * @returns a function from an id and some candidates to the nearest of these, nearest first; equally
 * near ones in the order of their ids. A text is no neighbour of its own, and one that shares no
 * word with it is the farthest neighbour, but still one.
 */
export function neighbourhood(
  texts: ReadonlyMap<string, string>,
): (id: string, candidates: readonly string[], count: number) => string[] {
  const ids = [...texts.keys()];
  const scores = bm25([...texts.values()]);
  return (id, candidates, count) => {
    const found = scores(texts.get(id) ?? "");
    const nearness = new Map(ids.map((one, i) => [one, found[i] ?? 0] as const));
    return candidates
      .filter((candidate) => candidate !== id)
      .map((candidate) => ({ candidate, near: nearness.get(candidate) ?? 0 }))
      .sort((a, b) => b.near - a.near || (a.candidate < b.candidate ? -1 : 1))
      .slice(0, count)
      .map(({ candidate }) => candidate);
  };
}
