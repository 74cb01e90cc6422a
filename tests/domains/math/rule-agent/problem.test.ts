import fc from "fast-check";
import { Bash } from "just-bash";
import { describe, expect, it } from "vitest";
import { byMeaning } from "../../../../domains/math/grading/default/equivalent.ts";
import { evaluate } from "../../../../domains/math/rule-agent/formula.ts";
import { buildSample } from "../../../../domains/math/rule-agent/generate/build.ts";
import { mathematics } from "../../../../domains/math/rule-agent/mathematics.ts";
import { mathProblem, problemIn } from "../../../../domains/math/rule-agent/problem.ts";
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
  it.each([
    ["2 + 3 * 4 ^ 2", 50],
    ["10 - 3 - 2", 5],
    ["17 % 5 * 2", 4],
    ["(1 + 2) * lcm(4, 6)", 36],
    ["mod(0 - 7, 5)", 3],
    ["choose(n, 2) - factorial(3)", 9],
  ])("%s is %i", (formula, value) => {
    expect(evaluate(formula, { n: 6 })).toBe(value);
  });

  it.each(["2 +", "(1", "1 2", "2 & 3", "no(1)", "m"])("%s is none", (formula) => {
    expect(() => evaluate(formula, { n: 6 })).toThrow();
  });
});
