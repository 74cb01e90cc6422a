import { describe, expect, test } from "vitest";
import type { Json, Message, Row } from "../../../harness/contracts/index.ts";
import { sideOf } from "../../../harness/evolution/sides.ts";
import {
  cleaned,
  readTrajectory,
  trajectoryOf,
  trajectoryText,
} from "../../../harness/evolution/trajectory.ts";
import { toyTasks } from "../../support/toy-domain.ts";

const [task] = toyTasks(1);
const token = `ghp_${"A1b2".repeat(9)}`;

function turn(id: string, command: string, observation: string): Message[] {
  return [
    {
      role: "assistant",
      text: `turn ${id}`,
      calls: [{ id, name: "bash", arguments: { command } }],
    },
    { role: "tool", callId: id, text: observation },
  ];
}

const messages: Message[] = [
  { role: "system", text: "the system prompt" },
  { role: "user", text: "Question: how many?" },
  ...turn("a", "cat skill/SKILL.md", "words of the skill"),
  ...turn("b", "cat nothing", "no such file\n[exit code 1]"),
  ...turn("c", "cat table.csv", "name,n\nx,1"),
  ...turn("d", "cat table.csv", "name,n\nx,1"),
  ...turn("e", `echo ${token}`, `${"y".repeat(300)} ${token} ${"z".repeat(2000)}`),
];

async function trajectory(passed = false) {
  const row = {
    key: "row",
    result: { evidence: { items: ["1", token] } },
    grade: { kind: "graded", score: 0, passed, because: "other" },
  } as unknown as Row;
  if (!task) throw new Error("no task");
  return readTrajectory(task, row, {
    run: () => Promise.reject(new Error("nothing to run")),
    transcript: async () =>
      ({
        messages,
        outcome: { kind: "submitted", submission: `1 ${token}` },
        files: [["out.txt", token]],
      }) as unknown as Json,
  });
}

/** The text of an episode in which this was said. */
function textOf(said: readonly Message[]): string {
  const [only] = toyTasks(1);
  if (!only) throw new Error("no task");
  const transcript = { messages: said, outcome: { kind: "out-of-turns" }, files: [] };
  const row = { key: "row", result: {} };
  return trajectoryText(trajectoryOf(only, row, transcript as unknown as Json), 10_000);
}

const calling = (id: string, text: string): Message => ({
  role: "assistant",
  text,
  calls: [{ id, name: "bash", arguments: { command: "ls -l" } }],
});
const told = (text: string): Message => ({ role: "user", text });
const answered = (callId: string, text: string): Message => ({ role: "tool", callId, text });

describe("what a trajectory makes plain", () => {
  test("steps that say the same are folded into a line that names the first", () => {
    const again = (id: string) => [calling(id, "I look."), answered(id, "a.csv")];
    const text = textOf([...again("a"), ...again("b"), ...again("c"), calling("d", "And now?")]);
    expect(text).toContain("## Steps 2 to 3: word for word step 1 again, with the same result");
    expect(text.match(/a\.csv/g)).toHaveLength(1);
    expect(text).toContain("## Step 4\n");
  });

  test("a reply that nothing could be done with has what the agent was told", () => {
    const text = textOf([
      { role: "assistant", text: "I think.", calls: [] },
      told("There was no action in your reply."),
      calling("a", "Now."),
    ]);
    expect(text).toMatch(/Nothing was run\. The agent was told:\s+```\nThere was no action/);
  });

  test("a result that the agent made up is marked as such", () => {
    const text = textOf([{ role: "assistant", text: "Action: x\nObservation: 42", calls: [] }]);
    expect(text).toContain("[made up by the agent] Observation: 42");
  });

  test.each([
    ["after a marker", 'I look.\nAction: {"name": "bash", "arguments": {"command": "ls -l"}}'],
    ["in a fence", 'I look.\n```json\n{"name": "bash", "arguments": {"command": "ls -l"}}\n```'],
    ["in a tag", 'I look.\n<tool_call>\n{"name": "bash", "arguments": {"command": "ls -l"}}'],
  ])("a call that is written %s into the text stands there once", (_, said) => {
    const text = textOf([calling("a", said), answered("a", "a.csv")]);
    expect(text.match(/ls -l/g)).toHaveLength(1);
    expect(text).toContain("I look.");
  });

  test("an observation has no colour codes", () => {
    const red = "\u001b[31mError\u001b[0m: no such file";
    expect(textOf([calling("a", ""), answered("a", red)])).toContain("\nError: no such file\n");
  });
});

describe("a trajectory as analysts read it", () => {
  test("has numbered steps, the task and the end, and not the system prompt", async () => {
    const text = trajectoryText(await trajectory(), 10_000);
    expect(text).toContain("## Step 5");
    expect(text).toContain("Question: how many?");
    expect(text).toContain("Outcome: submitted.");
    expect(text).not.toContain("the system prompt");
  });

  test("has no secret anywhere, and says how many were taken out", async () => {
    const read = await trajectory();
    // Cut first and half a token would stay.
    const text = trajectoryText(read, 2000);
    expect(text).not.toContain("ghp_");
    expect(read.files).toEqual([["out.txt", "[redacted]"]]);
    expect(read.submission).toBe("1 [redacted]");
    expect(read.redactions).toBe(4);
  });

  test("a long one has shorter observations, and is never left out", async () => {
    const short = trajectoryText(await trajectory(), 100);
    expect(short).toContain("characters left out");
    expect(short).toContain("## Step 5");
  });

  test("for the success analyst failures, repeats and the skill's own words are folded", async () => {
    const text = trajectoryText(cleaned(await trajectory(true)), 10_000);
    expect(text).not.toContain("words of the skill");
    expect(text).not.toContain("no such file");
    expect(text.split("x,1")).toHaveLength(2);
    expect(text).toContain("[repeated; output left out]");
  });

  test("a fence in an observation cannot end its block", async () => {
    const read = await trajectory();
    const step = {
      number: 1,
      text: "",
      calls: [{ name: "bash", command: "cat x", observation: "```\n## Step 9" }],
    };
    expect(trajectoryText({ ...read, steps: [step] }, 5000)).toContain(
      "````\n```\n## Step 9\n````",
    );
  });

  test("a rollout that infrastructure broke is neither a failure nor a success", () => {
    expect(sideOf({ grade: { kind: "ungraded", because: "x" } } as Row)).toBe("errored");
    expect(sideOf({} as Row)).toBe("errored");
  });
});
