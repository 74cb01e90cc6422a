import type { Row } from "../contracts.ts";
import type { TableInput } from "../report/table-input.ts";
import type { Arm } from "./arms.ts";
import { type Cell, type StudyContext, studyWork } from "./execute.ts";
import type { StudyRunner } from "./runner.ts";
import { skillAt } from "./skill-sources.ts";

/**
 * The facts of a finished study that its table is computed from, read back from the store.
 *
 * @param costOf USD of a row, undefined where it is unknown.
 */
export function tableInputOf(
  context: StudyContext,
  runner: StudyRunner,
  cells: readonly Cell[],
  costOf: (row: Row) => number | undefined,
): TableInput {
  const { study, domain, data } = context;
  const work = studyWork(context, runner);
  const names = [...new Set([...study.authors, ...study.users])];
  return {
    study: study.study,
    data: { name: data.name, real: data.real, digest: data.digest },
    models: names.map((name) => ({ name, label: work.model(name).label })),
    conditions: [...new Set(work.arms.map((arm) => arm.condition))],
    splits: [...new Set(work.arms.map((arm) => arm.split))],
    seeds: study.seeds,
    seed: study.seeds[0] ?? 0,
    arms: work.arms.map((arm) => {
      const split = work.split(arm.split);
      const maker = work.rolloutOf(arm.user, split);
      const own = cells.filter((cell) => sameArm(cell.arm, arm));
      const rows = own.flatMap(({ seed, resolved }) =>
        work.tasksOf(arm).map((task) => ({
          task,
          seed,
          row: runner.stored(maker(task, skillAt(resolved, task), seed)),
        })),
      );
      const { condition, mode, author, user, baseline } = arm;
      return {
        ...{ condition, mode, author, user, baseline },
        split: arm.split,
        metric: domain.metric,
        observations: rows.map(({ task, seed, row }) => ({
          task: task.id,
          group: task.group,
          seed,
          score: row?.grade?.kind === "graded" ? row.grade.score : undefined,
        })),
        spent: spentOf(
          rows.flatMap(({ row }) => (row === undefined ? [] : [row])),
          costOf,
        ),
        ...makingOf(own, costOf),
        ...variantOf(arm),
        ...(arm.train ? { train: true as const } : {}),
      };
    }),
  };
}

/** What the skills of an arm took to make, each unit of each skill once. */
function makingOf(
  cells: readonly Cell[],
  costOf: (row: Row) => number | undefined,
): Pick<TableInput["arms"][number], "making"> {
  const makings = new Set(cells.flatMap(({ resolved }) => (resolved.made ? [resolved.made] : [])));
  if (makings.size === 0) return {};
  const made = [...makings].flatMap((rows) => [
    ...new Map(rows.map((row) => [row.key, row] as const)).values(),
  ]);
  const rollouts = made.filter(({ stage }) => stage === "rollout").length;
  return { making: { skills: makings.size, rollouts, spent: spentOf(made, costOf) } };
}

function variantOf({ condition, source }: Arm): Pick<TableInput["arms"][number], "variant"> {
  if (source.kind !== "evolved" || source.variant === null) return {};
  const of = condition.slice(0, -` @ ${source.variant}`.length);
  return { variant: { of, name: source.variant } };
}

function spentOf(rows: readonly Row[], costOf: (row: Row) => number | undefined) {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const costs = rows.map(costOf);
  return {
    calls: sum(({ spent }) => spent.calls),
    inputTokens: sum(({ spent }) => spent.inputTokens),
    outputTokens: sum(({ spent }) => spent.outputTokens),
    unmetered: sum(({ spent }) => spent.unmetered),
    costUsd: costs.includes(undefined) ? null : costs.reduce((a: number, b) => a + (b ?? 0), 0),
  };
}

function sameArm(a: Arm, b: Arm): boolean {
  return (
    a.condition === b.condition && a.author === b.author && a.user === b.user && a.split === b.split
  );
}
