import { groupedBy } from "../../grouped-by.ts";
import { heading, legend, withInterval } from "../caption.ts";
import { type CsvColumn, csvFields, csvOf, ends } from "../csv.ts";
import type { Format } from "../formats.ts";
import { counted, points, signedPoints } from "../numbers.ts";
import { render } from "../render.ts";
import { coverageGapMax } from "../table.ts";
import type { Naming, TextTable } from "../text-table.ts";
import { type Transfer, type TransferRow, transferReference } from "./transfer.ts";

/** Renders a transfer matrix; the text ends in a line end. */
export function renderTransfer(transfer: Transfer, format: Format): string {
  return render(
    {
      text: (naming) => transferTable(transfer, naming),
      csv: () => csvOf(columns, transfer.rows),
      data: transfer,
    },
    format,
  );
}

const columns: readonly CsvColumn<TransferRow>[] = [
  ...csvFields<TransferRow>("study", "domain", "from", "split", "metric", "condition", "mode"),
  ...csvFields<TransferRow>("author", "user", "own", "mean", "without", "delta"),
  ...ends<TransferRow>("delta", (row) => row.ci95),
  ...csvFields<TransferRow>("pairs", "absent", "verdict"),
];

const marks = { harms: " !!", lower: " !", helps: " *" } as const;

/** The matrix as people read it: a line a skill and split, a column a user. */
function transferTable(transfer: Transfer, { cell, caption }: Naming): TextTable {
  const { rows, studies } = transfer;
  const users = [
    ...new Set(studies.flatMap(({ models }) => models.map(({ name }) => name))),
  ].filter((name) => rows.some(({ user }) => user === name));
  const several = studies.length > 1;
  const lineOf = ({ study, split, metric, condition, author }: TransferRow) =>
    JSON.stringify([study, split, metric, condition, author]);
  const lines = groupedBy(rows, lineOf);
  return {
    title: `Transfer: every skill against the same user without one. ${studies.map((study) => heading(study, caption)).join(" | ")}`,
    above: studies.flatMap((study) =>
      legend(study, caption).map((line) => (several ? `${caption(study.study)}, ${line}` : line)),
    ),
    names: 3,
    head: [["skill"], ["written by"], ["on"], ...users.map((user) => [`used by ${cell(user)}`])],
    lines: [...lines.values()].map((line) => {
      const { condition, author, split, metric, domain, from, study } = line[0];
      return [
        [cell(condition)],
        [author === null ? "" : cell(author)],
        [
          cell(split),
          ...(domain === null ? [] : [`${cell(domain)} ${cell(from ?? "")}`]),
          cell(metric),
          ...(several ? [`study ${cell(study)}`] : []),
        ],
        ...users.map((user) => texts(line.find((row) => row.user === user))),
      ];
    }),
    notes: notes(transfer),
  };
}

function texts(row: TransferRow | undefined): string[] {
  if (row === undefined) return ["not run"];
  const { delta, ci95, absent, verdict, mean, without, pairs, own } = row;
  if (delta === null) return [`no delta: ${absent}`];
  return [
    `${withInterval(signedPoints(delta), ci95)}${verdict === null ? "" : marks[verdict]}`,
    `${points(mean ?? 0)} with, ${points(without ?? 0)} without`,
    `${counted(pairs ?? 0, "pair")}${own ? ", its own" : ""}`,
  ];
}

function notes({ rows, studies }: Transfer): string[] {
  const measured = rows.filter(({ delta }) => delta !== null);
  const between = measured.filter(({ own, author }) => !own && author !== null);
  const tally = (some: readonly TransferRow[]) => {
    const count = (verdict: TransferRow["verdict"]) =>
      some.filter((row) => row.verdict === verdict).length;
    return `${count("harms")} of ${counted(some.length, "cell")} have an interval below 0 (!!), ${count("lower")} more a figure below 0 (!), ${count("helps")} an interval above 0 (*)`;
  };
  const bootstraps = new Set(
    studies.map(({ resamples, seed }) => `${resamples} resamples, seed ${seed}`),
  );
  return [
    `A cell: difference to the ${transferReference} arm of the same user and split in percentage points [95% interval], over the episodes (task, seed) graded in both; the two means in percent; the pairs. Whatever the main table compares a skill with is no part of this.`,
    "!! negative transfer: the whole interval is below 0; ! only the figure is below 0; * the whole interval is above 0. its own: the user wrote the skill itself.",
    `All cells: ${tally(measured)}.`,
    `A model's skill in the hands of another model: ${tally(between)}.`,
    `Intervals resample whole groups of tasks, with all their tasks and seeds (${[...bootstraps].join("; ")}); none is given where the graded shares differ by more than ${points(coverageGapMax)} points. They are not corrected for their number: of 20 skills that change nothing, about one would be marked !! or *.`,
  ];
}
