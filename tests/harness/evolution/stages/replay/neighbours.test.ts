import { expect, test } from "vitest";
import { neighbourhood } from "../../../../../harness/evolution/stages/replay/neighbours.ts";

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
