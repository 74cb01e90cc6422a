import { describe, expect, test } from "vitest";
import type { Model, Reply } from "../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../harness/errors.ts";
import { limited } from "../../../../harness/models/wrappers/limited.ts";
import { askFor, callContext, leapingClock, said, scriptedModel } from "../../../support/models.ts";

/** A model whose calls are answered by hand. */
function manualModel() {
  const open: { answer(): void; refuse(): void }[] = [];
  const model: Model = {
    ...scriptedModel([]),
    complete: () =>
      new Promise<Reply>((resolve, reject) => {
        open.push({
          answer: () => resolve(said("ok")),
          refuse: () => reject(new ModelFault({ kind: "transient", message: "429", status: 429 })),
        });
      }),
  };
  return { model, open };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function setting(max: number) {
  const { model, open } = manualModel();
  const gate = limited(model, { clock: leapingClock() }, max);
  const call = (signal?: AbortSignal) => {
    const context = signal ? { ...callContext(), signal } : callContext();
    return gate.complete(askFor("Q"), context).then(
      () => "ok",
      (error: Error) => error.message,
    );
  };
  /** Answers everything that is in flight. */
  const round = async (how: "answer" | "refuse" = "answer") => {
    for (const pending of open.splice(0)) pending[how]();
    await settled();
    return open.length;
  };
  return { open, call, round };
}

describe("limited", () => {
  test("lets no more calls through than the most it is given", async () => {
    const { call, open, round } = setting(3);
    const calls = Array.from({ length: 7 }, () => call());
    expect(open).toHaveLength(3);
    expect(await round()).toBe(3);
    expect(await round()).toBe(1);
    await round();
    expect(await Promise.all(calls)).toEqual(Array(7).fill("ok"));
  });

  test("starts with as many calls as it may have in flight", async () => {
    const { call, open } = setting(100);
    for (let n = 0; n < 400; n++) void call();
    expect(open).toHaveLength(100);
  });

  test("does not grow where the limit was never reached", async () => {
    const { call, open, round } = setting(100);
    for (let n = 0; n < 100; n++) void call();
    await round("refuse");
    for (let n = 0; n < 40; n++) {
      void call();
      await round();
    }
    for (let n = 0; n < 100; n++) void call();
    expect(open).toHaveLength(50);
  });

  test("halves at a 429, once for all calls that were sent before the cut", async () => {
    const { call, round } = setting(100);
    for (let n = 0; n < 400; n++) void call();
    expect(await round("refuse")).toBe(50);
    expect(await round("refuse")).toBe(25);
  });

  test("after a cut it grows by one a round", async () => {
    const { call, round } = setting(100);
    for (let n = 0; n < 400; n++) void call();
    await round("refuse");
    await round("refuse");
    expect(await round("refuse")).toBe(12);
    const sizes: number[] = [];
    for (let n = 0; n < 5; n++) sizes.push(await round());
    expect(sizes.every((size, n) => size <= (sizes[n - 1] ?? 12) + 1)).toBe(true);
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(15);
  });

  test("never goes below one", async () => {
    const { call, round } = setting(2);
    for (let n = 0; n < 20; n++) void call();
    for (let n = 0; n < 6; n++) await round("refuse");
    expect(await round("refuse")).toBe(1);
  });

  test("a call that is aborted while it waits leaves the queue", async () => {
    const { call, open, round } = setting(1);
    const controller = new AbortController();
    const calls = [call(), call(controller.signal), call()];
    controller.abort(new Error("stopped"));
    await round();
    expect(open).toHaveLength(1);
    await round();
    expect(await Promise.all(calls)).toEqual(["ok", "stopped", "ok"]);
  });

  test("tells how long a call had to wait for its turn", async () => {
    const clock = leapingClock();
    const { model, open } = manualModel();
    const gate = limited(model, { clock }, 1);
    const waits: number[] = [];
    const context = {
      ...callContext(),
      waited: (ms: number) => {
        waits.push(ms);
      },
    };
    const first = gate.complete(askFor("Q"), context);
    const second = gate.complete(askFor("Q"), context);
    await clock.sleep(500);
    open.shift()?.answer();
    await first;
    await settled();
    open.shift()?.answer();
    await second;
    expect(waits).toEqual([500]);
  });
});
