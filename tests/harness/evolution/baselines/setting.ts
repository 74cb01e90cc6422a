import type { Row, Runner, Skill, Task, Unit } from "../../../../harness/contracts/index.ts";
import type { EvolutionDeps, EvolutionRequest } from "../../../../harness/evolution/evolution.ts";
import { presets } from "../../../../harness/evolution/presets.ts";
import {
  calling,
  memory,
  memoryRunner,
  memorySandboxes,
  type Part,
  roleModel,
  rolloutUnit,
  startSkill,
} from "../../../support/evolution.ts";
import { steppingClock } from "../../../support/stepping-clock.ts";
import { toyDomain } from "../../../support/toy-domain.ts";

/** Tasks whose sums have four digits, so that no rule can name one by chance. */
export function tasksOf(count: number): Task[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `task-${i}`,
    group: `g${i}`,
    input: { terms: `${1000 + i} + ${2000 + i}` },
    reference: { total: 3000 + 2 * i },
  }));
}

/** The number of the first task that a text names. */
export function numberOf(text: string): number {
  return Number(/task-(\d+)/.exec(text)?.[1] ?? 0);
}

/** Analysts that learn one lesson of every task, named after it. */
const analysts: Readonly<Record<string, Part>> = {
  "error-analyst": (request, turn) => {
    const i = numberOf(request.messages[1]?.text ?? "");
    if (turn === 0) return calling("try_fix", { command: "sum terms.txt" });
    return calling("submit", { causes: [`Step 2 of ${i}`], memories: [memory(`Care ${i}`, [2])] });
  },
  "success-analyst": (request) =>
    JSON.stringify({
      memories: [memory(`Care ${numberOf(request.messages[1]?.text ?? "")}`, [1])],
    }),
  repair: () => "I do not know better.",
};

/** A request on tasks of which every fourth is solved and the last one broke, and what it is run with. */
export function settingOf(
  parts: Readonly<Record<string, Part>>,
  over: Partial<EvolutionRequest> & { readonly count?: number } = {},
  delay?: (unit: Unit) => number,
) {
  const { count = 12, ...rest } = over;
  const tasks = tasksOf(count);
  const author = roleModel({ ...analysts, ...parts });
  const runner = memoryRunner(delay);
  const request: EvolutionRequest = {
    domain: toyDomain(tasks),
    options: {},
    parent: startSkill(),
    mode: "deepening",
    analysts: "combined",
    preset: { ...presets.default, contrast: 1, replay: 0 },
    tasks,
    author,
    seed: 41,
    ...rest,
  };
  return { author, runner, tasks, request, deps: depsOf(runner, count) };
}

function depsOf(runner: Runner, count: number): EvolutionDeps {
  return {
    runner,
    sandboxes: memorySandboxes(),
    clock: steppingClock(),
    async rollout(task: Task, skill: Skill | undefined, seed: number): Promise<Row> {
      const i = numberOf(task.id);
      const right = String(task.reference["total"]);
      const row = await runner.run(rolloutUnit(task, skill, seed, i % 4 === 0 ? right : "7"));
      const isBroken = i === count - 1;
      return isBroken ? { ...row, grade: { kind: "ungraded", because: "sandbox" } } : row;
    },
  };
}

/** What SKILL.md says. */
export function textOf(skill: Skill): string {
  return skill.files.get("SKILL.md") ?? "";
}
