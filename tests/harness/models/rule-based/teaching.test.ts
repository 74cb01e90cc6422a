import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gist, sentencesOf } from "../../../../harness/models/rule-based/teaching.ts";
import { seededRng, shuffled } from "../../../../harness/rng.ts";
import { contraryIn, habitIds, lessonsIn, ruleFor } from "../../../support/tables-subject.ts";

const ids = (text: string) => lessonsIn(text).map((lesson) => lesson.habit);

function skill(): string {
  return habitIds
    .map((id) => {
      const rule = ruleFor(id);
      return `- **${rule.title}.** When ${rule.when}: ${rule.do}. Why: ${rule.why}. Unless: ${rule.unless}. Check: ${rule.check}.`;
    })
    .join("\n");
}

describe("a whole skill", () => {
  it("teaches each of its rules", () => {
    expect(ids(skill()).sort()).toEqual(habitIds);
  });

  it("teaches next to nothing once its words are shuffled", () => {
    let all = 0;
    for (let seed = 0; seed < 20; seed++) {
      all += ids(shuffled(skill().split(/\s+/), seededRng(seed)).join(" ")).length;
    }
    expect(all / 20).toBeLessThan(1);
  });

  it("teaches next to nothing once the words of each rule are shuffled", () => {
    let all = 0;
    for (let seed = 0; seed < 20; seed++) {
      const rng = seededRng(seed);
      const lines = skill()
        .split("\n")
        .map((line) => `- ${shuffled(line.slice(2).split(" "), rng).join(" ")}`);
      all += ids(lines.join("\n")).length;
    }
    expect(all / 20).toBeLessThan(habitIds.length * 0.06);
  });
});

describe("what is not advice", () => {
  it.each([
    "Wipe the chain with a dry cloth before you put oil on it, and turn the pedals backwards.",
    "The total cost of the trip was more than we had expected, so we walked the last miles.",
    "Dates are sweet and grow in warm countries; figs are not.",
    "The committee met on 3 May 1998 and chose its first chairman.",
  ])("teaches nothing: %s", (text) => {
    expect(ids(text)).toEqual([]);
  });

  it("leaves headings, tables and code out", () => {
    expect(ids("## Skip total rows before counting")).toEqual([]);
    expect(ids("| Skip the total rows before counting. |")).toEqual([]);
    expect(ids("```\nSkip the total rows before counting.\n```")).toEqual([]);
  });

  it("learns nothing from reasons, exceptions and checks", () => {
    expect(ids("Why: skip the total rows before counting.")).toEqual([]);
    expect(ids("Unless you skip the total rows before counting.")).toEqual([]);
  });
});

describe("contradiction", () => {
  it("sees through a double denial", () => {
    expect(ids("Never forget to skip the total rows.")).toEqual(["skip-totals"]);
  });

  it("lets the last word count", () => {
    const yes = "Skip the total rows.";
    const no = "Do not skip the total rows.";
    expect(ids(`- ${yes}\n- ${no}`)).toEqual([]);
    expect(contraryIn(`- ${yes}\n- ${no}`).map((lesson) => lesson.habit)).toEqual(["skip-totals"]);
    expect(ids(`- ${no}\n- ${yes}`)).toEqual(["skip-totals"]);
  });
});

describe("sentencesOf", () => {
  it("joins wrapped lines and parts bullets", () => {
    expect(
      sentencesOf("One line\nwraps here. Then two.\n\n- A bullet\n  goes on.\n- Next!"),
    ).toEqual(["One line wraps here.", "Then two.", "A bullet goes on.", "Next!"]);
  });
});

it("gives a word and its endings one gist", () => {
  for (const family of [
    ["count", "counts", "counted", "counting"],
    ["leave", "left", "leaves"],
    ["entry", "entries"],
    ["date", "dates", "dated"],
  ]) {
    expect(new Set(family.map(gist)).size).toBe(1);
  }
});

it("reads any text without fault", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(Array.isArray(lessonsIn(text))).toBe(true);
    }),
  );
});
