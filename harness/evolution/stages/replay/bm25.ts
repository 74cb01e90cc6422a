/** How soon more of a word stops counting, and how much the length of a document does (Robertson and Zaragoza 2009). */
const SATURATION = 1.2;
const LENGTH = 0.75;

/**
 * Okapi BM25 over a fixed set of documents, its inverse document frequency never below 0. Words are runs
 * of letters and digits. @returns the scores of all documents for a query, in their order.
 */
export function bm25(documents: readonly string[]): (query: string) => readonly number[] {
  const counts = documents.map((text) => countsOf(wordsOf(text)));
  const lengths = counts.map((words) => [...words.values()].reduce((a, b) => a + b, 0));
  const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length);
  const holding = new Map<string, number>();
  for (const words of counts)
    for (const word of words.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  const rarity = (word: string) => {
    const found = holding.get(word) ?? 0;
    return Math.log(1 + (documents.length - found + 0.5) / (found + 0.5));
  };
  return (query) => {
    const asked = [...new Set(wordsOf(query))];
    return counts.map((words, i) => {
      const norm = SATURATION * (1 - LENGTH + (LENGTH * (lengths[i] ?? 0)) / Math.max(1, mean));
      return asked.reduce((score, word) => {
        const times = words.get(word) ?? 0;
        return times === 0
          ? score
          : score + (rarity(word) * times * (SATURATION + 1)) / (times + norm);
      }, 0);
    });
  };
}

/** The index of the greatest score, the first of equals; -1 where there is none. */
export function bestOf(scores: readonly number[]): number {
  return scores.indexOf(Math.max(...scores));
}

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

function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
