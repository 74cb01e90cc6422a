import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trimObservation } from "../../../../harness/agent/tools.ts";
import type { Message, ModelRequest, Size, ToolCall } from "../../../../harness/contracts/index.ts";
import { agentRole } from "../../../../harness/models/rule-based/agent-role.ts";
import { seededRng } from "../../../../harness/rng.ts";
import { agentTools, mindOf } from "../../../support/builtin-roles.ts";
import { tables } from "../../../support/builtin-tables.ts";

const play = agentRole(0);

interface Setting {
  readonly question: string;
  readonly table: string;
  readonly skill?: string;
  readonly references?: Readonly<Record<string, string>>;
  readonly size?: Size;
  readonly knows?: readonly string[];
  readonly workbook?: boolean;
  readonly limit?: number;
}

/** Runs the role against a shell that knows the few commands it uses, until it submits. */
async function episode(setting: Setting): Promise<{
  readonly answer: string;
  readonly commands: readonly string[];
}> {
  const system = `# Role: agent\n\nAnswer.${setting.skill === undefined ? "" : `\n\n## Skill\n\n<skill name="s" path="skill/">\n${setting.skill}\n</skill>`}`;
  const place = setting.workbook
    ? "The table is in the first sheet of `table.xlsx`. Write the answer to `answer.xlsx`, then submit the word done."
    : "The table is in `table.csv`.";
  const messages: Message[] = [
    { role: "system", text: system },
    { role: "user", text: `Question: ${setting.question}\n\n${place}` },
  ];
  const mind = {
    ...mindOf(setting.size ?? "large", setting.knows ?? ["asked-column"]),
    rng: seededRng(1),
  };
  const commands: string[] = [];
  for (let turn = 0; turn < 20; turn++) {
    const said = await play({ messages, tools: agentTools, seed: 1 }, mind);
    messages.push({ role: "assistant", text: said.text, calls: said.calls });
    for (const call of said.calls) {
      if (call.name === "submit") return { answer: String(call.arguments["answer"]), commands };
      const command = String(call.arguments["command"]);
      commands.push(command);
      messages.push({
        role: "tool",
        callId: call.id,
        text: trimObservation(shell(command, setting), setting.limit ?? 8000),
      });
    }
  }
  throw new Error("it never submitted");
}

function shell(command: string, setting: Setting): string {
  const lines = setting.table.split("\n");
  const head = /head -n (\d+)/.exec(command);
  if (head) return lines.slice(0, Number(head[1])).join("\n");
  const page = /sed -n '(\d+),(\d+)p'/.exec(command);
  if (page) return lines.slice(Number(page[1]) - 1, Number(page[2])).join("\n") || "[no output]";
  const file = /^cat skill\/(.*)$/.exec(command)?.[1];
  if (file !== undefined)
    return setting.references?.[file] ?? `[stderr]\ncat: ${file}: No such file`;
  if (command === "cat table.csv" || command === "sheet read table.xlsx") return setting.table;
  return "[no output]";
}

describe("the agent", () => {
  it("looks at the table and submits the answer, one item a line", async () => {
    const { answer, commands } = await episode({
      question: "which films were directed by ana ruiz?",
      table: tables.films,
      knows: ["one-a-line"],
    });
    expect(answer).toBe("Quiet Sea\nNorth Wind");
    expect(commands).toEqual(["head -n 30 table.csv"]);
  });

  it("writes into the workbook where it is asked to", async () => {
    const { answer, commands } = await episode({
      question: "which films were directed by ana ruiz?",
      table: tables.films.replace("Quiet Sea", "Sea's End"),
      knows: ["one-a-line", "whole-table"],
      workbook: true,
    });
    expect(answer).toBe("done");
    expect(commands).toEqual([
      "sheet read table.xlsx",
      "sheet write answer.xlsx A1 'Sea'\\''s End' A2 'North Wind'",
    ]);
  });
});

describe("a long table", () => {
  const question = "how many songs did oskar sing?";
  const rows = Array.from(
    { length: 600 },
    (_, at) => `${at + 1},Song number ${at},${at < 595 ? "Mira" : "Oskar"}`,
  );
  const table = `Track,Title,Singer\n${rows.join("\n")}\n`;

  it("is seen only at its top without the habit of reading it whole", async () => {
    const { answer, commands } = await episode({
      question,
      table,
      knows: ["count-rows"],
    });
    expect(commands).toHaveLength(1);
    expect(answer).not.toBe("5");
  });

  it("is paged through when what was printed of it was cut", async () => {
    const { answer, commands } = await episode({
      question,
      table,
      knows: ["count-rows", "whole-table"],
    });
    expect(commands.length).toBeGreaterThan(2);
    expect(answer).toBe("5");
  });

  it("is given up on in good time when it never ends", async () => {
    const { commands } = await episode({ question, table, knows: ["whole-table"], limit: 300 });
    expect(commands.length).toBeLessThan(16);
  });
});

describe("a skill", () => {
  const question = "how many nations are listed?";
  const lesson = "- Skip the total rows before counting.";
  const knows = ["count-rows"];

  it("teaches what the model does not know", async () => {
    expect((await episode({ question, table: tables.medals, knows })).answer).toBe("5");
    expect((await episode({ question, table: tables.medals, knows, skill: lesson })).answer).toBe(
      "4",
    );
  });

  it("can talk the model out of what it knows", async () => {
    const skill = "- Do not count the matching rows.";
    expect((await episode({ question, table: tables.medals, knows, skill })).answer).not.toBe("5");
  });

  it("is read by small only in its first 2,500 characters, by large to the end", async () => {
    const far = `${"The weather was fine that day.\n\n".repeat(90)}${lesson}`;
    expect(far.length).toBeGreaterThan(2500);
    expect(
      (await episode({ question, table: tables.medals, knows, skill: far, size: "small" })).answer,
    ).toBe("5");
    expect(
      (await episode({ question, table: tables.medals, knows, skill: far, size: "large" })).answer,
    ).toBe("4");
    const near = `${lesson}\n\n${far}`;
    expect(
      (await episode({ question, table: tables.medals, knows, skill: near, size: "small" })).answer,
    ).toBe("4");
  });

  it("has its references opened by large, and not by small", async () => {
    const setting = {
      question,
      table: tables.medals,
      knows,
      skill: "For counts, read [counting](references/counting.md) first.",
      references: { "references/counting.md": lesson },
    };
    expect((await episode({ ...setting, size: "large" })).answer).toBe("4");
    expect((await episode({ ...setting, size: "large" })).commands).toContain(
      "cat skill/references/counting.md",
    );
    expect((await episode({ ...setting, size: "small" })).answer).toBe("5");
  });
});

describe("whatever the tools say", () => {
  const observation = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "[no output]",
      "[timed out]",
      "[exit code 1]",
      "[stderr]\ncat: table.csv: No such file",
      '"open',
      ",,,\n,,\n",
      "\n\n\n",
      "a,b\n[... 9 characters left out ...]\n1,2",
    ),
    fc
      .array(fc.array(fc.string(), { maxLength: 5 }), { maxLength: 8 })
      .map((rows) => rows.map((row) => row.join(",")).join("\n")),
  );

  it("it takes a turn, and submits in the end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(observation, { minLength: 1, maxLength: 16 }),
        fc.string(),
        fc.boolean(),
        async (said, question, workbook) => {
          const messages: Message[] = [
            { role: "system", text: "# Role: agent" },
            {
              role: "user",
              text: `Question: ${question}\n\n${workbook ? "`table.xlsx`" : "`table.csv`"}`,
            },
          ];
          const mind = () => ({
            ...mindOf("large", ["whole-table", "plain-numbers"]),
            rng: seededRng(3),
          });
          let calls: readonly ToolCall[] = [];
          for (let turn = 0; turn < 20; turn++) {
            const request: ModelRequest = { messages, tools: agentTools, seed: 3 };
            const reply = await play(request, mind());
            calls = reply.calls;
            if (calls.some((call) => call.name === "submit")) break;
            messages.push({ role: "assistant", text: reply.text, calls });
            for (const call of calls)
              messages.push({
                role: "tool",
                callId: call.id,
                text: said[turn % said.length] ?? "",
              });
          }
          expect(calls.map((call) => call.name)).toEqual(["submit"]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("asked directly, without tools", () => {
  const question = "which films were directed by ana ruiz?";
  const asked = `The table, as comma-separated values:\n\n\`\`\`csv\n${tables.films.trimEnd()}\n\`\`\`\n\nQuestion: ${question}`;
  const saying = (user: string, body = "") => {
    const system = `# Role: agent\n\nAnswer.${body}`;
    const messages: Message[] = [
      { role: "system", text: system },
      { role: "user", text: user },
    ];
    return play({ messages, tools: [], seed: 1 }, mindOf("large", ["one-a-line"]));
  };

  it("says the answer at the end and calls nothing", async () => {
    const { text, calls } = await saying(asked);
    expect(calls).toEqual([]);
    expect(text).toMatch(/\n\nAnswer:\nQuiet Sea\nNorth Wind$/);
  });

  it("opens no file that a skill points to", async () => {
    const skill = '\n\n<skill name="s">\nSee references/more.md.\n</skill>';
    expect((await saying(asked, skill)).calls).toEqual([]);
  });

  it("answers with what was shown of a table that was cut off", async () => {
    const cut = asked.replace(/\n```\n/, "\n[Cut off here: 9 of 20 lines are not shown.]\n```\n");
    expect((await saying(cut)).text).toMatch(/Quiet Sea\nNorth Wind$/);
  });
});
