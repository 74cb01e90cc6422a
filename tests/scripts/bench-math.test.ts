import { afterAll, expect, test, vi } from "vitest";
import { command, openWorkspace } from "../support/commands.ts";

vi.setConfig({ testTimeout: 120_000 });
const work = openWorkspace();
afterAll(work.remove);

interface Row {
  readonly condition: string;
  readonly author: string | null;
  readonly user: string;
  readonly graded: number;
  readonly mean: number;
}

test("configs/math.yaml runs whole on the rule-based agent and the shipped sample", async () => {
  const flags = ["--limit", "12", "--seeds", "41", "--json", ...work.flags("math")];
  const ran = await command("bench", ["configs/math.yaml", ...flags]);
  expect(ran.err).not.toMatch(/error/i);
  expect(ran.code).toBe(0);
  const table = JSON.parse(ran.out) as { readonly data: object; readonly rows: readonly Row[] };
  expect(table.data).toMatchObject({ name: "math sample", real: false });
  for (const row of table.rows) expect(row).toMatchObject({ graded: 12 });
  const [unskilled, written] = ["no-skill", "human-written"].map(
    (name) => table.rows.find((row) => row.condition === name && row.user === "large")?.mean ?? 0,
  ) as [number, number];
  expect(unskilled).toBeGreaterThan(0);
  expect(written).toBeGreaterThan(unskilled);
});
