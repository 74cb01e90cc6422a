import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerDifference } from "../../../../../harness/evolution/stages/analyse/difference.ts";
import { givenItems, type Trajectory } from "../../../../../harness/evolution/trajectory.ts";

/** A failed episode that was shown a table of three rows. */
function failed(given: readonly string[] | undefined, over: Partial<Trajectory> = {}): Trajectory {
  const observation = "rank,nation,city\n1,Norway,Oslo\n2,Kenya,Nairobi\n3,Peru,Lima";
  return {
    task: { id: "t", group: "g", input: {}, reference: {} },
    row: "row",
    outcome: "submitted",
    submission: given?.join("\n") ?? "",
    given: given && { kind: "list", items: given },
    because: "other items",
    steps: [
      { number: 1, text: "", calls: [{ name: "bash", command: "cat t", observation: "" }] },
      { number: 2, text: "", calls: [{ name: "bash", command: "cat t", observation }] },
    ],
    prompt: "Question: which?",
    files: [],
    redactions: 0,
    ...over,
  };
}

describe("the difference between an answer and its reference", () => {
  test.each([
    ["form", ["kenya"], ["Kenya"], '"kenya" for "Kenya": equal but for case.'],
    ["form", ["1,204", "Peru"], ["Peru", "1204"], "the same number in another format"],
    ["order", ["Peru", "Kenya"], ["Kenya", "Peru"], "the expected ones in another order"],
    ["around", ["2 games"], ["2"], "with more text around it"],
    ["number", ["4"], ["5"], "smaller by 1"],
    ["extra", ["Kenya", "Peru"], ["Kenya"], 'Not expected: "Peru".'],
    ["missing", ["Kenya"], ["Kenya", "Peru"], 'Missing: "Peru".'],
    ["empty", [], ["Kenya"], "The answer has no item; 1 expected."],
    ["equal", ["Kenya"], ["Kenya"], "1 item given, as many as expected; 1 equal."],
    ["content", ["12"], ["70"], "0 equal"],
  ] as const)("is of the kind %s for %j instead of %j", (kind, given, expected, says) => {
    const difference = answerDifference(failed(given), expected);
    expect(difference.kind).toBe(kind);
    expect(difference.text).toContain(says);
    expect(difference.text).toContain("ended as submitted after 2 steps");
  });

  test("says that a right item lay before the agent, at which step, and beside what", () => {
    const row = answerDifference(failed(["Norway"]), ["Kenya"]);
    expect(row.kind).toBe("passed-over");
    expect(row.text).toContain(
      '"Kenya" stands in what step 2 showed, on a line without what was handed in.',
    );
    const column = answerDifference(failed(["Kenya"]), ["Nairobi"]);
    expect(column.text).toContain(
      '"Nairobi" stands in what step 2 showed, on one line with "Kenya".',
    );
  });

  test("tells a text that was never shown from a number, which proves nothing", () => {
    expect(answerDifference(failed(["Kenya"]), ["Ghana"]).kind).toBe("not-shown");
    expect(answerDifference(failed(["Kenya"]), ["3"]).kind).toBe("content");
    // What is computed, or stands in a picture, no text of the trajectory has to show.
    expect(answerDifference(failed(["Kenya"]), ["Ghana"], false).kind).toBe("content");
  });

  test("counts what is missing in a list of equal items", () => {
    const { kind, text } = answerDifference(failed(["2", "2"]), ["2", "2", "2"]);
    expect(kind).toBe("missing");
    expect(text).toContain("2 items given, 3 expected; 2 equal");
  });

  test("names an episode that handed in nothing, one without a step, and what it left", () => {
    const late = answerDifference(
      failed(undefined, { outcome: "out-of-turns", files: [["answer.txt", "x"]] }),
      ["5"],
    );
    expect(late.kind).toBe("no-answer");
    expect(late.text).toContain("ended as out-of-turns");
    expect(late.text).toContain("Files left: `answer.txt`.");
    const none = failed(undefined, { outcome: "context-exceeded", steps: [] });
    expect(answerDifference(none, ["5"]).kind).toBe("no-steps");
  });

  test("says only how it ended where a domain collects no items", () => {
    const { kind, text } = answerDifference(failed(undefined), ["5"]);
    expect(kind).toBe("unseen");
    expect(text).toContain("the grader's reason: other items");
    expect(answerDifference(failed(["5"]), []).kind).toBe("unseen");
  });

  test("of one answer is about the nearest of the accepted forms", () => {
    const one = (answer: string) =>
      answerDifference(failed(undefined, { given: { kind: "one", items: [answer] } }), [
        "twelve",
        "12",
        "a dozen",
      ]);
    expect(one("11")).toMatchObject({ kind: "number" });
    expect(one("A Dozen")).toMatchObject({ kind: "form" });
    expect(one("a dozen eggs").text).toContain('"a dozen eggs" for "a dozen"');
    expect(one("Peru").text).toContain("3 answers are accepted");
    expect(one("Peru").text).toContain('Missing: "twelve".');
  });

  test("is short whatever was handed in", () => {
    const many = Array.from({ length: 500 }, (_, i) => `item ${i} ${"x".repeat(400)}`);
    const others = many.map((item) => item.toUpperCase().replace("ITEM", "THING"));
    const long = failed(["x"], { because: "y".repeat(50_000) });
    expect(answerDifference(long, ["z"]).text.length).toBeLessThan(2000);
    for (const given of [many, others, []])
      expect(answerDifference(failed(given), others.toReversed()).text.length).toBeLessThan(8000);
  });

  test("never throws, and pairs every item at most once", () => {
    const items = fc.array(
      fc.oneof(fc.constantFrom("a", "A ", "1", "1.0", "2", "x y"), fc.string()),
    );
    fc.assert(
      fc.property(items, items, (given, expected) => {
        const { kind } = answerDifference(failed(given), expected);
        if (given.length > expected.length && expected.length > 0)
          expect(["extra", "content", "passed-over", "not-shown"]).toContain(kind);
        if (given.length > 0 && given.length < expected.length)
          expect(["missing", "content", "passed-over", "not-shown"]).toContain(kind);
      }),
    );
  });
});

describe("the items of an answer", () => {
  test.each([
    [{ items: ["a", 2] }, "done", { kind: "list", items: ["a", "2"] }],
    [{ answer: "7", grader: "strict" }, "it is 7", { kind: "one", items: ["7"] }],
    [{ answer: " a\nb " }, "", { kind: "one", items: ["a\nb"] }],
    [{ answer: " " }, "", { kind: "one", items: [] }],
    [{ cells: { A1: 1 } }, "done", undefined],
    [{ items: [["a"]] }, "a", undefined],
    [undefined, "a\r\nb", { kind: "list", items: ["a", "b"] }],
  ] as const)("of the evidence %j and the submission %j are %j", (evidence, submission, items) => {
    expect(givenItems(evidence, submission)).toEqual(items);
  });
});
