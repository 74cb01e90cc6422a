import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../../harness/evolution/record/account-text.ts";
import { memory } from "../../../../support/evolution.ts";
import { settle, taskNumber, type World } from "../../../../support/evolution-world.ts";

/** What one call says of a task, by what is wrong with it. */
const replies: readonly Record<string, unknown>[] = [
  { fix: "sum terms.txt", causes: ["c"], memories: [memory("Sum them")] },
  { fix: "sum terms.txt", causes: ["c"], memories: [memory("Sum them")] },
  { fix: "fail terms.txt", causes: ["c"], memories: [memory("A wrong guess")] },
  { fix: "echo 3006", causes: ["c"], memories: [memory("A copy")] },
  { fix: "", causes: [], memories: [] },
  { fix: "sum terms.txt", causes: ["c"], memories: [] },
];

const world: World = {
  tasks: 6,
  passes: () => false,
  learns: () => ["Found by the loop"],
  parts: {
    "error-triage": (request) =>
      JSON.stringify(replies[taskNumber(request.messages[1]?.text ?? "")]),
  },
};

const evolved = async (analysis: "triage" | "agentic", over: Partial<World> = {}) => {
  const preset = { ...presets.default, contrast: 1, replay: 0, analysis };
  const setting = settle({ ...world, ...over }, { preset });
  return { ...setting, ...(await evolve(setting.request, setting.deps)) };
};

describe("triage", () => {
  test("believes one call whose fix passes the gate, and passes everything else on to the loop", async () => {
    const { author, account, skill } = await evolved("triage");
    expect(account.triage).toEqual({
      failures: 6,
      asked: 6,
      notAsked: {},
      explained: 2,
      passedOn: { "copied-reference": 1, "gave-up": 1, "no-fix-passed": 1, "no-memories": 1 },
    });
    expect(account.analyses).toMatchObject({ asked: 6, explained: 6, dropped: {} });
    expect(new Set(author.asked.filter((role) => role.startsWith("error")))).toEqual(
      new Set(["error-triage", "error-analyst"]),
    );
    const text = [...skill.files.values()].join("\n");
    expect(text).toContain("Sum them");
    expect(text).toContain("Found by the loop");
    expect(text).not.toContain("A wrong guess");
    expect(text).not.toContain("A copy");
    expect(() => assertAccount(account)).not.toThrow();
    expect(accountText(account, "A title")).toContain("6 failures shown to one call, 2 explained");
  });

  test("costs fewer calls than the loop for every failure, and as much is explained", async () => {
    const cheap = await evolved("triage", {
      parts: { "error-triage": () => JSON.stringify(replies[0]) },
    });
    const dear = await evolved("agentic");
    const calls = ({ account }: typeof cheap) => account.spent["analyse"]?.calls ?? 0;
    expect(calls(cheap)).toBe(6);
    expect(calls(dear)).toBe(12);
    expect(cheap.account.analyses.explained).toBe(dear.account.analyses.explained);
    expect(dear.account.triage).toBeUndefined();
  });

  test("a reply that cannot be read is repaired once, and then the loop takes over", async () => {
    const { account } = await evolved("triage", { parts: { "error-triage": () => "No idea." } });
    expect(account.triage).toMatchObject({ explained: 0, passedOn: { unreadable: 6 } });
    expect(account.replies["analyse"]).toMatchObject({ repairs: 6 });
    expect(account.analyses.explained).toBe(6);
  });

  test("shows the one call the files and the reference, and the skill", async () => {
    const { author } = await evolved("triage");
    const request = author.requests.find(({ messages }) =>
      messages[0]?.text.startsWith("# Role: error-triage"),
    );
    const text = request?.messages[1]?.text ?? "";
    const i = taskNumber(text);
    expect(text).toContain(`### terms.txt\n\n\`\`\`\n${1000 + i} + ${2000 + i}\n`);
    expect(text).toContain(`## The reference\n\n\`\`\`\n${3000 + 2 * i}\n`);
    expect(text).toContain("## The skill `adding`");
  });

  test("shows the one call the task's pictures, and the other analysts none", async () => {
    const page = { mediaType: "image/png", base64: "cGljdHVyZQ==" };
    const preset = { ...presets.default, contrast: 1, replay: 0, analysis: "triage" as const };
    const mixed = { ...world, passes: ({ task }: { task: number }) => task === 5 };
    const { request, deps, author } = settle(mixed, { preset });
    const domain = { ...request.domain, images: async () => [page] };
    await evolve({ ...request, domain }, deps);
    const shown = new Map<string, boolean>();
    for (const { messages } of author.requests) {
      const role = /^# Role: ([a-z-]+)/.exec(messages[0]?.text ?? "")?.[1] ?? "";
      shown.set(role, JSON.stringify(messages).includes(page.base64));
    }
    expect(Object.fromEntries(shown)).toMatchObject({
      "error-triage": true,
      "error-analyst": true,
      "success-analyst": false,
      propose: false,
    });
  });
});
