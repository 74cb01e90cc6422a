import { describe, expect, test } from "vitest";
import type { Model, Reply } from "../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../harness/errors.ts";
import { Gate, limited } from "../../../../harness/models/wrappers/limited.ts";
import { seededRng } from "../../../../harness/rng.ts";
import { askFor, callContext, leapingClock, said, scriptedModel } from "../../../support/models.ts";
import { simulatedClock, simulatedServer } from "../../../support/simulated-server.ts";

/** A model whose calls are answered by hand. */
function manualModel() {
  const open: { unit: string; answer(): void; refuse(): void }[] = [];
  const model: Model = {
    ...scriptedModel([]),
    complete: (_, { unit }) =>
      new Promise<Reply>((resolve, reject) => {
        open.push({
          unit,
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
  const clock = leapingClock();
  const gate = limited(model, new Gate(clock, max));
  const call = (context: Partial<ReturnType<typeof callContext>> = {}) =>
    gate.complete(askFor("Q"), { ...callContext(), ...context }).then(
      () => "ok",
      (error: Error) => error.message,
    );
  /** Answers everything that is in flight. */
  const round = async (how: "answer" | "refuse" = "answer") => {
    await clock.sleep(1000);
    for (const pending of open.splice(0)) pending[how]();
    await settled();
    return open.length;
  };
  /** Answers until so many are in flight. */
  const grown = async (to: number) => {
    for (let n = 0; n < 50 && (await round()) < to; n++);
    expect(open).toHaveLength(to);
  };
  return { open, call, round, grown };
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

  test("does not grow where the limit was never reached", async () => {
    const { call, open, round } = setting(100);
    for (let n = 0; n < 40; n++) {
      void call();
      await round();
    }
    for (let n = 0; n < 100; n++) void call();
    expect(open).toHaveLength(4);
  });

  test("halves at a 429, once for all calls that were sent before the cut", async () => {
    const { call, round, grown } = setting(100);
    for (let n = 0; n < 900; n++) void call();
    await grown(100);
    expect(await round("refuse")).toBe(50);
    expect(await round("refuse")).toBe(25);
  });

  test("after a cut it grows by one a round", async () => {
    const { call, round, grown } = setting(100);
    for (let n = 0; n < 900; n++) void call();
    await grown(100);
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

  test("whose unit is furthest on goes first, and among equals who came first", async () => {
    const { call, open, round } = setting(1);
    for (const [unit, number] of [
      ["a", 0],
      ["b", 0],
      ["c", 2],
      ["d", 1],
      ["e", 0],
    ] as const)
      void call({ unit, call: number });
    const order: string[] = [];
    while (open.length > 0) {
      order.push(open[0]?.unit ?? "");
      await round();
    }
    expect(order).toEqual(["a", "c", "d", "b", "e"]);
  });

  test("a call that is aborted while it waits leaves the queue", async () => {
    const { call, open, round } = setting(1);
    const controller = new AbortController();
    const calls = [call(), call({ signal: controller.signal }), call()];
    controller.abort(new Error("stopped"));
    await round();
    expect(open).toHaveLength(1);
    await round();
    expect(await Promise.all(calls)).toEqual(["ok", "stopped", "ok"]);
  });

  test("tells how long a call had to wait for its turn", async () => {
    const clock = leapingClock();
    const { model, open } = manualModel();
    const gate = limited(model, new Gate(clock, 1));
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

describe("the calls in flight at a server", () => {
  /** 128 workers that call a server of so many slots through a gate, one call after another. */
  function busy(slots: number, callMs: (n: number) => number, most = 128) {
    const clock = simulatedClock();
    const server = simulatedServer(clock, { slots, callMs });
    const model = limited(server, new Gate(clock, most));
    const work = async (unit: string): Promise<never> => {
      for (let call = 0; ; call++) await model.complete(askFor("Q"), callContext(call, unit));
    };
    for (let n = 0; n < 128; n++) void work(`unit ${n}`);
    return { clock, server };
  }

  /** Most and mean of what is in flight, looked at every second. */
  async function watch({ clock, server }: ReturnType<typeof busy>, seconds: number) {
    let sum = 0;
    let most = 0;
    for (let n = 0; n < seconds; n++) {
      await clock.pass(1000);
      sum += server.seen.inFlight;
      most = Math.max(most, server.seen.inFlight);
    }
    return { most, mean: sum / seconds };
  }

  /** Lengths of replies as they come: many short ones, some five times as long as the mean. */
  const uneven = (meanMs: number) => {
    const rng = seededRng("lengths");
    return () => -Math.log(1 - rng.next()) * meanMs;
  };

  test.each([1, 2, 4, 8])("of %i slots: these, and never many more", async (slots) => {
    const run = busy(slots, () => 30_000);
    const { most, mean } = await watch(run, 7200);
    expect(most).toBeLessThanOrEqual(Math.max(8, slots * 2));
    expect(mean).toBeGreaterThanOrEqual(slots * 0.9);
  });

  test.each([2, 4, 8])("of %i slots, with replies of every length: about these", async (slots) => {
    const { mean, most } = await watch(busy(slots, uneven(30_000)), 20_000);
    expect(mean).toBeGreaterThanOrEqual(slots * 0.8);
    expect(mean).toBeLessThanOrEqual(slots * 3);
    expect(most).toBeLessThanOrEqual(slots * 8);
  });

  test.each([
    ["even", () => 500],
    ["uneven", uneven(500)],
  ])("without limit: all within a few seconds (replies of %s length)", async (_, callMs) => {
    const run = busy(Infinity, callMs);
    await run.clock.pass(5000);
    expect(run.server.seen.most).toBe(128);
    expect((await watch(run, 120)).mean).toBeGreaterThan(110);
  });
});
