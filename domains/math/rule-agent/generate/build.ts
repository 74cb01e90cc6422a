import type { Rng } from "../../../../harness/contracts/index.ts";
import { seededRng } from "../../../../harness/models/rule-based/kit.ts";

import { algebraFamilies } from "./algebra.ts";
import { countingFamilies } from "./counting.ts";
import type { Family, Problem } from "./draw.ts";
import { geometryFamilies } from "./geometry.ts";
import { numberFamilies } from "./numbers.ts";
import { contestFamilies, storyFamilies } from "./stories.ts";

const mixed = [...numberFamilies, ...algebraFamilies, ...countingFamilies, ...geometryFamilies];

/** The files of the sample, and what they are filled with; the two parts of DAPO hold whole numbers, as upstream's do. */
const plan: readonly {
  readonly file: string;
  readonly count: number;
  readonly families: readonly Family[];
  readonly only?: RegExp;
}[] = [
  { file: "dapo-train", count: 200, families: mixed, only: /^-?\d+$/ },
  { file: "dapo-test", count: 100, families: mixed, only: /^-?\d+$/ },
  { file: "math-500", count: 60, families: mixed },
  { file: "gsm8k", count: 40, families: storyFamilies },
  { file: "aime", count: 20, families: contestFamilies },
];

/** Draws that are given up on before the plan is taken to be impossible. */
const PATIENCE = 400;

/**
 * The files of the sample, by name, in the layout of the real problem sets.
 *
 * Answers are computed from the numbers of the problem. No problem is there twice.
 */
export function buildSample(): ReadonlyMap<string, string> {
  const used = new Set<string>();
  return new Map(
    plan.map(({ file, count, families, only }) => {
      const rng = seededRng(`math-sample/${file}`);
      const rows = Array.from({ length: count }, (_, index) => {
        const { problem, answer } = fresh(families, index, rng.fork(String(index)), used, only);
        const id = `${file}-${String(index).padStart(3, "0")}`;
        return JSON.stringify({ id, problem, answer, source: "math sample" });
      });
      return [`${file}.jsonl`, `${rows.join("\n")}\n`];
    }),
  );
}

/** A problem that was not used yet; the families take turns. */
function fresh(
  families: readonly Family[],
  index: number,
  rng: Rng,
  used: Set<string>,
  only: RegExp | undefined,
): Problem {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const family = families[(index + Math.floor(attempt / 20)) % families.length];
    const made = family?.(rng.fork(String(attempt)));
    if (made === undefined || used.has(made.problem) || only?.test(made.answer) === false) continue;
    used.add(made.problem);
    return made;
  }
  throw new Error("the families do not make enough problems");
}
