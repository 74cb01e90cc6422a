import type { Row } from "../contracts/index.ts";
import type { TableInput } from "../report/table-input.ts";
import type { Arm } from "./arms.ts";
import { type Cell, type StudyContext, studyWork } from "./execute.ts";
import type { StudyRunner } from "./runner.ts";
import type { StudySplit } from "./select-tasks.ts";
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
  const { study, data } = context;
  const work = studyWork(context, runner);
  const names = [...new Set([...study.authors, ...study.users])];
  return {
    study: study.study,
    data: { name: data.name, real: data.real, digest: data.digest },
    models: names.map((name) => ({ name, label: work.model(name).label })),
    conditions: [...new Set(work.arms.map((arm) => arm.condition))],
    splits: [...new Set(work.arms.map((arm) => arm.split))],
    asked: [...new Set(work.arms.map((arm) => arm.split))].map((name) => {
      const { domain, from, options } = work.split(name);
      return { split: name, domain: domain.name, grader: domain.grader, from, options };
    }),
    seeds: study.seeds,
    seed: study.seeds[0] ?? 0,
    arms: work.arms.flatMap((arm) => {
      const split = work.split(arm.split);
      const maker = work.rolloutOf(arm.user, split);
      const own = cells.filter((cell) => sameArm(cell.arm, arm));
      const rows = own.flatMap(({ seed, resolved }) =>
        work.tasksOf(arm).map((task) => ({
          task,
          seed,
          samples: Array.from({ length: split.samples }, (_, sample) =>
            runner.stored(maker(task, skillAt(resolved, task), seed, sample)),
          ),
        })),
      );
      const { condition, mode, author, user, baseline } = arm;
      return measuresOf(split).map(({ metric, scoreOf }) => ({
        ...{ condition, mode, author, user, baseline },
        split: arm.split,
        metric,
        observations: rows.map(({ task, seed, samples }) => ({
          task: task.id,
          group: task.group,
          seed,
          score: scoreOf(samples),
        })),
        spent: spentOf(
          rows.flatMap(({ samples }) => samples.filter((row) => row !== undefined)),
          costOf,
        ),
        ...skillsOf(own, study.seeds),
        ...makingOf(own, costOf),
        ...variantOf(arm),
        ...(arm.train ? { train: true as const } : {}),
      }));
    }),
  };
}

/** The arm's skill at every seed; nothing where there is none, or one a task. */
function skillsOf(
  cells: readonly Cell[],
  seeds: readonly number[],
): Pick<TableInput["arms"][number], "skills"> {
  const digests = seeds.map((seed) => {
    const resolved = cells.find((cell) => cell.seed === seed)?.resolved;
    return resolved?.skillFor === undefined ? resolved?.skill?.digest : undefined;
  });
  const known = digests.filter((digest) => digest !== undefined);
  return known.length === digests.length ? { skills: known } : {};
}

/** A number that a column shows of a task: computed from its samples at one seed. */
interface Measure {
  readonly metric: string;
  /** Undefined where a sample that it needs is not graded. */
  scoreOf(samples: readonly (Row | undefined)[]): number | undefined;
}

/**
 * What a split's columns show: its measure, and with several samples avg@k and pass@k.
 *
 * pass@k is the chance that at least one of k samples passes, estimated by whether one of the k
 * did (Chen et al., 2021, with n = k).
 */
function measuresOf({ domain, measure, samples: k }: StudySplit): readonly Measure[] {
  const { metric, scored } = measureCalled(measure, domain);
  if (k === 1) return [{ metric, scoreOf: ([row]) => scored(row) }];
  return [
    {
      metric: `avg@${k}`,
      scoreOf: (samples) => {
        const values = samples.map(scored).filter((value) => value !== undefined);
        return values.length < k ? undefined : values.reduce((sum, value) => sum + value, 0) / k;
      },
    },
    {
      metric: `pass@${k}`,
      scoreOf: (samples) => {
        const passes = samples.map(passOf);
        if (passes.includes(1)) return 1;
        return passes.includes(undefined) ? undefined : 0;
      },
    },
  ];
}

function measureCalled(
  measure: string,
  domain: StudySplit["domain"],
): { readonly metric: string; scored(row: Row | undefined): number | undefined } {
  switch (measure) {
    case "score":
      return { metric: domain.metric, scored: gradedScore };
    case "passed":
      return { metric: domain.passMetric ?? domain.metric, scored: passOf };
    default:
      return {
        metric: measure,
        scored: (row) => {
          if (row?.grade?.kind !== "graded") return undefined;
          const { score, metrics } = row.grade;
          // An episode that ended without an answer has no metrics, and is wrong by every one of them.
          return metrics === undefined ? score : metrics[measure];
        },
      };
  }
}

function gradedScore(row: Row | undefined): number | undefined {
  return row?.grade?.kind === "graded" ? row.grade.score : undefined;
}

function passOf(row: Row | undefined): 0 | 1 | undefined {
  if (row?.grade?.kind !== "graded") return undefined;
  return row.grade.passed ? 1 : 0;
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
