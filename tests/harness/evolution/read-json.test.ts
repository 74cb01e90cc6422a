import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../../harness/evolution/read-json.ts";

const read = (reply: string) => readJson(reply, ["edits"]);

describe("reading the JSON that a model meant", () => {
  test.each([
    ["as it is", '{"edits": []}', "exact"],
    [
      "in a fence, with fences inside its strings",
      '```json\n{"edits": [{"content": "a\\n```sh\\nls\\n```"}]}\n```',
      "fenced",
    ],
    ["in prose with other braces", 'The set {1, 2} is small. {"edits": []} Done.', "in-prose"],
    [
      "after thoughts that hold another object",
      '<think>{"edits": 1}</think>{"edits": []}',
      "exact",
    ],
    ["with single quotes and a comma too many", "{'edits': [{'file': 'x'},]}", "mended"],
  ])("%s", (_, reply, how) => {
    expect(read(reply)).toMatchObject({ kind: "read", how });
  });

  test.each([
    ["nothing", "", "empty-reply"],
    ["prose", "I would rather not.", "not-json"],
    ["another object", '{"answer": 4}', "not-json"],
    ["an object cut in a string", '{"edits": [{"content": "Use the', "half-json"],
    ["an object without its last bracket", '{"edits": [{"content": "x"}]', "half-json"],
    ["quotes without backslashes", '{"edits": [{"content": "Use ws["A1"] = 5 here"}]}', "bad-json"],
  ])("%s is not read", (_, reply, fault) => {
    expect(read(reply)).toMatchObject({ kind: "unreadable", fault });
  });

  test("what is read has every word of the reply: nothing is cut in silence", () => {
    const words = fc.array(fc.constantFrom('say "no"', "it's", "a\\b", "{x}", "[1]", "plain"), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.boolean(), (parts, escaped) => {
        const text = parts.join(" ");
        const inside = escaped ? JSON.stringify(text).slice(1, -1) : text;
        const reading = read(`{"edits": [{"content": "${inside}"}]}`);
        if (reading.kind === "unreadable") return;
        const plain = (value: string) => value.replace(/[^a-z0-9]/g, "");
        expect(plain(JSON.stringify(reading.value))).toBe(
          plain(`{"edits":[{"content":${JSON.stringify(text)}}]}`),
        );
      }),
    );
  });

  test("a well-formed object is always read as it is, whatever stands around it", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("", "Here: ", "```json\n"), (json, before) => {
        const value = { edits: JSON.parse(json) as unknown };
        const reading = read(`${before}${JSON.stringify(value)}\n`);
        expect(reading).toMatchObject({ kind: "read" });
        expect(JSON.stringify(reading.kind === "read" && reading.value)).toBe(
          JSON.stringify(value),
        );
      }),
    );
  });
});
