import { seededRng } from "../../harness/rng.ts";
import type { Observation } from "../../harness/stats/observations.ts";

const seeds = [41, 42, 43];

/**
 * Two arms whose true difference in pass rate is exactly `effect` (from -0.1 to 0.1).
 *
 * Pass rates and the effect itself vary from group to group and from task to task. What decides an
 * episode is one uniform draw, the same for both arms: the group's (2 in 10), the task's (5 in 10) or
 * its own; so episodes of a task are much alike, those of a group a little. 1% are ungraded.
 */
export function simulatedStudy(name: string, groups: number, effect: number) {
  const rng = seededRng(name);
  const spread = (width: number) => (rng.next() - 0.5) * width;
  const baseline: Observation[] = [];
  const arm: Observation[] = [];
  for (let g = 0; g < groups; g++) {
    const group = `g${g}`;
    const rate = 0.5 + spread(0.3);
    const lift = effect + spread(0.2);
    const groupDraw = rng.next();
    const tasks = 1 + Math.floor(rng.next() * rng.next() * 4);
    for (let t = 0; t < tasks; t++) {
      const task = `t${g}.${t}`;
      const own = rate + spread(0.2);
      const taskDraw = rng.next();
      for (const seed of seeds) {
        const source = rng.next();
        const draw = source < 0.2 ? groupDraw : source < 0.7 ? taskDraw : rng.next();
        const graded = (passed: boolean) => (rng.next() < 0.01 ? undefined : Number(passed));
        baseline.push({ task, group, seed, score: graded(draw < own) });
        arm.push({ task, group, seed, score: graded(draw < own + lift) });
      }
    }
  }
  return { baseline, arm };
}
