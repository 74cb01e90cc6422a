import { describe, expect, it, test } from "vitest";
import { math } from "../../../../domains/math/domain.ts";
import { mathematics } from "../../../../domains/math/rule-agent/mathematics.ts";
import { spreadsheet } from "../../../../domains/spreadsheet/domain.ts";
import { workbooks } from "../../../../domains/spreadsheet/rule-agent/workbooks.ts";
import { visionqa } from "../../../../domains/visionqa/domain.ts";
import { documents } from "../../../../domains/visionqa/rule-agent/documents.ts";
import { wtq } from "../../../../domains/wtq/domain.ts";
import { tables } from "../../../../domains/wtq/rule-agent/tables.ts";
import type { Domain } from "../../../../harness/contracts/index.ts";
import { allKnown } from "../../../../harness/models/rule-based/mind.ts";
import { draft } from "../../../../harness/models/rule-based/roles/draft.ts";
import { bulletOf } from "../../../../harness/models/rule-based/roles/lessons.ts";
import { subjectOf, subjectOfRules } from "../../../../harness/models/rule-based/subjects.ts";
import { contraryIn, lessonsIn } from "../../../../harness/models/rule-based/taught.ts";
import { seededRng, shuffled } from "../../../../harness/rng.ts";
import { mindOf, subjects, turnOf } from "../../../support/builtin-roles.ts";

const everyHabit = subjects.flatMap((subject) =>
  [...subject.habits].map(([key, habit]) => ({ subject, key, habit })),
);

test("ids, titles and names of subjects stand once, and habits by their ids", () => {
  for (const list of [
    everyHabit.map(({ habit }) => habit.id),
    everyHabit.map(({ habit }) => habit.rule.title),
    subjects.map(({ name }) => name),
  ])
    expect(new Set(list).size).toBe(list.length);
  for (const { key, habit } of everyHabit) expect(key).toBe(habit.id);
});

describe.each(subjects.map((subject) => [subject.name, subject] as const))("%s", (_, subject) => {
  const ids = [...subject.habits.keys()];
  const taughtBy = (text: string) => lessonsIn(text, subject).map(({ habit }) => habit);

  it.each(ids)("teaches %s by its own rule, and nothing else", (id) => {
    const rule = subject.habits.get(id)?.rule;
    const bullet = rule === undefined ? "" : bulletOf(rule);
    expect(taughtBy(bullet)).toEqual([id]);
    expect(contraryIn(bullet, subject)).toEqual([]);
  });

  it("knows habits of its own, other ones in each size", () => {
    for (const size of ["small", "large"] as const) {
      expect(ids).toEqual(expect.arrayContaining([...subject.knows[size]]));
      for (const id of subject.knows[size]) expect(allKnown(size, subjects)).toContain(id);
    }
    expect(new Set(subject.knows.large)).not.toEqual(new Set(subject.knows.small));
  });

  it("has good habits and harmful ones, and does not know all of the good ones", () => {
    const good = ids.filter((id) => !subject.habits.get(id)?.harmful);
    expect(good.length).toBeGreaterThanOrEqual(7);
    expect(good.length).toBeLessThan(ids.length);
    expect(good.length).toBeGreaterThan(subject.knows.large.length);
  });

  it("is found by its rules, whatever words are around them", () => {
    const rules = [...subject.habits.values()].map(({ rule }) => bulletOf(rule));
    for (const rule of rules)
      expect(subjectOfRules(`# Any\n\nWords.\n\n${rule}\n`, subjects)).toBe(subject);
  });

  it("learns little from rules whose words are shuffled", () => {
    let all = 0;
    for (let seed = 0; seed < 10; seed++)
      for (const { rule } of subject.habits.values())
        all += taughtBy(
          shuffled(bulletOf(rule).slice(2).split(" "), seededRng(seed)).join(" "),
        ).length;
    expect(all / 10).toBeLessThan(ids.length * 0.15);
  });
});

/** A domain whose tasks are of a subject, by that domain's own words. */
const domains: readonly (readonly [string, Domain, (typeof subjects)[number]])[] = [
  ["wtq", wtq, tables],
  ["math", math, mathematics],
  ["spreadsheet", spreadsheet, workbooks],
  ["visionqa", visionqa, documents],
];

const recognising = (text: string) =>
  subjects.filter((subject) => subject.recognises(text)).map(({ name }) => name);

describe.each(domains)("the tasks of %s", (_, domain, subject) => {
  it("are recognised by their prompts in every form, and by what is said about them", async () => {
    const tasks = await (await domain.open(undefined)).load(domain.splits[0] ?? "", {});
    const renders = domain.options["render"] ?? [""];
    for (const render of renders)
      for (const task of tasks.slice(0, 20))
        expect(recognising(domain.prompt(task, { render }))).toEqual([subject.name]);
    expect(recognising(domain.about)).toEqual([subject.name]);
  });

  it.each(["small", "large"] as const)(
    "are drafted for with what %s knows of them",
    async (size) => {
      const { text } = await turnOf(draft, `The tasks:\n\n${domain.about}`, mindOf(size));
      const learned = lessonsIn(text, subject).map(({ habit }) => habit);
      expect(learned.sort()).toEqual([...subject.knows[size]].sort());
      for (const other of subjects.filter((one) => one !== subject))
        for (const { rule } of other.habits.values()) expect(text).not.toContain(rule.title);
    },
  );
});

test("a text is read in the light of one subject, and says nothing of another", () => {
  const text = "- Round every value to the nearest integer.\n- Reduce fractions first.";
  expect(lessonsIn(text, tables).map(({ habit }) => habit)).toEqual([]);
  expect(lessonsIn(text, mathematics).map(({ habit }) => habit)).toEqual([
    "round-result",
    "lowest-terms",
  ]);
});

test("rules in other words belong to the subject that learns most from them", () => {
  expect(subjectOfRules("- Reduce fractions.\n- Look again at what was asked.", subjects)).toBe(
    mathematics,
  );
  expect(subjectOfRules("- Skip the total rows.", subjects)).toBe(tables);
});

test("what no subject recognises is taken for the first one", () => {
  expect(subjectOf("Do something.", subjects)).toBe(subjects[0]);
  expect(subjectOfRules("Be kind.", subjects)).toBe(subjects[0]);
});
