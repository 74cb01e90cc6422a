import { byMeaning } from "./default/equivalent.ts";
import type { Grader } from "./grader.ts";
import { hendrycks } from "./hendrycks.ts";
import { mathDapo } from "./math-dapo.ts";
import { verlMath } from "./verl-math.ts";

/** Names of the graders; the first is the one that is used unless another is asked for. */
export const graderNames = ["default", "math_dapo", "hendrycks", "verl_math"] as const;
export type GraderName = (typeof graderNames)[number];

const byName: Readonly<Record<GraderName, Grader>> = {
  default: byMeaning,
  math_dapo: mathDapo,
  hendrycks,
  verl_math: verlMath,
};

/** The grader of a name, or undefined where there is none. */
export function graderCalled(name: string): Grader | undefined {
  const known = graderNames.find((candidate) => candidate === name);
  return known === undefined ? undefined : byName[known];
}
