import { expect, test } from "vitest";
import type { Row, Runner, Unit } from "../../../harness/contracts/index.ts";
import { metered } from "../../../harness/study/skill-sources.ts";

const row = (key: string) => ({ key, stage: "rollout" }) as unknown as Row;
const unit = (key: string) => ({ stage: key }) as unknown as Unit;
const runner: Runner = {
  async run({ stage }) {
    if (stage === "broken") throw new Error("no such endpoint");
    return row(stage);
  },
  transcript: async (one) => `what ${one.key} said`,
};

test("a metered runner gives what the runner gives, and remembers every unit once", async () => {
  const meter = metered(runner);
  expect(await meter.run(unit("a"))).toEqual(row("a"));
  await Promise.all([meter.run(unit("b")), meter.run(unit("a"))]);
  expect(meter.rows().map(({ key }) => key)).toEqual(["a", "b"]);
  expect(await meter.transcript(row("a"))).toBe("what a said");
});

test("two meters of one runner count for themselves", async () => {
  const [one, other] = [metered(runner), metered(runner)];
  await one.run(unit("a"));
  await other.run(unit("b"));
  expect(one.rows().map(({ key }) => key)).toEqual(["a"]);
});

test("a unit that failed was not made", async () => {
  const meter = metered(runner);
  await expect(meter.run(unit("broken"))).rejects.toThrow("no such endpoint");
  expect(meter.rows()).toEqual([]);
});
