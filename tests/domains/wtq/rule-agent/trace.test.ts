import { Bash } from "just-bash";
import { describe, expect, it } from "vitest";
import { habits } from "../../../../domains/wtq/rule-agent/habits.ts";
import { habitCases } from "../../../support/builtin-habits.ts";
import { tables } from "../../../support/builtin-tables.ts";
import { habitIds, hypotheses, solve } from "../../../support/tables-subject.ts";

const good = new Set(habitIds.filter((id) => !habits.get(id)?.harmful));

async function printed(command: string, csv: string): Promise<string[]> {
  const shell = new Bash({ files: { "/w/table.csv": csv }, cwd: "/w" });
  const { stdout, stderr } = await shell.exec(command);
  expect(stderr).toBe("");
  return stdout.split("\n").slice(0, -1);
}

const questions: readonly (readonly [string, string, readonly string[]])[] = [
  ["what is the capital?", "Country,Capital\nPeru,Lima\n", ["Lima"]],
  ["which film has the most minutes?", tables.films, ["Lanterns"]],
  ["what is the number of minutes of north wind?", tables.films, ["91.5"]],
  ["who directed the film previous to lanterns?", tables.films, ["Ana Ruiz"]],
  ["how many films opened between 1998 and 2001?", tables.films, ["3"]],
  ["which game was played on may 9?", tables.games, ["United"]],
  ["how many nations won more than 5 gold?", tables.medals, ["3"]],
];

describe("questions", () => {
  it.each(questions)("%s", (question, csv, items) => {
    expect(solve(question, csv, good).items).toEqual(items);
  });
});

describe("the command", () => {
  it.each(Object.entries(habitCases))(
    "prints the items of the case of %s from the file",
    async (_, known) => {
      for (const on of [good, new Set<string>(), new Set(habitIds)]) {
        const { items, command } = solve(known.question, known.table, on);
        expect(await printed(command, known.table)).toEqual(items);
      }
    },
  );

  it("reads quotes, commas and line breaks in cells", async () => {
    const csv = 'Name,Note\r\n"The ""Old"" Mill","one,\ntwo"\r\nBarn,"it\'s, ok"\r\n';
    const { items, command } = solve("what is the note of barn?", csv, good);
    expect(items).toEqual(["it's, ok"]);
    expect(await printed(command, csv)).toEqual(items);
  });

  it("computes from the file: another file, another answer", async () => {
    const { command } = solve(
      "what is the total budget of the films by ana ruiz?",
      tables.films,
      good,
    );
    expect(await printed(command, tables.films.replace(",20\n", ",50\n"))).toEqual(["65"]);
  });
});

describe("hypotheses", () => {
  const question = "how many nations are listed?";
  const several = "how many different opponents did they play in 2001 or at old field?";

  it("lead to other answers, single changes before double ones, each answer once", () => {
    const on = new Set(["asked-column"]);
    const own = solve(several, tables.games, on).items;
    const found = [...hypotheses(several, tables.games, on)];
    expect(found.length).toBeGreaterThan(1);
    const answers = found.map((one) => one.solution.items.join("\n"));
    expect(answers).not.toContain(own.join("\n"));
    expect(new Set(answers).size).toBe(answers.length);
    const sizes = found.map((one) => one.changed.length);
    expect(sizes).toEqual([...sizes].sort());
    for (const one of found) {
      expect(solve(several, tables.games, one.habits).items).toEqual(one.solution.items);
    }
  });

  it("take up good habits before bad ones", () => {
    const found = [
      ...hypotheses(
        "which films were directed by ana ruiz?",
        tables.films,
        new Set(["asked-column"]),
      ),
    ];
    expect(found[0]?.changed).toEqual(["one-a-line"]);
  });

  it("find the habit that a wrong answer lacked", () => {
    const on = new Set([...good].filter((id) => id !== "skip-totals"));
    const right = [...hypotheses(question, tables.medals, on)].find(
      (one) => one.solution.items.join() === "4",
    );
    expect(right?.changed).toEqual(["skip-totals"]);
  });
});

describe("bad advice", () => {
  const cases = [
    ...questions,
    ...Object.entries(habitCases)
      .filter(([id]) => good.has(id))
      .map(([, known]) => [known.question, known.table, known.withIt] as const),
  ];
  const score = (on: ReadonlySet<string>) =>
    cases.filter(
      ([question, csv, items]) => solve(question, csv, on).items.join("\n") === items.join("\n"),
    ).length;

  it.each(habitIds.filter((id) => !good.has(id)))("%s lowers the score", (id) => {
    expect(score(new Set([...good, id]))).toBeLessThan(score(good));
  });
});

it("answers the same however often it is asked", () => {
  const first = solve("which film had the largest budget?", tables.films, good);
  expect(solve("which film had the largest budget?", tables.films, good)).toEqual(first);
});
