import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, Task } from "../../../../harness/contracts/index.ts";
import { InputError, ModelFault } from "../../../../harness/errors.ts";
import { assertBankAccount } from "../../../../harness/evolution/baselines/bank-account.ts";
import { memorySkill, readMemoryTexts } from "../../../../harness/evolution/baselines/bank-item.ts";
import { cosine, type Embedder } from "../../../../harness/evolution/baselines/embedding.ts";
import {
  type BankDeps,
  type BankRequest,
  reasoningBank,
} from "../../../../harness/evolution/baselines/reasoning-bank.ts";
import { lintSkill } from "../../../../harness/skills/lint-skill.ts";
import type { Part } from "../../../support/evolution.ts";
import { said } from "../../../support/models.ts";
import { numberOf, settingOf, tasksOf, textOf } from "./setting.ts";

const item = (title: string, more: JsonObject = {}) => ({
  title,
  description: `It is of use for ${title}.`,
  content: "Add them one by one.\n\nIt is safe.",
  ...more,
});

/** Two items of every trajectory, named after its task. */
const extract: Part = (request) => {
  const i = numberOf(request.messages[1]?.text ?? "");
  return JSON.stringify({ memories: [item(`care ${i}`), item(`more care ${i}`)] });
};

function setting(
  reply: Part = extract,
  over: Partial<BankRequest> & { count?: number } = {},
  embedder?: Embedder,
) {
  const { asked, ...rest } = over;
  const made = settingOf({ "memory-extract": reply }, rest);
  const request: BankRequest = { ...made.request, ...(asked ? { asked } : {}) };
  const deps: BankDeps = { ...made.deps, ...(embedder ? { embedder } : {}) };
  return { ...made, request, deps, run: () => reasoningBank(request, deps) };
}

describe("a bank", () => {
  test("has the items of every graded trajectory, one call each, failed or passed", async () => {
    const { author, run } = setting();
    const { bank, account } = await run();
    expect(author.asked).toEqual(Array.from({ length: 11 }, () => "memory-extract"));
    expect(bank).toHaveLength(22);
    expect(bank[0]).toMatchObject({ id: "k1.1", task: "task-0", side: "success" });
    expect(bank[2]).toMatchObject({ id: "k2.1", task: "task-1", side: "failure" });
    for (const { row, query, task } of bank) {
      expect(row).toMatch(/^[0-9a-f]{64}$/);
      expect(query).toBe(`Question: ${task}`);
    }
    const shown = author.requests.map(({ messages }) => messages[1]?.text ?? "");
    expect(shown.filter((text) => text.startsWith("The grader failed it."))).toHaveLength(8);
    expect(shown.filter((text) => text.startsWith("The grader passed it."))).toHaveLength(3);
    expect(account).toMatchObject({
      trajectories: { total: 12, failures: 8, successes: 3, errored: 1 },
      extractions: { asked: 11, notAsked: 0, withItems: 11, without: {} },
      items: { proposed: 22, withheld: {}, kept: 22 },
      retrieval: "bm25",
    });
    expect(account.spent["extract"]?.calls).toBe(11);
    expect(() => assertBankAccount(account, bank.length)).not.toThrow();
  });

  test("an account that lost something is refused", async () => {
    const { account, bank } = await setting().run();
    expect(() => assertBankAccount(account, bank.length - 1)).toThrow("does not add up: bank");
  });

  test("a second one on the same store calls no model and finds the same", async () => {
    const { author, run } = setting();
    const first = await run();
    const second = await run();
    expect(author.asked).toHaveLength(11);
    expect([second.bank, second.account]).toEqual([first.bank, first.account]);
  });

  test("gives an agent the nearest item as a valid skill called memory", async () => {
    const { tasks, run } = setting();
    const { skillFor } = await run();
    for (const task of tasks.slice(0, 11)) {
      const skill = skillFor(task);
      expect(skill.name).toBe("memory");
      expect(textOf(skill)).toContain(`# care ${numberOf(task.id)}\n`);
      expect(lintSkill(skill, { directoryName: "memory" })).toEqual([]);
    }
  });

  test("of equally near items the first is taken, and the same one every time", async () => {
    const [stranger] = tasksOf(1).map((task) => ({ ...task, id: "unlike" }));
    const { skillFor, itemFor } = await setting().run();
    expect(itemFor(stranger as Task)?.id).toBe("k1.1");
    expect(skillFor(stranger as Task).digest).toBe(skillFor(stranger as Task).digest);
  });

  test("an empty bank leaves the agent with S0", async () => {
    const { tasks, run } = setting(() => '{"memories": []}');
    const { bank, skillFor, account } = await run();
    const [task] = tasks;
    expect(bank).toEqual([]);
    expect(skillFor(task as Task).name).toBe("adding");
    expect(account.extractions.without).toEqual({ "no-memories": 11 });
  });

  test("with the error analysts only, successes are counted and not read", async () => {
    const { author, run } = setting(extract, { analysts: "error" });
    const { account } = await run();
    expect(author.asked).toHaveLength(8);
    expect(account.extractions).toMatchObject({ asked: 8, notAsked: 3 });
  });
});

/** Texts as how often they name each task of the test. */
function countingEmbedder(over: Partial<Embedder> = {}): Embedder & { readonly seen: string[][] } {
  const seen: string[][] = [];
  return {
    seen,
    id: "counting",
    identity: { name: "counting" },
    async embed(texts) {
      seen.push([...texts]);
      return texts.map((text) =>
        Array.from(
          { length: 12 },
          (_, i) => text.split(`task-${i}`).length - 1 + (i === 0 ? 0.01 : 0),
        ),
      );
    },
    ...over,
  };
}

describe("a bank with embeddings", () => {
  const asked = tasksOf(12);

  test("finds items by the angle between query and item, and embeds nothing twice", async () => {
    const embedder = countingEmbedder();
    const { runner, run } = setting(extract, { asked }, embedder);
    const { skillFor, account } = await run();
    expect(textOf(skillFor(asked[7] as Task))).toContain("# care 7\n");
    expect(account.retrieval).toBe("embedding");
    expect(account.spent["embed"]).toMatchObject({ calls: 2, unmetered: 2 });
    await run();
    expect(embedder.seen).toHaveLength(2);
    expect(runner.ran.filter((stage) => stage === "embed")).toHaveLength(2);
  });

  test("does not guess for a task that it was not told of", async () => {
    const { skillFor } = await setting(
      extract,
      { asked: asked.slice(0, 2) },
      countingEmbedder(),
    ).run();
    expect(() => skillFor(asked[7] as Task)).toThrow("no vector");
  });

  test.each<[string, Embedder["embed"], string]>([
    ["too few vectors", async () => [], "0 vectors for 22 texts"],
    [
      "vectors of several lengths",
      async (texts) => texts.map((_, i) => Array(i + 1).fill(1)),
      "of several lengths",
    ],
    ["numbers that are none", async (texts) => texts.map(() => [Number.NaN]), "not finite"],
    ["nothing", () => Promise.reject(new Error("no route")), "no route"],
  ])("an endpoint that gives %s is named with what to do", async (_, embed, problem) => {
    const failing = setting(extract, { asked }, countingEmbedder({ embed })).run();
    await expect(failing).rejects.toThrow(InputError);
    await expect(setting(extract, { asked }, countingEmbedder({ embed })).run()).rejects.toThrow(
      problem,
    );
  });

  test("a wrong key stops at once", async () => {
    const fault = new ModelFault({ kind: "permanent", message: "401" });
    const embed = () => Promise.reject(fault);
    await expect(setting(extract, { asked }, countingEmbedder({ embed })).run()).rejects.toBe(
      fault,
    );
  });

  test("a vector without a direction is near nothing", () => {
    expect(cosine([0, 0], [1, 1])).toBe(0);
    expect(cosine([1, 1], [2, 2])).toBeCloseTo(1);
    expect(() => cosine([1], [1, 2])).toThrow("1 and 2 numbers");
  });
});

/** What the trajectories end as, the faults of a reply, items withheld, and calls. */
describe.each<[string, Part, string, Record<string, number>, Record<string, number>, number]>([
  ["prose", () => "I learned a lot.", "unreadable", { "not-json": 2 }, {}, 2],
  ["half JSON", () => '{"memories": [{"title": "a"', "unreadable", { "half-json": 2 }, {}, 2],
  [
    "JSON with unescaped quotes",
    () => '{"memories": [{"title": "say "no"", "description": "d", "content": "c"}]}',
    "unreadable",
    { "bad-json": 2 },
    {},
    2,
  ],
  ["no list", () => '{"memories": "none"}', "no-memories", { "wrong-shape": 2 }, {}, 2],
  [
    "items that are none",
    () => '{"memories": ["a"]}',
    "no-memories",
    { "wrong-shape": 1 },
    { "wrong-shape": 1 },
    2,
  ],
  [
    "an item of 10,000 lines",
    () => JSON.stringify({ memories: [item("a", { content: "- b\n".repeat(10_000) })] }),
    "no-memories",
    { "too-long": 1 },
    { "too-long": 1 },
    2,
  ],
  [
    "an item that is another skill",
    () => JSON.stringify({ memories: [item("a", { content: "---\nname: other\n---\nDo." })] }),
    "no-memories",
    { "other-skill": 1 },
    { "other-skill": 1 },
    2,
  ],
  [
    "an item with an open fence",
    () => JSON.stringify({ memories: [item("a", { content: "```sh\nsum" })] }),
    "no-memories",
    { format: 1 },
    { format: 1 },
    2,
  ],
  [
    "an item that links to nothing",
    () => JSON.stringify({ memories: [item("a", { content: "See [x](references/x.md)." })] }),
    "no-memories",
    { "broken-link": 1 },
    { "broken-link": 1 },
    2,
  ],
  [
    "four items",
    () => JSON.stringify({ memories: ["a", "b", "c", "d"].map((title) => item(title)) }),
    "items",
    { "too-many": 1 },
    { "too-many": 1 },
    2,
  ],
  ["a refusal", () => ({ ...said(""), kind: "refused", text: "No." }), "refused", {}, {}, 1],
  ["a broken endpoint", () => new Error("no route"), "broken", {}, {}, 1],
])("a reply that is %s", (_, reply, end, faults, withheld, calls) => {
  test("is counted, and repaired once at most", async () => {
    const made = settingOf({ "memory-extract": reply, repair: reply }, { count: 2 });
    const { bank, account } = await reasoningBank(made.request, made.deps);
    expect(made.author.asked).toHaveLength(calls);
    expect(account.extractions).toMatchObject(
      end === "items" ? { withItems: 1, without: {} } : { withItems: 0, without: { [end]: 1 } },
    );
    expect(account.replies["extract"]?.faults).toEqual(faults);
    expect(account.items.withheld).toEqual(withheld);
    expect(bank).toHaveLength(end === "items" ? 3 : 0);
  });
});

describe("a memory item", () => {
  test("loses its secrets, its line breaks in titles, and its heading marks", () => {
    const { items } = readMemoryTexts([
      item("# Keep\nthe sign", { content: "Key: sk-abcdefghijklmnopqrstuvwx" }),
    ]);
    expect(items).toMatchObject([{ title: "Keep the sign" }]);
    expect(items[0]?.content).not.toContain("abcdefgh");
  });

  test("whatever it says, is a skill without errors or is not in the bank", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.lorem(),
    );
    const raw = fc.record({ title: text, description: text, content: text });
    fc.assert(
      fc.property(raw, (given) => {
        const { items, faults } = readMemoryTexts([given]);
        expect(items.length + faults.length).toBe(1);
        for (const one of items)
          expect(
            lintSkill(memorySkill(one)).filter(({ severity }) => severity === "error"),
          ).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test("may have a description of any length", () => {
    const { items } = readMemoryTexts([item("a", { description: "😀 ".repeat(900) })]);
    expect(items).toHaveLength(1);
  });
});
