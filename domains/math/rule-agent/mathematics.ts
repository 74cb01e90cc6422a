import type {
  Desk,
  Recalled,
  SeenTrajectory,
  Studied,
  Subject,
} from "../../../harness/contracts/index.ts";
import { referenceItems } from "../../../harness/models/rule-based/kit.ts";
import { habits } from "./habits/all.ts";
import { play } from "./play.ts";
import { mathProblem, problemIn } from "./problem.ts";

/** Mathematics problems in words, with one final answer. */
export const mathematics: Subject = {
  name: "mathematics",
  material: "the problem",
  habits,
  knows: {
    small: ["order-of-operations", "half-area", "take-root", "stages-multiply", "exact-values"],
    large: [
      "order-of-operations",
      "half-area",
      "take-root",
      "stages-multiply",
      "exact-values",
      "shared-factors",
      "order-free-choice",
      "no-replacement",
      "missing-leg",
      "percent-of-new",
      "trivial-cases",
      "cross-terms",
      "open-ends",
    ],
  },
  recognises: (text) => /^Problem: /m.test(text) || /\bmathematics problems\b/.test(text),
  play,
  recall,
  study,
  same,
  agrees: (items, reference) => same(items, referenceItems(reference)),
};

function recall(seen: SeenTrajectory): Recalled {
  return { problem: mathProblem(problemIn(seen.task)), answered: seen.submitted };
}

function study({ task }: Desk): Studied {
  return { problem: mathProblem(problemIn(task)), next: undefined };
}

/** Whether two answers are written the same, spaces, dollar signs, leading zeros and a name before `=` overlooked. */
function same(a: readonly string[], b: readonly string[]): boolean {
  return plain(a) === plain(b);
}

function plain(items: readonly string[]): string {
  return items
    .join("\n")
    .replace(/[\s$]/g, "")
    .replace(/^[a-z]=/, "")
    .replace(/^0+(?=\d)/, "");
}
