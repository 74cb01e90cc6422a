import { InputError } from "../../../harness/errors.ts";
import { byMeaning } from "./default/equivalent.ts";
import type { Grader } from "./grader.ts";
import { hendrycks } from "./hendrycks.ts";
import { mathDapo } from "./math-dapo.ts";
import { verlMath } from "./verl-math.ts";

/** Names of the graders; the first is the one that is used unless another is asked for. */
export const graderNames = ["default", "math_dapo", "hendrycks", "verl_math"] as const;
export type GraderName = (typeof graderNames)[number];

/** The graders by name. */
export const graders: Readonly<Record<GraderName, Grader>> = {
  default: byMeaning,
  math_dapo: mathDapo,
  hendrycks,
  verl_math: verlMath,
};

/** @throws {InputError} where there is no grader of that name. */
export function graderCalled(name: string): Grader {
  const known = graderNames.find((candidate) => candidate === name);
  if (known !== undefined) return graders[known];
  throw new InputError({
    where: "--grader",
    problem: `there is no grader ${JSON.stringify(name)}`,
    fix: `Choose one of ${graderNames.join(", ")}.`,
  });
}
