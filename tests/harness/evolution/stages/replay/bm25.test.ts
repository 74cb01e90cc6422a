import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bestOf,
  bm25,
  neighbourhood,
} from "../../../../../harness/evolution/stages/replay/bm25.ts";

const documents = [
  "which country won the most gold",
  "how many games were played in may",
  "what is the difference in points between the first two teams",
];
const scores = bm25(documents);

test.each([
  ["Which country had the most silver?", 0],
  ["how many matches were played in june", 1],
  ["difference of points", 2],
])("%s is nearest to document %i", (query, nearest) => {
  expect(bestOf(scores(query))).toBe(nearest);
});

test("agrees with the formula worked out by hand", () => {
  // Two documents of mean length 1.5; "b" stands in one of two, once, in a document of two words.
  const [first, second] = bm25(["a b", "c"])("b");
  const rarity = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5));
  expect(first).toBeCloseTo((rarity * 1 * 2.2) / (1 + 1.2 * (1 - 0.75 + (0.75 * 2) / 1.5)), 12);
  expect(second).toBe(0);
});

test("a rarer word counts for more, and a word that repeats counts for less each time", () => {
  const score = bm25(["sum may", "sum june", "sum sum july"]);
  const [may = 0, , july = 0] = score("sum may");
  expect(may).toBeGreaterThan(july);
  const once = bm25(["a x", "b b"])("a")[0] ?? 0;
  const twice = bm25(["a a", "b b"])("a")[0] ?? 0;
  expect(twice).toBeGreaterThan(once);
  expect(twice).toBeLessThan(2 * once);
});

test("case, punctuation and composed letters are overlooked", () => {
  expect(bm25(["Café-au-lait", "tea"])("CAFE\u0301")[0]).toBeGreaterThan(0);
});

test("equal scores go to the first, and no document to none", () => {
  expect(bestOf([1, 2, 2])).toBe(1);
  expect(bestOf([0, 0])).toBe(0);
  expect(bestOf(bm25([])("a"))).toBe(-1);
  expect(bm25(["", ""])("a")).toEqual([0, 0]);
});

test("no score is below 0, and a word that no document has changes none", () => {
  const word = fc.constantFrom("a", "b", "c", "d", "e");
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), text, (texts, query) => {
      const given = bm25(texts)(query);
      for (const score of given) expect(score).toBeGreaterThanOrEqual(0);
      expect(bm25(texts)(`${query} z`)).toEqual(given);
    }),
  );
});

const texts = new Map([
  ["a", "how many ships sank before 1910"],
  ["b", "how many ships were built before 1920"],
  ["c", "which player scored the most goals"],
  ["d", "which player scored goals for Norway"],
  ["e", "how many goals"],
]);

test("the nearest share the most rare words", () => {
  const near = neighbourhood(texts);
  expect(near("a", ["c", "b", "e"], 2)).toEqual(["b", "e"]);
  expect(near("c", ["a", "b", "d"], 1)).toEqual(["d"]);
});

test("a text is no neighbour of its own, and the number of neighbours is a limit", () => {
  const near = neighbourhood(texts);
  expect(near("a", ["a"], 3)).toEqual([]);
  expect(near("a", [...texts.keys()], 9)).toHaveLength(4);
});

test("equally near ones come by id, whatever the order of the candidates", () => {
  const same = new Map([..."zyx"].map((id) => [id, "one text"] as const));
  const near = neighbourhood(new Map([...same, ["q", "one text"]]));
  expect(near("q", ["z", "x", "y"], 3)).toEqual(["x", "y", "z"]);
  expect(near("q", ["y", "z", "x"], 3)).toEqual(["x", "y", "z"]);
});

test("texts without words are neighbours too", () => {
  const near = neighbourhood(
    new Map([
      ["a", "?"],
      ["b", "..."],
    ]),
  );
  expect(near("a", ["b"], 1)).toEqual(["b"]);
});
