import { describe, expect, test } from "vitest";
import { afterThinking } from "../../../../harness/agent/protocols/native.ts";
import { asTextConversation, readTextReply } from "../../../../harness/agent/protocols/text.ts";

const ls = { kind: "action", name: "bash", arguments: { command: "ls" } };
const call = (command: string) => ({ kind: "action", name: "bash", arguments: { command } });

describe("readTextReply: replies with an action", () => {
  test.each([
    [
      "the form it is taught",
      'Thought: look.\nAction:\n{"name": "bash", "arguments": {"command": "ls"}}',
      ls,
    ],
    ["a lower-case marker", 'action: {"name": "bash", "arguments": {"command": "ls"}}', ls],
    ["an upper-case marker", 'ACTION: {"name": "bash", "arguments": {"command": "ls"}}', ls],
    ["a marker in bold", '**Action:** {"name": "bash", "arguments": {"command": "ls"}}', ls],
    ["a fence", 'Action:\n```json\n{"name": "bash", "arguments": {"command": "ls"}}\n```', ls],
    [
      "a fence without a language",
      'Action:\n```\n{"name": "bash", "arguments": {"command": "ls"}}\n```',
      ls,
    ],
    [
      "a closing brace in a string",
      `Action: {"name":"bash","arguments":{"command":"echo '}'; awk 1"}}`,
      call("echo '}'; awk 1"),
    ],
    [
      "raw newlines in a string",
      'Action: {"name":"bash","arguments":{"command":"cat <<E\nx\nE"}}',
      call("cat <<E\nx\nE"),
    ],
    [
      "an invalid escape",
      String.raw`Action: {"name":"bash","arguments":{"command":"grep '\d'"}}`,
      call(String.raw`grep '\d'`),
    ],
    ["a trailing comma", 'Action: {"name":"bash","arguments":{"command":"ls",},}', ls],
    ["a missing last brace", 'Action: {"name":"bash","arguments":{"command":"ls"}', ls],
    [
      "prose about actions before it",
      'Next Action: use {openpyxl}.\nAction: {"name":"bash","arguments":{"command":"ls"}}',
      ls,
    ],
    [
      "single quotes inside double ones",
      `Action: {"name":"bash","arguments":{"command":"awk '{print $1}' f"}}`,
      call("awk '{print $1}' f"),
    ],
    [
      "arguments as JSON in a string",
      String.raw`Action: {"name":"bash","arguments":"{\"command\": \"ls\"}"}`,
      ls,
    ],
    ["arguments beside the name", 'Action: {"name":"bash","command":"ls"}', ls],
    ["other words for the keys", 'Action: {"tool":"bash","args":{"command":"ls"}}', ls],
    ["no arguments", 'Action: {"name":"bash"}', { kind: "action", name: "bash", arguments: {} }],
    [
      "null arguments",
      'Action: {"name":"bash","arguments":null}',
      { kind: "action", name: "bash", arguments: {} },
    ],
  ])("takes %s", (_, reply, expected) => {
    expect(readTextReply(reply)).toMatchObject({ ...expected, dropped: "nothing" });
  });

  test("takes the first of two actions, and says that the other was dropped", () => {
    const first = 'Action: {"name":"bash","arguments":{"command":"ls"}}';
    const reply = `${first}\nObservation: a\nAction: {"name":"submit","arguments":{"answer":"a"}}`;
    expect(readTextReply(reply)).toEqual({ ...ls, said: first, dropped: "action" });
  });

  test("says that an invented observation was dropped", () => {
    const reply = 'Action: {"name":"bash","arguments":{"command":"ls"}}\n\nObservation: a.csv';
    expect(readTextReply(reply)).toMatchObject({ ...ls, dropped: "observation" });
  });

  test.each([
    [
      "after the action",
      'Action: {"name":"bash","arguments":{"command":"ls"}}\nACTION: TASK_COMPLETE',
    ],
    [
      "in the thought before it",
      'I will say ACTION: TASK_COMPLETE later.\nAction: {"name":"bash","arguments":{"command":"ls"}}',
    ],
  ])("runs the action although the completion literal stands %s", (_, reply) => {
    expect(readTextReply(reply)).toMatchObject({ ...ls, dropped: "completion" });
  });
});

describe("readTextReply: replies without one", () => {
  test("takes the text before the completion literal as the answer", () => {
    expect(readTextReply("The answer is 7.\n\nACTION: TASK_COMPLETE")).toEqual({
      kind: "complete",
      answer: "The answer is 7.",
    });
  });

  test.each([
    ["a plain thought", "I should look first."],
    ["nothing", ""],
    ["prose about actions", "Possible action: none {yet}"],
  ])("finds none in %s", (_, reply) => {
    expect(readTextReply(reply)).toEqual({ kind: "none" });
  });

  test.each([
    [
      "a bare string as arguments",
      'Action: {"name":"bash","arguments":"ls"}',
      '"arguments" is not a JSON object',
    ],
    [
      "a list as arguments",
      'Action: {"name":"bash","arguments":["ls"]}',
      '"arguments" is not a JSON object',
    ],
    ["no name", 'Action: {"arguments":{"command":"ls"}}', 'it has no "name"'],
    [
      "a string that was cut off",
      'Action: {"name":"bash","arguments":{"command":"ls',
      "a string in it never ends",
    ],
    [
      "an unreadable action before the completion literal",
      'Action: {"name": oops: ]}\nACTION: TASK_COMPLETE',
      "its brackets do not match",
    ],
  ])("cannot read %s", (_, reply, problem) => {
    expect(readTextReply(reply)).toEqual({ kind: "malformed", problem });
  });
});

describe("afterThinking", () => {
  test.each([
    ["<think>Action: {}</think>\n\nAction: x", "Action: x"],
    ["one</think>two</think> three", "three"],
    ["<think>never ends. Action: {}", ""],
    ["no thinking", "no thinking"],
  ])("%j is %j", (text, rest) => {
    expect(afterThinking(text)).toBe(rest);
  });
});

describe("asTextConversation", () => {
  const tools = [{ name: "bash", description: "Runs.", parameters: { type: "object" } }];

  test("teaches the tools in the system message and turns observations into user messages", () => {
    const image = { mediaType: "image/png", base64: "AA==" };
    const conversation = asTextConversation(
      [
        { role: "system", text: "Be brief." },
        { role: "user", text: "Q" },
        {
          role: "assistant",
          text: "Action: {}",
          calls: [{ id: "1", name: "bash", arguments: {} }],
        },
        { role: "tool", callId: "1", text: "out", images: [image] },
      ],
      tools,
    );
    expect(conversation[0]?.text).toMatch(/^Be brief\.\n\n## Tools\n\n- bash: Runs\. Arguments/);
    expect(conversation.slice(1)).toEqual([
      { role: "user", text: "Q" },
      { role: "assistant", text: "Action: {}", calls: [] },
      { role: "user", text: "Observation: out", images: [image] },
    ]);
  });

  test("adds a system message where there is none", () => {
    const conversation = asTextConversation([{ role: "user", text: "Q" }], tools);
    expect(conversation.map(({ role }) => role)).toEqual(["system", "user"]);
  });
});
