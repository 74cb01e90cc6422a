import type { Row, Skill, Task, Unit } from "../../harness/contracts/index.ts";
import type { EvolutionDeps, EvolutionRequest } from "../../harness/evolution/evolution.ts";
import { presets } from "../../harness/evolution/presets.ts";
import {
  calling,
  memory,
  memoryRunner,
  memorySandboxes,
  type Part,
  roleModel,
  rolloutUnit,
  rule,
  startSkill,
} from "./evolution.ts";
import { steppingClock } from "./stepping-clock.ts";
import { toyDomain } from "./toy-domain.ts";

/** An episode as the agent of a world meets it. */
export interface Attempt {
  /** Number of the task, from 0. */
  readonly task: number;
  /** All text of the skill. */
  readonly skill: string;
  readonly repeat: number;
}

/** A world with a known truth: when the agent passes, and what the analysts learn. */
export interface World {
  readonly tasks: number;
  passes(attempt: Attempt): boolean;
  /** Titles of the lessons of a failed (agentic analyst) or passed first episode; none gives up. */
  learns(task: number, side: "failure" | "success"): readonly string[];
  /** Roles beside those of a plain world, or instead of them. */
  readonly parts?: Readonly<Record<string, Part>>;
  /** Episodes that infrastructure breaks. */
  breaks?(attempt: Attempt): boolean;
}

/** Number of the first task that a text names. */
export function taskNumber(text: string): number {
  return Number(/task-(\d+)/.exec(text)?.[1] ?? -1);
}

/** Tasks whose sums have four digits, so that no rule can name one by chance. */
export function worldTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `task-${i}`,
    group: `g${i}`,
    input: { terms: `${1000 + i} + ${2000 + i}` },
    reference: { total: 3000 + 2 * i },
  }));
}

/** The edits that the merge role was shown, flattened. */
export function shownEdits(text: string): Record<string, unknown>[] {
  const listing = /```json\n([\s\S]*?)\n```/.exec(
    text.split(/^## The (?:patches|edits)$/m)[1] ?? "",
  );
  const patches = JSON.parse(listing?.[1] ?? "[]") as { edits: Record<string, unknown>[] }[];
  return patches.flatMap(({ edits }) => edits);
}

/** A merge that keeps every edit, and makes those with the same content one. */
export const plainMerge: Part = (request) => {
  const groups = new Map<unknown, Record<string, unknown>[]>();
  for (const edit of shownEdits(request.messages[1]?.text ?? ""))
    groups.set(edit["content"], [...(groups.get(edit["content"]) ?? []), edit]);
  const edits = [...groups.values()].map((group) => {
    const { id, tasks: _, ...edit } = group[0] as Record<string, unknown>;
    return { ...edit, ...(id === undefined ? {} : { sources: group.map((one) => one["id"]) }) };
  });
  return JSON.stringify({ reasoning: "m", edits, dropped: [], changelog: [] });
};

function partsOf(world: World): Readonly<Record<string, Part>> {
  return {
    "error-analyst": (request, turn) => {
      const titles = world.learns(taskNumber(request.messages[1]?.text ?? ""), "failure");
      if (titles.length === 0) return calling("submit", { causes: [], memories: [] });
      if (turn === 0) return calling("try_fix", { command: "sum terms.txt" });
      return calling("submit", { causes: ["At step 1."], memories: titles.map((t) => memory(t)) });
    },
    "success-analyst": (request) => {
      const titles = world.learns(taskNumber(request.messages[1]?.text ?? ""), "success");
      return JSON.stringify({ memories: titles.map((title) => memory(title)) });
    },
    propose: (request) => {
      const text = request.messages[1]?.text ?? "";
      const json = /```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? "[]";
      const edits = (JSON.parse(json) as { title: string }[]).map(({ title }, i) => ({
        file: "SKILL.md",
        op: "append_to_section",
        target_section: "## Rules",
        content: rule(title),
        from: [i + 1],
      }));
      return JSON.stringify({ reasoning: "r", edits, changelog: [] });
    },
    repair: () => "I do not know better.",
    merge: plainMerge,
    ...world.parts,
  };
}

/** A world with everything to evolve in it, and a count of its episodes. */
export function settle(world: World, over: Partial<EvolutionRequest> = {}) {
  const runner = memoryRunner();
  const tasks = worldTasks(world.tasks);
  const author = roleModel(partsOf(world));
  const episodes: Attempt[] = [];
  const request: EvolutionRequest = {
    domain: toyDomain(tasks),
    options: {},
    parent: startSkill(),
    mode: "deepening",
    analysts: "combined",
    preset: presets.default,
    tasks,
    author,
    seed: 41,
    ...over,
  };
  const rollout = async (
    task: Task,
    skill: Skill | undefined,
    seed: number,
    repeat = 0,
  ): Promise<Row> => {
    const text = [...(skill?.files.values() ?? [])].join("\n");
    const attempt = { task: taskNumber(task.id), skill: text, repeat };
    episodes.push(attempt);
    const answer = world.passes(attempt) ? String(task.reference["total"]) : "7";
    const plain = rolloutUnit(task, skill, seed, answer);
    const unit: Unit = { ...plain, inputs: { ...plain.inputs, repeat } };
    if (world.breaks?.(attempt) !== true) return runner.run(unit);
    const row = await runner.run(unit);
    return { ...row, grade: { kind: "ungraded", because: "sandbox" } };
  };
  const deps: EvolutionDeps = {
    runner,
    sandboxes: memorySandboxes(),
    clock: steppingClock(),
    rollout,
  };
  return { request, deps, runner, author, episodes };
}
