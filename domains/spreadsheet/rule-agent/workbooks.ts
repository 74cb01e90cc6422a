import type {
  Desk,
  Recalled,
  SeenTrajectory,
  Studied,
  Subject,
} from "../../../harness/contracts/index.ts";
import { parseCsv } from "../../shared/csv.ts";
import { habits } from "./habits/all.ts";
import { checkOf, play } from "./play.ts";
import { workbookProblem } from "./problem.ts";
import { cellName, isWorkbookTask, readTask } from "./task-text.ts";
import { firstLooks, seenSheets } from "./workbook-reading.ts";

/** Workbooks that are to be changed as an instruction says. */
export const workbooks: Subject = {
  name: "workbooks",
  material: "the workbook",
  habits,
  knows: {
    small: ["named-place", "proper-case", "alphabetical", "whole-sheet"],
    large: [
      "named-place",
      "proper-case",
      "alphabetical",
      "whole-sheet",
      "limit-included",
      "find-headings",
      "asked-digits",
      "plain-values",
    ],
  },
  recognises: isWorkbookTask,
  play,
  recall,
  study,
  same: (a, b) => isSame(cellsIn(a), cellsIn(b)),
  agrees: (items, reference) => isSame(cellsIn(items), cellsIn(reference.split("\n"))),
};

function recall(seen: SeenTrajectory): Recalled {
  const task = readTask(seen.task);
  return {
    problem: workbookProblem(task, seenSheets(task, seen.observed)),
    answered: answeredIn(seen),
  };
}

/** What the agent read back of its answer, as items of a trace. */
function answeredIn({ task: text, observed }: SeenTrajectory): readonly string[] {
  const task = readTask(text);
  const { answer } = task;
  const check = checkOf(task);
  const seen = observed.findLast(({ command }) => command === check)?.text ?? "";
  if (answer === undefined || seen === "[no output]") return [];
  const sheet = answer.sheet ?? task.sheets[0] ?? "";
  return seen
    .split(/\r?\n/)
    .flatMap((line, row) =>
      (parseCsv(line)[0] ?? []).flatMap((value, column) =>
        value === ""
          ? []
          : [`${sheet}!${cellName(answer.firstRow + row, answer.firstColumn + column)} = ${value}`],
      ),
    );
}

function study({ task: text, observed }: Desk): Studied {
  const task = readTask(text);
  const next = firstLooks(task, true).find(
    (command) => !observed.some((one) => one.command === command),
  );
  return { problem: workbookProblem(task, seenSheets(task, observed)), next };
}

/** Cells by place, from items or from the text of a reference. */
function cellsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = lines.map((line) => /^(.+![A-Z]+\d+) = (.*)$/.exec(line));
  return new Map(found.flatMap((it) => (it === null ? [] : [[it[1] ?? "", plain(it[2] ?? "")]])));
}

/** Numbers as they are compared, to two decimals; spaces as a reference shows them. */
function plain(value: string): string {
  const text = value.replace(/\s+/g, " ").trim();
  return /^-?\d+(?:\.\d+)?$/.test(text) ? String(Math.round(Number(text) * 100) / 100) : text;
}

function isSame(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  return (
    left.size === right.size && [...left].every(([place, value]) => right.get(place) === value)
  );
}
