import CliTable from "cli-table3";
import { unreachable } from "../errors.ts";
import { csvLines } from "./csv.ts";
import { legend, plainText } from "./grid.ts";
import type { Ladder, LadderRow } from "./ladder.ts";
import type { LadderFormat } from "./ladder-formats.ts";
import { ladderFooter, ladderGrid, ladderHead, ladderHeading } from "./ladder-grid.ts";
import { escapeMarkdown, starSafe } from "./markdown.ts";
import { shortName, wrapped } from "./terminal.ts";

/** Renders a ladder; the text ends in a line end. */
export function renderLadder(ladder: Ladder, format: LadderFormat): string {
  switch (format) {
    case "terminal":
      return terminal(ladder);
    case "md":
      return markdown(ladder);
    case "csv":
      return csvLines(
        columns.map(([header]) => header),
        csvRows(ladder),
      );
    case "json":
      return `${JSON.stringify(ladder, null, 2)}\n`;
    default:
      return unreachable(format);
  }
}

const width = 120;

function terminal(ladder: Ladder): string {
  const table = new CliTable({ head: ladderHead, style: { head: [], border: [] } });
  for (const cells of ladderGrid(ladder, shortName))
    table.push(cells.map((lines) => lines.join("\n")));
  const above = [ladderHeading(ladder, plainText), ...legend(ladder, plainText)];
  const paragraphs = (texts: readonly string[]) =>
    texts.map((text) => wrapped(text, width)).join("\n");
  return `${[paragraphs(above), table.toString(), paragraphs(ladderFooter(ladder))].join("\n\n")}\n`;
}

function markdown(ladder: Ladder): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const models = legend(ladder, escapeMarkdown).map((text) => `- ${text}`);
  return `${[
    `**${ladderHeading(ladder, escapeMarkdown)}**`,
    "",
    ...models,
    ...(models.length > 0 ? [""] : []),
    line(ladderHead),
    line(ladderHead.map(() => "---")),
    ...ladderGrid(ladder, escapeMarkdown).map((cells) =>
      line(cells.map((lines) => starSafe(lines.join("<br>")))),
    ),
    "",
    ...ladderFooter(ladder).map((text) => `- ${starSafe(text)}`),
  ].join("\n")}\n`;
}

type Value = string | number | boolean | null;

/** In the order of the columns; nothing is an empty field. */
const columns: readonly (readonly [header: string, value: (row: LadderRow) => Value])[] = [
  ["condition", (row) => row.condition],
  ["rung", (row) => row.rung],
  ["author", (row) => row.author],
  ["user", (row) => row.user],
  ["split", (row) => row.split],
  ["metric", (row) => row.metric],
  ["cells", (row) => row.cells],
  ["negativeCells", (row) => row.negativeCells],
  ["mean", (row) => row.mean],
  ["meanLow", (row) => row.ci95?.[0] ?? null],
  ["meanHigh", (row) => row.ci95?.[1] ?? null],
  ["baseline", (row) => row.baseline],
  ["gain", (row) => row.gain],
  ["gainLow", (row) => row.gainCi95?.[0] ?? null],
  ["gainHigh", (row) => row.gainCi95?.[1] ?? null],
  ["gainAbsent", (row) => row.gainAbsent],
  ["p", (row) => row.p],
  ["pHolm", (row) => row.pHolm],
  ["minimumDetectableEffect", (row) => row.minimumDetectableEffect],
  ["step", (row) => row.step],
  ["stepLow", (row) => row.stepCi95?.[0] ?? null],
  ["stepHigh", (row) => row.stepCi95?.[1] ?? null],
  ["stepAbsent", (row) => row.stepAbsent],
  ["repairs", (row) => row.repairs],
  ["regressions", (row) => row.regressions],
  ["trainTasks", (row) => row.trainTasks],
  ["trainGain", (row) => row.trainGain],
  ["trainGainLow", (row) => row.trainGainCi95?.[0] ?? null],
  ["trainGainHigh", (row) => row.trainGainCi95?.[1] ?? null],
  ["retention", (row) => row.retention],
  ["retentionLow", (row) => row.retentionCi95?.[0] ?? null],
  ["retentionHigh", (row) => row.retentionCi95?.[1] ?? null],
  ["skills", (row) => row.making?.skills ?? null],
  ["rollouts", (row) => row.making?.rollouts ?? null],
  ["calls", (row) => row.making?.calls ?? null],
  ["tokens", (row) => row.making?.tokens ?? null],
  ["costUsd", (row) => row.making?.costUsd ?? null],
  ["tokensPerPoint", (row) => row.tokensPerPoint],
  ["costPerPoint", (row) => row.costPerPoint],
];

function csvRows(ladder: Ladder): Value[][] {
  return ladder.rows.map((row) => columns.map(([, value]) => value(row)));
}
