import { describe, expect, test } from "vitest";
import type { Json, Message, Row } from "../../../harness/contracts/index.ts";
import { sideOf } from "../../../harness/evolution/sides.ts";
import { cleaned, readTrajectory, trajectoryText } from "../../../harness/evolution/trajectory.ts";
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
