import { describe, expect, it } from "vitest";
import type { Message, ModelRequest } from "../../../../harness/contracts/index.ts";
import { InputError } from "../../../../harness/errors.ts";
import { ruleBasedModel } from "../../../../harness/models/rule-based/model.ts";
import { subjects } from "../../../../scripts/lib/domains.ts";
import { agentTools } from "../../../support/builtin-roles.ts";
import { tables } from "../../../support/builtin-tables.ts";
import { habitIds, ruleFor } from "../../../support/tables-subject.ts";

const context = () => ({ unit: "u", call: 0, signal: new AbortController().signal });

const skill = habitIds
  .filter((id) => !id.startsWith("always") && id !== "one-item")
  .map((id) => `- When ${ruleFor(id).when}: ${ruleFor(id).do}.`)
  .join("\n");

function request(seed: number, question = "how many nations are listed?"): ModelRequest {
  const messages: Message[] = [
    { role: "system", text: `# Role: agent\n\n<skill name="s" path="skill/">\n${skill}\n</skill>` },
    { role: "user", text: `Question: ${question}\n\nThe table is in \`table.csv\`.` },
    {
      role: "assistant",
      text: "",
      calls: [{ id: "a", name: "bash", arguments: { command: "cat table.csv" } }],
    },
    { role: "tool", callId: "a", text: tables.medals },
  ];
  return { messages, tools: agentTools, seed };
}

async function said(seed: number, params = {}, question?: string) {
  const model = ruleBasedModel({ id: "m", name: "large", params }, subjects);
  const reply = await model.complete(request(seed, question), context());
  if (reply.kind !== "said") throw new Error(reply.kind);
  return reply;
}

describe("the builtin model", () => {
  it("says what it is", () => {
    const model = ruleBasedModel(
      { id: "m", name: "small", params: { temperature: 0.5 } },
      subjects,
    );
    expect(model).toMatchObject({
      id: "m",
      protocol: "native",
      label: "builtin (rule-based, not a language model)",
    });
    expect(model.identity).toMatchObject({
      provider: "builtin",
      name: "small",
      params: { temperature: 0.5 },
    });
    expect(model.identity).toHaveProperty("version");
  });

  it("has two sizes and no other", () => {
    expect(() => ruleBasedModel({ id: "m", name: "huge" }, subjects)).toThrow(InputError);
    expect(() => ruleBasedModel({ id: "m", name: "huge" }, subjects)).toThrow(/small or large/);
  });

  it("gives the same reply to the same messages and seed", async () => {
    expect(await said(41)).toEqual(await said(41));
  });

  it("forgets a habit under some seeds, and under none at temperature 0", async () => {
    const answers = async (params: object) => {
      const found = new Set<string>();
      for (let seed = 0; seed < 120; seed++)
        found.add(JSON.stringify((await said(seed, params)).calls));
      return found;
    };
    expect((await answers({})).size).toBeGreaterThan(1);
    expect((await answers({ temperature: 0 })).size).toBe(1);
  });

  it("counts tokens as a quarter of the characters", async () => {
    const model = ruleBasedModel({ id: "m", name: "small" }, subjects);
    const messages: Message[] = [{ role: "system", text: "x".repeat(400) }];
    const reply = await model.complete({ messages, tools: [], seed: 1 }, context());
    expect(reply.usage?.inputTokens).toBe(100);
  });

  it("says plainly that it does not know a part", async () => {
    const model = ruleBasedModel({ id: "m", name: "small" }, subjects);
    const messages: Message[] = [{ role: "system", text: "# Role: conductor\n\nConduct." }];
    const reply = await model.complete({ messages, tools: [], seed: 1 }, context());
    expect(reply).toMatchObject({ kind: "said", calls: [], finish: { reason: "stop" } });
    expect(reply.kind === "said" && reply.text).toContain("conductor");
  });

  it("stops when it is aborted", async () => {
    const model = ruleBasedModel({ id: "m", name: "small" }, subjects);
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(async () =>
      model.complete(request(1), { unit: "u", call: 0, signal: stop.signal }),
    ).rejects.toThrow("enough");
  });
});
