import { afterAll, describe, expect, it } from "vitest";
import { spreadsheet } from "../../../../domains/spreadsheet/domain.ts";
import { workbooks } from "../../../../domains/spreadsheet/rule-agent/workbooks.ts";
import { draft } from "../../../../harness/models/rule-based/roles/draft.ts";
import { subjectOf } from "../../../../harness/models/rule-based/subjects.ts";
import { lessonsIn } from "../../../../harness/models/rule-based/taught.ts";
import { seededRng } from "../../../../harness/rng.ts";
import { embeddedSandboxes } from "../../../../harness/sandboxes/embedded.ts";
import { mindOf, subjects, turnOf } from "../../../support/builtin-roles.ts";
import { gradeOfCommand, seenTasks } from "../../../support/workbooks-subject.ts";

const sandboxes = embeddedSandboxes();
afterAll(() => sandboxes.close());
const tasks = await seenTasks(sandboxes, "verified");
const good = [...workbooks.habits.values()].filter(({ harmful }) => !harmful).map(({ id }) => id);

it("every task of the domain is recognised by its message, and by what is said about them all", () => {
  expect(subjectOf(spreadsheet.about, subjects)).toBe(workbooks);
  for (const { task } of tasks)
    expect(subjectOf(spreadsheet.prompt(task, {}), subjects)).toBe(workbooks);
});

it.each(["small", "large"] as const)("a draft for them has what %s knows of them", async (size) => {
  const { text } = await turnOf(draft, `The tasks:\n\n${spreadsheet.about}`, mindOf(size));
  const learned = lessonsIn(text, workbooks).map(({ habit }) => habit);
  expect(learned.sort()).toEqual([...workbooks.knows[size]].sort());
});

it("with every good habit every task of the sample is understood and answered rightly", async () => {
  const wrong: string[] = [];
  for (const { task, problem, reference } of tasks) {
    const traced = problem.trace(new Set(good));
    const agrees = workbooks.agrees(traced.items, reference);
    const grade = await gradeOfCommand(sandboxes, task, traced.command() ?? "");
    if (!agrees || grade.kind !== "graded" || !grade.passed) wrong.push(task.id);
  }
  expect(wrong).toEqual([]);
}, 60_000);

describe.each([...workbooks.habits.values()])("$id", ({ id, harmful }) => {
  it("decides answers, and is looked at where it does", () => {
    const on = new Set([...good, id]);
    const off = new Set(good.filter((other) => other !== id));
    const decided = tasks.filter(({ problem }) => {
      const [one, other] = [problem.trace(on), problem.trace(off)];
      const differs = !workbooks.same(one.items, other.items);
      if (differs) expect([...one.asked]).toContain(id);
      return differs;
    });
    expect(decided.length).toBeGreaterThanOrEqual(1);
    for (const { problem, reference } of decided) {
      expect(workbooks.agrees(problem.trace(on).items, reference)).toBe(!harmful);
      expect(workbooks.agrees(problem.trace(off).items, reference)).toBe(harmful);
    }
  });
});

it("a command leaves what was foreseen, whatever the habits", async () => {
  const rng = seededRng("habits");
  const all = [...workbooks.habits.keys()];
  const differing: string[] = [];
  for (const { task, problem } of tasks) {
    const on = new Set(all.filter(() => rng.next() < 0.7));
    const traced = problem.trace(on);
    const grade = await gradeOfCommand(sandboxes, task, traced.command() ?? "");
    const { reference } = tasks.find((one) => one.task === task) ?? { reference: "" };
    if ((grade.kind === "graded" && grade.passed) !== workbooks.agrees(traced.items, reference))
      differing.push(`${task.id} ${[...on].join(" ")}`);
  }
  expect(differing).toEqual([]);
}, 60_000);

it("a task of several cases is solved in all of them by the script", async () => {
  const triples = await seenTasks(sandboxes, "full");
  for (const { task, problem } of triples) {
    const command = problem.trace(new Set(good)).command() ?? "";
    expect(await gradeOfCommand(sandboxes, task, command)).toMatchObject({ score: 1 });
  }
}, 60_000);

it("a command without its input answers nothing", async () => {
  const passing: string[] = [];
  for (const { task, problem } of tasks.slice(0, 30)) {
    const command = `: > input.xlsx; ${problem.trace(new Set(good)).command()}`;
    const grade = await gradeOfCommand(sandboxes, task, command);
    if (grade.kind !== "graded" || grade.passed) passing.push(task.id);
  }
  expect(passing).toEqual([]);
}, 60_000);
