import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readObject, readReply } from "../../harness/lenient-json.ts";

describe("readObject", () => {
  test.each([
    ["strict JSON", '{"a": {"b": [1, "x"]}}', { a: { b: [1, "x"] } }],
    ["braces inside strings", `{"a": "echo '}'; awk '{print}'"}`, { a: "echo '}'; awk '{print}'" }],
    ["a raw newline in a string", '{"a": "one\ntwo"}', { a: "one\ntwo" }],
    ["a raw tab in a string", '{"a": "one\ttwo"}', { a: "one\ttwo" }],
    [
      "an invalid escape, whose backslash stays",
      String.raw`{"a": "grep '\d\.'"}`,
      { a: String.raw`grep '\d\.'` },
    ],
    ["a backslash before a raw newline", '{"a": "one \\\ntwo"}', { a: "one \\\ntwo" }],
    ["escapes that are valid", String.raw`{"a": "x\n\"y\" \u00e9 \\d"}`, { a: 'x\n"y" é \\d' }],
    ["a trailing comma", '{"a": [1, 2,], }', { a: [1, 2] }],
    ["commas and braces in strings beside a trailing comma", '{"a": ",}",}', { a: ",}" }],
    [
      "single quotes and Python's words",
      "{'a': 'x', 'b': True, 'c': None}",
      { a: "x", b: true, c: null },
    ],
    ["a missing closing brace", '{"a": {"b": "x"}', { a: { b: "x" } }],
    ["a missing closing brace before a fence", '{"a": {"b": "x"}\n```', { a: { b: "x" } }],
  ])("takes %s", (_, text, value) => {
    expect(readObject(text)).toMatchObject({ kind: "object", value });
  });

  test("says where the object ends", () => {
    const text = 'x {"a": "}"} y';
    expect(readObject(text, 2)).toEqual({ kind: "object", value: { a: "}" }, end: 12 });
  });

  test.each([
    ["a string that never ends", '{"a": "rm -rf x', "a string in it never ends"],
    ["brackets that do not match", '{"a": [1}', "its brackets do not match"],
    ["no brace at all", "ls", "there is no object"],
    ["a lone brace", "{", "its closing brace is missing"],
    [
      "quotes inside a string that nothing escapes, at which mending would cut it",
      '{"a": "print(x, row["b"])"}',
      "it is not a JSON object",
    ],
    ["nesting without end", `{"a": ${"[".repeat(5000)}`, "it is nested too deep"],
  ])("refuses %s", (_, text, problem) => {
    expect(readObject(text)).toMatchObject({ kind: "unreadable", problem });
  });

  test("reads back whatever JSON.stringify wrote, also with newlines left raw", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))),
        (value) => {
          const text = JSON.stringify(value);
          const raw = text.replace(/(?<!\\)(\\\\)*\\n/g, (match) => `${match.slice(0, -2)}\n`);
          for (const written of [text, raw]) {
            const reading = readObject(written);
            expect(reading.kind === "object" && JSON.stringify(reading.value)).toBe(text);
          }
        },
      ),
    );
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => readObject(`{${text}`).kind !== undefined));
  });
});

const read = (reply: string) => readReply(reply, ["edits"]);

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
