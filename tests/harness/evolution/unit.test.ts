import { describe, expect, test } from "vitest";
import { ModelFault } from "../../../harness/errors.ts";
import { askRole, type RoleQuestion } from "../../../harness/evolution/unit.ts";
import { roleModel } from "../../support/evolution.ts";
import { said } from "../../support/models.ts";
import { steppingClock } from "../../support/stepping-clock.ts";

/** Reads a number of stars; every dot is a fault. */
const question: RoleQuestion<number> = {
  system: "# Role: stars",
  user: "Give stars.",
  read: (reply) => ({
    value: reply.includes("*") ? reply.split("*").length - 1 : undefined,
    faults: [...reply.matchAll(/\./g)].map(() => ({
      kind: "not-json",
      where: "reply",
      problem: "a dot",
    })),
  }),
  worth: (stars) => stars - 10,
};

async function asked(
  first: string | Error,
  second: string | Error = new Error("no repair was expected"),
) {
  const model = roleModel({ stars: () => first, repair: () => second });
  const at = { key: "unit", signal: new AbortController().signal };
  const answer = await askRole(
    question,
    { model, repair: model, seed: 1, clock: steppingClock() },
    at,
  );
  return { ...answer, calls: model.asked.length };
}

const transient = new ModelFault({ kind: "transient", message: "reset" });

describe("asking once, with one repair", () => {
  test.each([
    ["a good reply is taken as it is", "**", undefined, { value: 2, faults: [], calls: 1 }],
    [
      "a repair that is worth as much is preferred",
      "**.",
      "**",
      { value: 2, faults: [], calls: 2 },
    ],
    ["a repair that lost something is not taken", "***.", "*", { value: 3, calls: 2 }],
    [
      "a repair that cannot be read is not taken, however bad the reply",
      "*...",
      ".",
      { value: 1, calls: 2 },
    ],
    [
      "nothing readable twice is no value, and an end of its own",
      ".",
      "..",
      { end: "unreadable", value: undefined, calls: 2 },
    ],
  ])("%s", async (_, first, second, expected) => {
    expect(await asked(first, second)).toMatchObject({ end: "answered", ...expected });
  });

  test.each([
    ["the endpoint", transient, undefined, "broken"],
    ["the repair's endpoint", "*.", transient, "broken"],
    [
      "the length of the request",
      new ModelFault({ kind: "context-length", message: "long" }),
      undefined,
      "context-exceeded",
    ],
  ])("%s failing is an end of its own, not a bad reply", async (_, first, second, end) => {
    expect(await asked(first, second)).toMatchObject({ end, value: undefined });
  });

  test("what was spent on both calls is added up", async () => {
    const { spent } = await asked("*.", "*");
    expect(spent).toEqual({
      calls: 2,
      inputTokens: 20,
      outputTokens: 10,
      unmetered: 0,
      retries: [],
    });
  });

  test("reply and repair are asked for in the form of the question", async () => {
    const shape = { name: "stars", schema: { type: "object" } };
    const model = roleModel({ stars: () => "*.", repair: () => "*" });
    const by = { model, repair: model, seed: 1, clock: steppingClock() };
    const at = { key: "unit", signal: new AbortController().signal };
    await askRole({ ...question, shape }, by, at);
    expect(model.requests.map((request) => request.shape)).toEqual([shape, shape]);
    await askRole(question, by, at);
    expect(model.requests.slice(2).some((request) => "shape" in request)).toBe(false);
  });

  test("a reply that reached its limit is repaired even where it can be read", async () => {
    const model = roleModel({ stars: () => said("**", [], "length"), repair: () => "**" });
    const at = { key: "unit", signal: new AbortController().signal };
    const answer = await askRole(
      question,
      { model, repair: model, seed: 1, clock: steppingClock() },
      at,
    );
    expect(answer.repaired).toMatchObject([{ kind: "cut-off" }]);
  });
});
