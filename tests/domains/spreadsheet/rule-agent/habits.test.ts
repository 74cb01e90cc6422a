import { describe, expect, it } from "vitest";
import { workbooks } from "../../../../domains/spreadsheet/rule-agent/workbooks.ts";
import { contraryIn, lessonsIn } from "../../../../harness/models/rule-based/taught.ts";
import { workbookHabitCases } from "../../../support/workbook-habits.ts";

const idsIn = (text: string) => lessonsIn(text, workbooks).map(({ habit }) => habit);

it("has a case for every habit", () => {
  expect(Object.keys(workbookHabitCases).sort()).toEqual([...workbooks.habits.keys()].sort());
});

describe.each(Object.entries(workbookHabitCases))("%s", (id, { paraphrases, contrary }) => {
  it.each(paraphrases)("is taught by: %s", (sentence) => {
    expect(idsIn(sentence)).toEqual([id]);
  });

  it("is forbidden by advice to the contrary", () => {
    expect(contraryIn(contrary, workbooks).map(({ habit }) => habit)).toContain(id);
    expect(idsIn(contrary)).not.toContain(id);
  });
});
