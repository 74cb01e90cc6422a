import type { Rng } from "../../../../harness/contracts/index.ts";
import { seededRng } from "../../../../harness/models/rule-based/kit.ts";
import { contestFamilies, exactFamilies, storyFamilies, wholeFamilies } from "../families.ts";
import { drawn, type Family } from "../family.ts";
import { habits } from "../habits.ts";

/** The files of the sample, and the families that take turns in them; the answers of DAPO are whole, as upstream's are. */
const plan: readonly {
  readonly file: string;
  readonly count: number;
  readonly families: readonly Family[];
  /** Digits of an answer, with zeros in front. */
  readonly digits?: number;
}[] = [
  { file: "dapo-train", count: 200, families: wholeFamilies },
  { file: "dapo-test", count: 100, families: wholeFamilies },
  { file: "math-500", count: 60, families: [...wholeFamilies, ...exactFamilies] },
  { file: "gsm8k", count: 40, families: storyFamilies },
  { file: "aime", count: 20, families: contestFamilies, digits: 3 },
];

/** Draws of one problem before its family is taken to be used up. */
const PATIENCE = 100;

/**
 * The files of the sample, by name, in the layout of the real problem sets.
 *
 * Answers are computed from the numbers of the problem. No problem is there twice.
 */
export function buildSample(): ReadonlyMap<string, string> {
  const used = new Set<string>();
  return new Map(
    plan.map(({ file, count, families, digits = 1 }) => {
      const rng = seededRng(`math-sample/${file}`);
      const rows = Array.from({ length: count }, (_, index) => {
        const { problem, answer } = fresh(
          families[index % families.length],
          rng.fork(String(index)),
          used,
        );
        const id = `${file}-${String(index).padStart(3, "0")}`;
        const written = answer.padStart(digits, "0");
        return JSON.stringify({ id, problem, answer: written, source: "math sample" });
      });
      return [`${file}.jsonl`, `${rows.join("\n")}\n`];
    }),
  );
}

/** A problem of a family that was not used yet. */
function fresh(family: Family | undefined, rng: Rng, used: Set<string>) {
  for (let attempt = 0; family !== undefined && attempt < PATIENCE; attempt++) {
    const made = drawn(family, rng.fork(String(attempt)), isGood);
    if (used.has(made.problem)) continue;
    used.add(made.problem);
    return made;
  }
  throw new Error(`there are not enough problems of ${family?.text}`);
}

function isGood(habit: string): boolean {
  return habits.get(habit)?.harmful === false;
}
