import type { Interval } from "../../stats/wilson.ts";
import { heading, legend } from "../caption.ts";
import { type CsvColumn, csvFields, csvOf, ends } from "../csv.ts";
import type { Format } from "../formats.ts";
import { decimal, points, signedDecimal } from "../numbers.ts";
import { render } from "../render.ts";
import { coverageGapMax } from "../table.ts";
import type { Naming, TextTable } from "../text-table.ts";
import type { Compared, ComparedCell, ComparedRow, PaperComparison } from "./compare.ts";
import type { Benchmark } from "./figures.ts";
import { differences, paperTitle } from "./printed.ts";

/** Renders a comparison with the paper; the text ends in a line end. */
export function renderCompared(comparison: PaperComparison, format: Format): string {
  const { paper, ...rest } = comparison;
  return render(
    {
      text: (naming) => comparedTable(comparison, naming),
      csv: () => csvOf(columns, lines(comparison)),
      // Without the paper's own table, which another command prints.
      data: { ...rest, paper: { source: paper.source, table: paper.table } },
    },
    format,
  );
}

/** What stands after a difference whose interval holds 0. */
const compatibleMark = "=";

/** A comparison as people read it: the paper's layout, in every cell ours, the paper's, and the difference. */
function comparedTable(
  { rows, paper, ...measured }: PaperComparison,
  { cell, caption }: Naming,
): TextTable {
  const averaged = rows.some(({ avg }) => avg !== null);
  const timed = rows.some(({ minutes }) => minutes !== null);
  const average: Scale = { scale: "percent", decimals: 2 };
  return {
    title: `${heading(measured, caption)}; beside ${paperTitle(paper, caption)}`,
    above: [
      ...legend(measured, caption),
      `In the paper ${paper.users.map(({ name, label }) => `${caption(name)} is ${caption(label)}`).join(", and ")}.`,
    ],
    names: 1,
    head: [
      ["skill"],
      ...paper.users.flatMap(({ name }) =>
        paper.columns.map(({ id }) => [`${cell(name)} ${cell(id)}`]),
      ),
      ...(averaged ? [["Avg"]] : []),
      ...(timed ? [["minutes"]] : []),
    ],
    lines: rows.map((row) => [
      nameOf(row, paper.authorIsUser, cell),
      ...row.cells.map((each) =>
        texts(row, each, paper.columns.find(({ id }) => id === each.column) ?? average),
      ),
      ...(averaged ? [row.avg === null ? [] : texts(row, row.avg, average)] : []),
      ...(timed ? [minutesText(row, cell)] : []),
    ]),
    notes: notes({ rows, paper, ...measured }, averaged, timed),
  };
}

type Scale = Pick<Benchmark, "scale" | "decimals">;

function nameOf(row: ComparedRow, authorIsUser: boolean, cell: (text: string) => string): string[] {
  const by = row.author !== null ? `by ${cell(row.author)}` : authorIsUser ? "by the user" : "";
  return [cell(row.condition), row.mode ?? "", by].filter(Boolean);
}

function texts(row: ComparedRow, each: Compared, scale: Scale): string[] {
  const isDelta = row.against !== null;
  const paper = `paper ${inScale(each.paper, scale, isDelta, scale.decimals)}`;
  if (each.ours === null) return [`no figure: ${each.absent}`, paper];
  const interval = each.oursCi95 === null ? "" : ` ${range(each.oursCi95, scale)}`;
  const mark = each.compatible ? ` ${compatibleMark}` : "";
  return [
    `ours ${inScale(each.ours, scale, isDelta)}${interval}`,
    paper,
    `diff ${inScale(each.difference ?? 0, scale, true)}${mark}`,
  ];
}

/** In percent with one decimal, or as a fraction in full. */
function inScale(
  value: number,
  { scale, decimals }: Scale,
  isSigned: boolean,
  places = scale === "percent" ? 1 : decimals,
): string {
  const text = isSigned ? signedDecimal : decimal;
  return text(scale === "percent" ? value * 100 : value, places);
}

function range([low, high]: Interval, scale: Scale): string {
  return `[${inScale(low, scale, false)}, ${inScale(high, scale, false)}]`;
}

function minutesText({ minutes }: ComparedRow, cell: (text: string) => string): string[] {
  if (minutes === null) return [];
  const ours = Object.entries(minutes.ours).map(
    ([user, time]) => `ours ${decimal(time, time < 10 ? 2 : 0)} (${cell(user)})`,
  );
  return [...(ours.length === 0 ? ["not taken"] : ours), `paper ${minutes.paper}`];
}

function notes(
  { paper, resamples, seed }: PaperComparison,
  averaged: boolean,
  timed: boolean,
): string[] {
  const runs = paper.columns.map(({ id, tasks, runs: k }) => `${id} ${tasks} x ${k}`);
  return [
    `A cell: ours [95% interval], the paper's figure, and the difference of the two; ${compatibleMark} where the 95% interval of that difference holds 0.`,
    ...differences(paper),
    "The study's splits are called as the paper's columns: " +
      `${paper.columns.map(({ id, name, scale }) => `${id}, ${name}${scale === "percent" ? " (percent)" : " (0 to 1)"}`).join("; ")}.`,
    "Ours leaves out tasks that share a group with one that a skill was learnt from; the paper's figures are over its whole sets.",
    `Our intervals resample whole groups of tasks, with all their tasks and seeds (${resamples} resamples, seed ${seed}), differences as pairs of episodes; none is given where the graded shares differ by more than ${points(coverageGapMax)} points.`,
    `The paper gives no intervals. Its sampling error is approximated: Wilson's interval of independent episodes, tasks x runs, where the paper does not tell the runs an assumption (${runs.join(", ")}), both sides of a difference independent; that its skills might have come out otherwise in another evolution is not in it. The interval of the difference joins both.`,
    ...(averaged
      ? [
          `${paper.averageRule} Our interval joins those of the two means; the paper's takes columns on the same tasks to err together.`,
        ]
      : []),
    ...(timed
      ? [
          "minutes: wall time of turning lessons into one skill, without rollouts and analyses and without time in which nothing of it ran; it depends on the endpoint and on how many calls it is sent at a time.",
        ]
      : []),
  ];
}

/** A line of the CSV: a cell, or a row's average. */
interface Line extends Compared {
  readonly row: ComparedRow;
  readonly cell: ComparedCell | null;
}

function lines({ rows }: PaperComparison): Line[] {
  return rows.flatMap((row) => [
    ...row.cells.map((cell) => ({ ...cell, row, cell })),
    ...(row.avg === null ? [] : [{ ...row.avg, row, cell: null }]),
  ]);
}

const columns: readonly CsvColumn<Line>[] = [
  ...(["condition", "study", "mode", "author", "against"] as const).map(
    (name): CsvColumn<Line> => [name, ({ row }) => row[name]],
  ),
  ["user", ({ cell }) => cell?.user ?? null],
  ["column", ({ cell }) => cell?.column ?? "avg"],
  ["metric", ({ cell }) => cell?.metric ?? null],
  ["episodes", ({ cell }) => cell?.episodes ?? null],
  ...csvFields<Line>("ours"),
  ...ends<Line>("ours", ({ oursCi95 }) => oursCi95),
  ...csvFields<Line>("absent", "paper"),
  ...ends<Line>("paper", ({ paperCi95 }) => paperCi95),
  ...csvFields<Line>("difference"),
  ...ends<Line>("difference", ({ differenceCi95 }) => differenceCi95),
  ...csvFields<Line>("compatible"),
];
