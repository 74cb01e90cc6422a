import fc from "fast-check";
import { Bash } from "just-bash";
import { describe, expect, it } from "vitest";
import { byMeaning } from "../../../../domains/math/grading/default/equivalent.ts";
import { buildSample } from "../../../../domains/math/rule-agent/generate/build.ts";
import {
  mathematics,
  mathProblem,
  problemIn,
} from "../../../../domains/math/rule-agent/mathematics.ts";
import { answerOf, type Places } from "../../../../domains/math/rule-agent/program.ts";
import { hypotheses, solve } from "../../../../harness/models/rule-based/solving.ts";
import { mathHabitCases } from "../../../support/math-habits.ts";

const ids = [...mathematics.habits.keys()];
const good = new Set(ids.filter((id) => !mathematics.habits.get(id)?.harmful));

interface Row {
  readonly problem: string;
  readonly answer: string;
}
const rows: readonly Row[] = [...buildSample().values()].flatMap((text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line)),
);

const isRight = ({ problem, answer }: Row, on: ReadonlySet<string>) => {
  const [item = ""] = solve(mathProblem(problem), on).items;
  return byMeaning.equivalent(answer, item).kind === "equal";
};
const share = (on: ReadonlySet<string>) =>
  rows.filter((row) => isRight(row, on)).length / rows.length;

async function printed(command = ""): Promise<string> {
  const { stdout, stderr } = await new Bash({ cwd: "/" }).exec(command);
  expect(stderr).toBe("");
  return stdout.trimEnd();
}

describe("the problems of the sample", () => {
  it("are understood, every one", () => {
    for (const { problem } of rows) expect(mathProblem(problem).isSeen, problem).toBe(true);
  });

  it("are done with all good habits, but for those that ask for what is harmful elsewhere", () => {
    const wrong = rows.filter((row) => !isRight(row, good));
    for (const { problem } of wrong) expect(problem).toMatch(/nonnegative|number line/);
    for (const row of wrong)
      expect(isRight(row, new Set([...good, "count-from-zero", "drop-sign"])), row.problem).toBe(
        true,
      );
  });

  it("are beyond the smaller size more often than beyond the larger one", () => {
    const [none, small, large] = [[], mathematics.knows.small, mathematics.knows.large].map((on) =>
      share(new Set(on)),
    ) as [number, number, number];
    expect(none).toBeLessThan(small);
    expect(small).toBeLessThan(large);
    expect(large).toBeLessThan(0.65);
  });

  it.each(ids.filter((id) => !good.has(id)))(
    "are lost, some of them, to the bad advice of %s",
    (id) => {
      const lost = rows.filter(
        (row) => isRight(row, good) && !isRight(row, new Set([...good, id])),
      );
      expect(lost.length).toBeGreaterThan(0);
    },
  );
});

describe("the command", () => {
  it("prints the answer, with any habits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...rows), fc.subarray(ids), async ({ problem }, on) => {
        const { items, command } = solve(mathProblem(problem), new Set(on));
        expect(await printed(command), problem).toBe(items[0]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(mathHabitCases))(
    "prints the answers of the case of %s",
    async (id, known) => {
      for (const on of [
        new Set([...good, id]),
        new Set([...good].filter((other) => other !== id)),
      ]) {
        const { items, command } = solve(mathProblem(known.problem), on);
        expect(await printed(command)).toBe(items[0]);
      }
    },
  );

  it("computes: with another number of the problem in it, it prints another answer", async () => {
    const { command = "" } = solve(
      mathProblem("What is the remainder when $2^{10}$ is divided by $7$?"),
      good,
    );
    expect(await printed(command.replace("e = 10", "e = 11"))).toBe("4");
  });
});

describe("hypotheses", () => {
  it("find the habit that a wrong answer lacked", () => {
    for (const [id, { problem, withIt }] of Object.entries(mathHabitCases)) {
      if (!good.has(id)) continue;
      const on = new Set([...good].filter((other) => other !== id));
      const [right] = [...hypotheses(mathProblem(problem), on)].filter(
        ({ solution }) => solution.items[0] === withIt,
      );
      expect(right?.changed, id).toEqual([id]);
    }
  });

  it("ask only for habits that have something to do", () => {
    const { used } = solve(
      mathProblem("What is the greatest common divisor of $12$ and $8$?"),
      good,
    );
    expect(used).toEqual([]);
  });
});

it("takes the problem out of a task, with what an analyst is told after it", () => {
  const task = "Problem: How many?\nSo many.\n\nSubmit the final answer alone.";
  expect(problemIn(task)).toBe("How many?\nSo many.");
  expect(problemIn(`${task}\n\nThe agent's episode ended as: submitted.`)).toBe(
    "How many?\nSo many.",
  );
});

it("says nothing of a problem that it does not understand", () => {
  const problem = mathProblem("Prove the Riemann hypothesis.");
  expect(problem.isSeen).toBe(false);
  expect(solve(problem, good)).toEqual({ items: [], used: [], command: undefined });
  expect([...hypotheses(problem, good)]).toEqual([]);
});

it("takes any text for a problem", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(mathProblem(problemIn(text)).isSeen).toBe(false);
    }),
  );
});

describe("formulas", () => {
  const computed = (formula: string, places: Places = -1) =>
    answerOf({ given: { n: 6 }, steps: [["answer", formula]], places, isUnsigned: false });

  it.each([
    ["2 + 3 * power(4, 2)", "50"],
    ["17 % 5 * 2", "4"],
    ["(1 + 2) * lcm(4, 6)", "36"],
    ["choose(n, 2) - factorial(3)", "9"],
    ["frac(6, 4)", "\\frac{3}{2}"],
    ["frac(0 - n, 4)", "-\\frac{3}{2}"],
    ["frac(6, 3)", "2"],
    ["surd(72)", "6\\sqrt{2}"],
    ["surd(49)", "7"],
    ["surd(5)", "\\sqrt{5}"],
    ["powermod(2, 10, 1000)", "24"],
    ["divisors(12)", "6"],
  ])("%s is %s", (formula, value) => {
    expect(computed(formula)).toBe(value);
  });

  it("are written with decimals or rounded where that is wanted", () => {
    expect([computed("surd(5)", 2), computed("frac(3, 8)", 2), computed("frac(3, 4)", 0)]).toEqual([
      "2.24",
      "0.38",
      "1",
    ]);
  });

  it.each(["2 +", "(1", "1 2", "no(1)", "m"])("%s is none", (formula) => {
    expect(() => computed(formula)).toThrow();
  });
});

/** Counts what a family computes, the slow way. */
const counted: readonly (readonly [problem: string, count: () => number])[] = [
  [
    "How many integers from $1$ to $100$ are multiples of $6$ but not of $10$?",
    () => upTo(100).filter((n) => n % 6 === 0 && n % 10 !== 0).length,
  ],
  [
    "How many positive integers not greater than $500$ are divisible by $10$ or by $14$?",
    () => upTo(500).filter((n) => n % 10 === 0 || n % 14 === 0).length,
  ],
  [
    "Find the remainder when $1^3 + 2^3 + \\cdots + 30^3$ is divided by $997$.",
    () => upTo(30).reduce((sum, n) => sum + n ** 3, 0) % 997,
  ],
  [
    "Ilse reads 7 pages on the first day and, on each later day, 3 pages more than the day before. How many pages are that in 6 days?",
    () => upTo(6).reduce((sum, day) => sum + 7 + 3 * (day - 1), 0),
  ],
];

function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, index) => index + 1);
}

it.each(counted)("counting confirms: %s", (problem, count) => {
  expect(solve(mathProblem(problem), good).items).toEqual([String(count())]);
});
