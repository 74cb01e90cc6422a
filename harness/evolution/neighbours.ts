/** Saturation of a term's count and weight of a document's length (Robertson and Zaragoza, 2009). */
const K1 = 1.2;
const B = 0.75;

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
  const bags = new Map([...texts].map(([id, text]) => [id, bagOf(text)] as const));
  const documents = new Map<string, number>();
  let words = 0;
  for (const bag of bags.values())
    for (const [word, count] of bag) {
      documents.set(word, (documents.get(word) ?? 0) + 1);
      words += count;
    }
  const meanLength = words / Math.max(1, bags.size);
  const rarity = (word: string) => {
    const having = documents.get(word) ?? 0;
    return Math.log(1 + (bags.size - having + 0.5) / (having + 0.5));
  };
  const nearness = (query: Bag, bag: Bag) => {
    const norm = 1 - B + (B * lengthOf(bag)) / Math.max(1, meanLength);
    let sum = 0;
    for (const word of query.keys()) {
      const count = bag.get(word) ?? 0;
      if (count > 0) sum += (rarity(word) * count * (K1 + 1)) / (count + K1 * norm);
    }
    return sum;
  };
  return (id, candidates, count) => {
    const query = bags.get(id) ?? new Map<string, number>();
    return candidates
      .filter((candidate) => candidate !== id)
      .map((candidate) => ({ candidate, near: nearness(query, bags.get(candidate) ?? new Map()) }))
      .sort((a, b) => b.near - a.near || (a.candidate < b.candidate ? -1 : 1))
      .slice(0, count)
      .map(({ candidate }) => candidate);
  };
}

type Bag = ReadonlyMap<string, number>;

function bagOf(text: string): Bag {
  const bag = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

function lengthOf(bag: Bag): number {
  return [...bag.values()].reduce((sum, count) => sum + count, 0);
}
