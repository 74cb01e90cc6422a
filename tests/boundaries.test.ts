import path from "node:path";
import { expect, test } from "vitest";
import { sourcesBelow } from "./support/sources.ts";

/** Rooms of the harness, from the top down: a room may import the rooms after it, and itself. */
const rooms = [
  ["study"],
  ["agent", "evolution", "report"],
  ["models", "sandboxes", "skills", "store", "stats"],
];
/** Files of the harness that any room may import. */
const commons =
  /^harness\/(contracts\/[a-z-]+|errors|lenient-json|checked-json|grouped-by|kept|canonical|rng|prompts)\.ts$/;

/** Whether `from` may import `target`; both are paths in the repository. */
function mayImport(from: string, target: string): boolean {
  const [area = "", place = ""] = from.split("/");
  if (area === "tests") return true;
  if (area === "scripts") return !target.startsWith("tests/");
  if (area === "domains")
    return (
      // What a domain tells the embedded agent is written with that agent's own kit.
      (/^domains\/(shared|[a-z]+)\/rule-agent\//.test(from) &&
        target === "harness/models/rule-based/kit.ts") ||
      target.startsWith(`domains/${place}/`) ||
      target.startsWith("domains/shared/") ||
      /^harness\/(contracts\/index|errors)\.ts$/.test(target)
    );
  if (area !== "harness" || !target.startsWith("harness/")) return false;
  if (place === "contracts") return target.startsWith("harness/contracts/");
  if (commons.test(target)) return true;
  const targetRoom = target.split("/")[1] ?? "";
  const level = (room: string) => rooms.findIndex((names) => names.includes(room));
  if (targetRoom === place) return true;
  // Analysts are agents: evolution drives the same loop as a rollout.
  if (place === "evolution" && targetRoom === "agent") return true;
  return level(place) >= 0 && level(targetRoom) > level(place);
}

/** Imports that break the arrows, and draws or clocks taken from the machine where they are passed in. */
function violations(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, text]) => {
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)]
      .map((match) => path.posix.join(path.posix.dirname(file), match[1] ?? ""))
      .filter((target) => !mayImport(file, target))
      .map((target) => `${file} -> ${target}`);
    // Sandboxes and their workers are effects through and through, with real deadlines.
    const pure = /^(harness|domains)\//.test(file) && !file.startsWith("harness/sandboxes/");
    const draws = pure && /\bMath\.random\b|\bperformance\.now\b/.test(text);
    return draws ? [...imports, `${file}: takes draws or time from the machine`] : imports;
  });
}

test.each([
  [
    "harness/stats/a.ts",
    'import { d } from "../../domains/x/domain.ts"',
    "harness/stats/a.ts -> domains/x/domain.ts",
  ],
  [
    "harness/stats/a.ts",
    'import { s } from "../study/plan.ts"',
    "harness/stats/a.ts -> harness/study/plan.ts",
  ],
  [
    "harness/report/a.ts",
    'import { s } from "../agent/loop.ts"',
    "harness/report/a.ts -> harness/agent/loop.ts",
  ],
  [
    "harness/models/a.ts",
    'import { s } from "../store/store.ts"',
    "harness/models/a.ts -> harness/store/store.ts",
  ],
  [
    "harness/contracts/unit.ts",
    'import { s } from "../models/a.ts"',
    "harness/contracts/unit.ts -> harness/models/a.ts",
  ],
  [
    "domains/x/a.ts",
    'import type { E } from "../../harness/agent/loop.ts"',
    "domains/x/a.ts -> harness/agent/loop.ts",
  ],
  ["domains/x/a.ts", 'await import("../y/grade.ts")', "domains/x/a.ts -> domains/y/grade.ts"],
  [
    "scripts/a.ts",
    'import { f } from "../tests/support/f.ts"',
    "scripts/a.ts -> tests/support/f.ts",
  ],
  [
    "harness/stats/a.ts",
    "const x = Math.random()",
    "harness/stats/a.ts: takes draws or time from the machine",
  ],
])("a planted fault in %s is found", (file, text, found) => {
  expect(violations(new Map([[file, text]]))).toEqual([found]);
});

test("the tree keeps to its boundaries", () => {
  const sources = sourcesBelow(["harness", "domains", "scripts"]);
  expect(sources.size).toBeGreaterThan(80);
  expect(violations(sources)).toEqual([]);
});
