import { describe, expect, test } from "vitest";
import type { Model } from "../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../harness/errors.ts";
import { type RetryPolicy, retrying } from "../../../../harness/models/wrappers/retrying.ts";
import type { PatientContext } from "../../../../harness/models/wrappers/waits.ts";
import { seededRng } from "../../../../harness/rng.ts";
import {
  askFor,
  callContext,
  leapingClock,
  type Step,
  said,
  scriptedModel,
} from "../../../support/models.ts";

const policy: RetryPolicy = { attempts: 4, baseMs: 100, maxMs: 300, budgetMs: 60_000 };
const transient = (message: string, retryAfterMs?: number) =>
  new ModelFault({ kind: "transient", message, status: 429, retryAfterMs });

function setting(steps: readonly Step[], change: Partial<RetryPolicy> = {}) {
  const clock = leapingClock();
  const inner = scriptedModel(steps);
  const model = retrying(inner, { clock, rng: seededRng(1) }, { ...policy, ...change });
  return { clock, inner, model };
}

describe("retrying", () => {
  test("a reply at the first attempt is passed on as it is", async () => {
    const { clock, model } = setting([said("hi")]);
    expect(await model.complete(askFor("Q"), callContext())).toEqual(said("hi"));
    expect(clock.slept).toEqual([]);
  });

  test("tries transient faults again and records why", async () => {
    const { model, inner } = setting([transient("a"), transient("b"), said("hi")]);
    const reply = await model.complete(askFor("Q"), callContext());
    expect(reply).toEqual({ ...said("hi"), retries: ["a", "b"] });
    expect(new Set(inner.asked.map(({ context }) => context.call))).toEqual(new Set([0]));
  });

  test("backs off exponentially, with jitter between half and all, up to the longest", async () => {
    const { clock, model } = setting([transient("a"), transient("b"), transient("c"), said("hi")]);
    await model.complete(askFor("Q"), callContext());
    const [first = 0, second = 0, third = 0] = clock.slept;
    expect(first).toBeGreaterThanOrEqual(50);
    expect(first).toBeLessThanOrEqual(100);
    expect(second).toBeGreaterThanOrEqual(100);
    expect(second).toBeLessThanOrEqual(200);
    expect(third).toBeGreaterThanOrEqual(150);
    expect(third).toBeLessThanOrEqual(300);
  });

  test("waits at least as long as the endpoint asks, also beyond its own longest back-off", async () => {
    const { clock, model } = setting([transient("a", 20_000), said("hi")]);
    await model.complete(askFor("Q"), callContext());
    expect(clock.slept[0]).toBeGreaterThanOrEqual(20_000);
    expect(clock.slept[0]).toBeLessThanOrEqual(20_100);
  });

  test("gives up after the attempts, saying how many there were", async () => {
    const { model } = setting([1, 2, 3, 4].map((n) => transient(`fault ${n}`)));
    await expect(model.complete(askFor("Q"), callContext())).rejects.toMatchObject({
      kind: "transient",
      message: expect.stringMatching(/^fault 4 \(given up after 4 attempts in 0\.\d s\)$/),
    });
  });

  test("gives up rather than wait beyond its budget", async () => {
    const { clock, model } = setting([transient("a", 3_600_000)]);
    await expect(model.complete(askFor("Q"), callContext())).rejects.toThrow(
      "given up after 1 attempt ",
    );
    expect(clock.slept).toEqual([]);
  });

  test("waiting for a turn is not on its budget", async () => {
    const clock = leapingClock();
    const inner = scriptedModel([transient("a"), said("hi")]);
    const queueing: Model = {
      ...inner,
      async complete(request, context: PatientContext) {
        await clock.sleep(policy.budgetMs);
        context.waited?.(policy.budgetMs);
        return inner.complete(request, context);
      },
    };
    const model = retrying(queueing, { clock, rng: seededRng(1) }, policy);
    expect((await model.complete(askFor("Q"), callContext())).retries).toEqual(["a"]);
  });

  test.each(["permanent", "context-length"] as const)(
    "does not try a %s fault again",
    async (kind) => {
      const fault = new ModelFault({ kind, message: "no" });
      const { model, inner } = setting([fault]);
      await expect(model.complete(askFor("Q"), callContext())).rejects.toBe(fault);
      expect(inner.asked).toHaveLength(1);
    },
  );

  test("an abort ends the waiting", async () => {
    const controller = new AbortController();
    const abort = () => {
      controller.abort(new Error("stopped"));
      return transient("a");
    };
    const { model } = setting([abort]);
    const call = model.complete(askFor("Q"), { ...callContext(), signal: controller.signal });
    await expect(call).rejects.toThrow("stopped");
  });

  test("tells how long it took until the attempt that was answered", async () => {
    const { clock, model } = setting([transient("a"), transient("b"), said("hi")]);
    let waited = 0;
    const context = {
      ...callContext(),
      waited: (ms: number) => {
        waited += ms;
      },
    };
    await model.complete(askFor("Q"), context);
    expect(waited).toBe(clock.slept.reduce((sum, ms) => sum + ms, 0));
  });
});
