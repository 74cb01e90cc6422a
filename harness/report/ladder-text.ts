import type { Interval } from "../stats/wilson.ts";
import {
  detectablePoints,
  heading,
  legend,
  significance,
  significanceMark,
  withInterval,
} from "./caption.ts";
import { type CsvColumn, csvFields, csvOf, ends } from "./csv.ts";
import type { Format } from "./formats.ts";
import type { Ladder, LadderRow } from "./ladder.ts";
import { counted, grouped, points, signedPoints } from "./numbers.ts";
import { render } from "./render.ts";
import { coverageGapMax } from "./table.ts";
import type { Naming, TextTable } from "./text-table.ts";

/** Renders a ladder; the text ends in a line end. */
export function renderLadder(ladder: Ladder, format: Format): string {
  return render(
    {
      text: (naming) => ladderText(ladder, naming),
      csv: () => csvOf(columns, ladder.rows),
      data: ladder,
    },
    format,
  );
}

/** A ladder as people read it: a line a rung and cell. */
function ladderText(ladder: Ladder, { cell, caption }: Naming): TextTable {
  const severalSplits =
    new Set(ladder.rows.map(({ split, metric }) => `${split} ${metric}`)).size > 1;
  return {
    title: `Ladder. ${heading(ladder, caption)}`,
    above: legend(ladder, caption),
    names: 1,
    head: [["rung"], ["test"], ["tasks"], ["train"], ["a skill took"], ["a point took"]],
    lines: ladder.rows.map((row) => [
      [
        cell(row.rung),
        cell(row.condition),
        row.user === null
          ? `all ${row.cells} cells`
          : row.author === null || row.author === row.user
            ? cell(row.user)
            : `${cell(row.author)} > ${cell(row.user)}`,
        ...(severalSplits ? [`on ${cell(row.split)}, ${cell(row.metric)}`] : []),
      ],
      [
        row.mean === null ? "nothing graded" : withInterval(points(row.mean), row.ci95),
        change("gain", row.gain, row.gainCi95, row.gainAbsent) +
          significanceMark(row.pHolm, row.gain),
        change("step", row.step, row.stepCi95, row.stepAbsent),
      ].filter(Boolean),
      movedText(row),
      trainText(row),
      makingText(row),
      perPointText(row),
    ]),
    notes: notes(ladder),
  };
}

/** How to read a ladder, one paragraph an entry. */
function notes(ladder: Ladder): string[] {
  const together = ladder.rows.filter(({ user }) => user === null);
  const single = ladder.rows.filter(({ user }) => user !== null);
  const tests = (rows: readonly LadderRow[]) => rows.filter(({ p }) => p !== null).length;
  const families = [tests(single), ...(together.length > 0 ? [tests(together)] : [])];
  const baselines = [
    ...new Set(
      ladder.rows.flatMap(({ condition, baseline }) =>
        baseline === null ? [] : [`${condition} against ${baseline}`],
      ),
    ),
  ];
  return [
    `test: mean in percent [95% interval]; gain over the baseline (${baselines.join(", ") || "none was run"}) and step over the rung above, in percentage points, paired by task and seed; none where the graded shares differ by more than ${points(coverageGapMax)} points.`,
    "author > user. All cells together: their pairs side by side, so that a group of tasks is resampled with all its cells.",
    `* gain, ! loss: p below ${significance} by flipping the signs of whole groups, after Holm's correction over the ${families.join(" tests of single cells and the ")} tests of ${together.length > 0 ? "all cells together" : "the cells"}. Steps are not corrected.`,
    "tasks: of the test split, that score higher (won) or lower (lost) than under the baseline over all seeds; negative cells do worse than their baseline or than no skill, as measured.",
    "train: the gain on the tasks that the skill was learnt from; ret.: retention, test gain less train gain, with an interval from the standard errors of both.",
    "a skill took: rollouts (to learn, to try edits out, to choose and to gate), model calls and tokens of everything that made it, as if nothing had been stored; a point took: that by the test gain, n/a where there is none.",
    ...fewSkills(single, ladder.seeds.length),
    ...detectable([
      ["single cells", single],
      ["all cells together", together],
    ]),
  ];
}

/** Where one skill serves several seeds, no interval can tell how another evolution would have come out. */
function fewSkills(rows: readonly LadderRow[], seeds: number): string[] {
  return rows.some(({ making }) => making !== null && making.skills < seeds)
    ? [
        "A rung has fewer skills than seeds, such as the best of several evolutions: intervals hold the variance of tasks and episodes, not that of evolving again.",
      ]
    : [];
}

function detectable(kinds: readonly (readonly [string, readonly LadderRow[]])[]): string[] {
  const sizes = kinds.flatMap(([kind, rows]) => {
    const size = detectablePoints(rows);
    return size === undefined ? [] : [`${size} points (${kind})`];
  });
  return sizes.length === 0
    ? []
    : [
        `Smallest true gain found with 80% power, at 5% before the correction: ${sizes.join(", ")}.`,
      ];
}

function movedText(row: LadderRow): string[] {
  const moved = row.repairs === null ? [] : [`${row.repairs} won`, `${row.regressions ?? 0} lost`];
  if (row.negativeCells === null) return moved;
  const negative =
    row.user === null
      ? [`${row.negativeCells} of ${row.cells} neg.`]
      : row.negativeCells > 0
        ? ["negative"]
        : [];
  return [...moved, ...negative];
}

function trainText({ trainGain, trainGainCi95, retention, retentionCi95, trainTasks }: LadderRow) {
  if (trainGain === null) return ["not measured"];
  return [
    change("gain", trainGain, trainGainCi95, null),
    change("ret.", retention, retentionCi95, null),
    ...(trainTasks === null ? [] : [counted(trainTasks, "task")]),
  ].filter(Boolean);
}

function makingText({ making }: LadderRow): string[] {
  if (making === null) return ["not known"];
  return [
    `${grouped(making.rollouts)} rollouts`,
    `${grouped(making.calls)} calls`,
    making.tokens === null ? "tokens unknown" : `${compact(making.tokens)} tokens`,
  ];
}

function perPointText({ making, gain, tokensPerPoint, costPerPoint }: LadderRow): string[] {
  if (making === null) return ["not known"];
  if (gain === null || gain <= 0) return ["n/a"];
  return [
    tokensPerPoint === null ? "tokens unknown" : `${compact(tokensPerPoint)} tokens`,
    costPerPoint === null ? "cost unknown" : dollars(costPerPoint),
  ];
}

function change(
  what: string,
  figure: number | null,
  interval: Interval | null,
  absent: string | null,
): string {
  if (figure === null) return absent === null ? "" : `no ${what}: ${absent}`;
  return `${what} ${withInterval(signedPoints(figure), interval)}`;
}

/** Whole thousands below a million, then millions, below a hundred with tenths: `12k`, `45.6M`, `789M`. */
function compact(count: number): string {
  if (count < 10_000) return grouped(count);
  if (count < 999_500) return `${Math.round(count / 1000)}k`;
  if (count >= 99_950_000) return `${grouped(Math.round(count / 1_000_000))}M`;
  const tenths = Math.round(count / 100_000);
  return `${Math.floor(tenths / 10)}.${tenths % 10}M`;
}

/** Cents, or four decimals below a dollar. */
function dollars(amount: number): string {
  if (amount === 0) return "USD 0";
  const decimals = amount < 1 ? 4 : 2;
  const units = Math.round(amount * 10 ** decimals);
  const text = String(units).padStart(decimals + 1, "0");
  return `USD ${grouped(Number(text.slice(0, -decimals)))}.${text.slice(-decimals)}`;
}

const columns: readonly CsvColumn<LadderRow>[] = [
  ...csvFields<LadderRow>("condition", "rung", "author", "user", "split", "metric", "cells"),
  ...csvFields<LadderRow>("negativeCells", "mean"),
  ...ends<LadderRow>("mean", (row) => row.ci95),
  ...csvFields<LadderRow>("baseline", "gain"),
  ...ends<LadderRow>("gain", (row) => row.gainCi95),
  ...csvFields<LadderRow>("gainAbsent", "p", "pHolm", "minimumDetectableEffect", "step"),
  ...ends<LadderRow>("step", (row) => row.stepCi95),
  ...csvFields<LadderRow>("stepAbsent", "repairs", "regressions", "trainTasks", "trainGain"),
  ...ends<LadderRow>("trainGain", (row) => row.trainGainCi95),
  ...csvFields<LadderRow>("retention"),
  ...ends<LadderRow>("retention", (row) => row.retentionCi95),
  ...(["skills", "rollouts", "calls", "tokens", "costUsd"] as const).map(
    (name): CsvColumn<LadderRow> => [name, (row) => row.making?.[name] ?? null],
  ),
  ...csvFields<LadderRow>("tokensPerPoint", "costPerPoint"),
];
