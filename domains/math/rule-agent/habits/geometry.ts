import type { Habit } from "../../../../harness/contracts/index.ts";
/** Habits of lengths, areas and units. */
export const geometryHabits: readonly Habit[] = [
  {
    id: "missing-leg",
    harmful: false,
    applies: /hypotenuse of length/,
    effect: "Finds the other leg before it computes with a hypotenuse.",
    taughtBy: [
      "find|compute|get|work+out other|missing|second|third leg|side|cathetus",
      "subtract square leg hypotenuse",
    ],
    rule: {
      title: "A hypotenuse is no height",
      when: "the hypotenuse of a right triangle is given",
      do: "find the other leg first",
      why: "base and height are the legs",
      unless: "both legs are known",
      check: "no leg is longer than the hypotenuse",
    },
  },
  {
    id: "half-area",
    harmful: false,
    applies: /triangle/,
    effect: "Halves the product of base and height.",
    taughtBy: [
      "halve|half product|base|rectangle|determinant",
      "divide product|base|determinant two|2|half",
      "triangle half product|base|rectangle|determinant",
    ],
    rule: {
      title: "Areas of triangles",
      when: "the area of a triangle is asked for",
      do: "halve the product of base and height",
      why: "two triangles make the rectangle",
      unless: "the figure has four corners",
      check: "the triangle is smaller than its frame",
    },
  },
  {
    id: "take-root",
    harmful: false,
    applies: /hypotenuse|distance|segment/,
    effect: "Takes the root of a sum of squares.",
    taughtBy: [
      "take|draw|extract|apply square+root sum|end|last|total",
      "square+root of sum square",
    ],
    rule: {
      title: "Lengths from squares",
      when: "a length comes from the theorem of Pythagoras",
      do: "take the square root of the sum",
      why: "the sum is the square of the length",
      unless: "the square itself is asked for",
      check: "the length is shorter than the way round",
    },
  },
  {
    id: "units-first",
    harmful: false,
    applies: /minutes|meters/,
    effect: "Brings everything to the unit that is asked for.",
    taughtBy: [
      "convert|change|turn|bring|express unit|minute|hour|meter|all|everything|they|length|time|quantity same|one|unit|common|before|first",
    ],
    rule: {
      title: "One unit throughout",
      when: "hours and minutes, or other units of a kind, stand together",
      do: "convert everything to one unit before calculating",
      why: "numbers of different units do not mix",
      unless: "they cancel",
      check: "the size is plausible",
    },
  },
];
