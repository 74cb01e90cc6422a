import { describe, expect, test } from "vitest";
import { buildTable } from "../../../harness/report/table.ts";
import type { ArmForm } from "../../../harness/report/table-input.ts";
import { renderTable } from "../../../harness/report/table-text.ts";
import { armOf, episodes, smallStudy } from "../../support/table-facts.ts";

const quiet: ArmForm = { episodes: 20, ended: {}, byText: 0, recovered: {} };
const shown = (...forms: readonly ArmForm[]) => {
  const conditions = forms.map((_, i) => `arm-${i}`);
  const arms = forms.map((form, i) => armOf(`arm-${i}`, episodes({ 41: "1001" }), { form }));
  return buildTable(smallStudy({ conditions, arms }));
};
const markdown = (...forms: readonly ArmForm[]) => renderTable(shown(...forms), "md");

describe("a table tells form apart from ability", () => {
  test("with the share of episodes that ended for reasons of form, in every arm", () => {
    const form = { ...quiet, ended: { repeated: 3, "out-of-turns": 2 } };
    expect(shown(form, quiet).rows.map((row) => row.form?.share)).toEqual([0.25, 0]);
    expect(markdown(form, quiet)).toMatch(/form 25\.0%.*\n.*form 0\.0%/);
    expect(renderTable(shown(form), "csv")).toContain("0.25,repeated 3; out-of-turns 2,,0");
  });

  test("with a warning above 10% that names the arms, the first reason and what to do", () => {
    const bad = { ...quiet, ended: { "out-of-turns": 3 } };
    const text = markdown({ ...quiet, ended: { repeated: 2 } }, bad, bad);
    expect(text).toMatch(
      /Warning: more than 10% .* arm-1, .*\(15\.0%, of 20 episodes 3 out-of-turns\); arm-2, .*agent\.turns/,
    );
    expect(text).not.toMatch(/in arm-0/);
  });

  test("and says what was understood all the same", () => {
    const text = markdown(
      { ...quiet, recovered: { "fenced-json": 3 } },
      { ...quiet, recovered: { "fenced-json": 1, action: 1 }, byText: 2 },
    );
    expect(text).toContain("fenced-json 4, action 1, answers stated in a final reply 2.");
  });

  test("and says nothing of episodes whose form was not kept", () => {
    expect(renderTable(buildTable(smallStudy()), "md")).not.toMatch(/form/);
  });
});
