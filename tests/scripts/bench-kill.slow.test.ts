import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rng } from "../../harness/contracts/index.ts";
import { seededRng } from "../../harness/rng.ts";
import {
  command,
  filesBelow,
  journalLines,
  journalRows,
  openWorkspace,
  type Ran,
  timesFinished,
  writeStudy,
} from "../support/commands.ts";

/** Twenty kills take about half a minute; `T2S_FAST=1 npm test` leaves them out. */
const isFast = process.env["T2S_FAST"] === "1";

const work = openWorkspace();
afterAll(work.remove);

const study = writeStudy(work, "killed", {
  splits: {
    evolve: { from: "training", take: 6 },
    select: { from: "training", skip: 20, take: 3 },
    test: { from: "pristine-unseen", take: 8 },
  },
  conditions: ["no-skill", "human-written", "placebo", "deepening+error"],
});

function bench(name: string, during?: Parameters<typeof command>[2]): Promise<Ran> {
  // Two at a time, so that a run lasts and a kill finds something under way.
  return command("bench", [study, ...work.flags(name), "--concurrency", "2"], during);
}

/** What a run leaves for people, but for the manifest with its time and the record of the store's own files. */
function resultsOf(name: string): ReadonlyMap<string, string> {
  const files = [...filesBelow(work.out(name))].filter(
    ([file]) => file !== "manifest.json" && file !== "finished.json",
  );
  return new Map(files.map(([file, bytes]) => [file, bytes.toString("utf8")]));
}

/** Runs until so many rows are stored, or so much time has passed, and kills without a warning. */
function benchUntil(
  name: string,
  point: { readonly rows: number; readonly thenMs: number } | { readonly afterMs: number },
): Promise<Ran> {
  return bench(name, {
    during(child) {
      const kill = (afterMs: number) => setTimeout(() => child.kill("SIGKILL"), afterMs);
      if ("afterMs" in point) {
        kill(point.afterMs);
        return;
      }
      const watch = setInterval(() => {
        if (journalLines(work.store(name)).length < point.rows) return;
        clearInterval(watch);
        kill(point.thenMs);
      }, 2);
      child.on("close", () => clearInterval(watch));
    },
  });
}

describe.skipIf(isFast)("a run that is killed, and a store that is shared", () => {
  let whole: Ran;
  let units: ReadonlyMap<string, number>;
  beforeAll(async () => {
    whole = await bench("whole");
    units = timesFinished(work.store("whole"));
  }, 180_000);

  test("kill -9 at 20 points: the same results, and no finished unit again", async () => {
    expect(whole).toMatchObject({ code: 0 });
    expect(units.size).toBeGreaterThan(35);
    const lanes = await Promise.all(
      ["a", "b"].map((lane) => killRepeatedly(lane, 10, seededRng(`kill ${lane}`))),
    );
    for (const { name, kills, last } of lanes.flat()) {
      expect(kills).toBeGreaterThan(0);
      expect(last, name).toMatchObject({ code: 0, out: whole.out });
      expect(resultsOf(name), name).toEqual(resultsOf("whole"));
      const finished = timesFinished(work.store(name));
      expect([...finished.keys()].sort(), name).toEqual([...units.keys()].sort());
      expect(
        [...finished.values()].filter((times) => times !== 1),
        name,
      ).toEqual([]);
    }
    expect(lanes.flat().reduce((sum, { kills }) => sum + kills, 0)).toBe(20);
  }, 900_000);

  /** Stores that are killed some times each, and then left to finish. */
  async function killRepeatedly(lane: string, times: number, rng: Rng) {
    const stores: { readonly name: string; readonly kills: number; readonly last: Ran }[] = [];
    for (let done = 0, store = 0; done < times; store++) {
      const name = `killed-${lane}${store}`;
      const points = Array.from({ length: Math.min(4, times - done) }, () => rng.next()).sort();
      let kills = 0;
      for (const at of points) {
        const byTime = rng.next() < 0.2;
        const ran = await benchUntil(
          name,
          byTime
            ? { afterMs: rng.next() * 1000 }
            : { rows: Math.floor(at * units.size), thenMs: rng.next() * 25 },
        );
        if (ran.code === null) kills++;
      }
      done += kills;
      if (kills > 0) stores.push({ name, kills, last: await bench(name) });
    }
    return stores;
  }

  test("two processes on one store at once: the same results, no damaged line, no lost row", async () => {
    const second = ["--out", work.out("second")];
    const both = await Promise.all([
      bench("shared"),
      command("bench", [study, ...work.flags("shared"), ...second, "--concurrency", "2"]),
    ]);
    for (const ran of both) expect(ran).toMatchObject({ code: 0, out: whole.out });
    expect(resultsOf("shared")).toEqual(resultsOf("whole"));
    expect(resultsOf("second")).toEqual(resultsOf("whole"));

    const store = work.store("shared");
    const writers = new Set([...filesBelow(store).keys()].map((file) => file.replace(/.*\//, "")));
    expect(writers.size).toBe(4);
    expect(new Set(journalRows(store).map(({ key }) => key))).toEqual(new Set(units.keys()));
    // In a directory of its own nothing is remembered, so every unit is looked up.
    const third = ["--out", work.out("third")];
    const again = await command("bench", [study, ...work.flags("shared"), ...third]);
    expect(again).toMatchObject({ code: 0, out: whole.out });
    expect(again.err).not.toMatch(/damaged/);
    expect(again.err).toMatch(/evaluate: 0 done, \d+ stored, 0 to run/);
  }, 300_000);
});
