import { isFormOutcome } from "../agent/form-watch.ts";
import type { JsonObject } from "../contracts/index.ts";
import type { ArmForm, TableInput } from "../report/table-input.ts";
import type { Arm } from "./arms.ts";
import type { Study } from "./config/read-study.ts";
import type { StudyContext } from "./context.ts";
import type { Cell, EpisodeFacts } from "./execute.ts";
import { makingSeconds } from "./making-time.ts";
import type { StudySplit } from "./select-tasks.ts";
import { type CostOfRow, onceEach, takenBy } from "./spending.ts";

/**
 * The facts of a study that its table is computed from.
 *
 * @param cells every arm of the study at every seed, with its episodes.
 * @param costOf USD of a row, undefined where it is unknown.
 */
export function tableInputOf(
  context: StudyContext,
  cells: readonly Cell[],
  costOf: CostOfRow,
): TableInput {
  const { study, data, models } = context;
  const names = [...new Set([...study.authors, ...study.users])];
  const arms = [...new Set(cells.map(({ arm }) => arm))];
  const splits = [...new Set(arms.map((arm) => arm.split))];
  const splitOf = (name: string) =>
    context.splits.find((split) => split.name === name) as StudySplit;
  return {
    study: study.study,
    data: { name: data.name, real: data.real, digest: data.digest },
    models: names.map((name) => ({ name, label: models.get(name)?.label ?? name })),
    conditions: [...new Set(arms.map((arm) => arm.condition))],
    splits,
    asked: splits.map((name) => {
      const { domain, from, options, direct } = splitOf(name);
      return {
        ...{ split: name, domain: domain.name, grader: domain.grader, from, options },
        ...(direct === undefined ? {} : { interaction: "direct" as const }),
      };
    }),
    seeds: study.seeds,
    seed: study.seeds[0] ?? 0,
    arms: arms.flatMap((arm) =>
      factsOfArm(
        arm,
        splitOf(arm.split),
        cells.filter((cell) => cell.arm === arm),
        { study, costOf },
      ),
    ),
  };
}

/** An arm once for each measure of its split. */
function factsOfArm(
  arm: Arm,
  split: StudySplit,
  cells: readonly Cell[],
  { study, costOf }: { readonly study: Study; readonly costOf: CostOfRow },
): TableInput["arms"] {
  const { condition, mode, author, user, baseline } = arm;
  const rows = cells.flatMap(({ episodes }) => episodes.flat());
  return measuresOf(split).map(({ metric, scoreOf }) => ({
    ...{ condition, mode, author, user, baseline },
    split: arm.split,
    metric,
    observations: cells.flatMap(({ tasks, seed, episodes }) =>
      tasks.map(({ id, group }, i) => ({
        ...{ task: id, group, seed },
        score: scoreOf(episodes[i] ?? []),
      })),
    ),
    form: armForm(rows.map(({ ending }) => ending)),
    spent: takenBy(rows, costOf),
    ...skillsOf(cells, study.seeds),
    ...makingOf(cells, costOf, study.paper !== undefined),
    ...variantOf(arm),
    ...(arm.train ? { train: true as const } : {}),
  }));
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
  scoreOf(samples: readonly EpisodeFacts[]): number | undefined;
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
): { readonly metric: string; scored(row: EpisodeFacts | undefined): number | undefined } {
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

function gradedScore(row: EpisodeFacts | undefined): number | undefined {
  return row?.grade?.kind === "graded" ? row.grade.score : undefined;
}

function passOf(row: EpisodeFacts | undefined): 0 | 1 | undefined {
  if (row?.grade?.kind !== "graded") return undefined;
  return row.grade.passed ? 1 : 0;
}

/**
 * What the skills of an arm took to make, each unit of each skill once.
 *
 * @param isTimed whether wall time is a fact of the study; it differs from run to run.
 */
function makingOf(
  cells: readonly Cell[],
  costOf: CostOfRow,
  isTimed: boolean,
): Pick<TableInput["arms"][number], "making"> {
  const makings = new Set(cells.flatMap(({ resolved }) => (resolved.made ? [resolved.made] : [])));
  if (makings.size === 0) return {};
  const made = [...makings].flatMap(onceEach);
  const rollouts = made.filter(({ stage }) => stage === "rollout").length;
  const seconds = isTimed ? makingSeconds(cells) : undefined;
  const making = { skills: makings.size, rollouts, spent: takenBy(made, costOf) };
  return { making: seconds === undefined ? making : { ...making, seconds } };
}

function variantOf({ condition, source }: Arm): Pick<TableInput["arms"][number], "variant"> {
  if (source.kind !== "evolved" || source.variant === null) return {};
  const of = condition.slice(0, -` @ ${source.variant}`.length);
  return { variant: { of, name: source.variant } };
}

/** How episodes ended, in the terms of form. @param results what `endingResult` gave of each of them. */
export function armForm(results: readonly JsonObject[]): ArmForm {
  const ended: Record<string, number> = {};
  const recovered: Record<string, number> = {};
  for (const { outcome, recovered: forms } of results) {
    if (typeof outcome === "string" && isFormOutcome(outcome))
      ended[outcome] = (ended[outcome] ?? 0) + 1;
    for (const [form, replies] of Object.entries(forms ?? {}))
      recovered[form] = (recovered[form] ?? 0) + Number(replies);
  }
  const byText = results.filter(({ by }) => by === "text").length;
  return { episodes: results.length, ended: inOrder(ended), byText, recovered: inOrder(recovered) };
}

/** The most frequent first. */
function inOrder(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  );
}
