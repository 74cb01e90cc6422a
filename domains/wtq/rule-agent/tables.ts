import type {
  Desk,
  Recalled,
  SeenTrajectory,
  Studied,
  Subject,
} from "../../../harness/contracts/index.ts";
import { referenceItems, sameAnswer } from "../../../harness/models/rule-based/kit.ts";
import { habits } from "./habits.ts";
import { play } from "./play.ts";
import { questionOf, sourceOf, tableProblem } from "./problem.ts";
import { shownTable, viewOf } from "./table-reading.ts";

/** Questions about one table, given as a CSV file or as the first sheet of a workbook. */
export const tables: Subject = {
  name: "tables",
  material: "the table",
  habits,
  knows: {
    small: ["count-rows", "one-a-line", "yes-or-no"],
    large: [
      "count-rows",
      "one-a-line",
      "yes-or-no",
      "asked-column",
      "either-or",
      "every-condition",
      "dates",
    ],
  },
  recognises: (text) =>
    /`table\.(?:csv|xlsx)`|\babout one table\b/.test(text) || shownTable(text) !== undefined,
  play,
  recall,
  study,
  same: sameAnswer,
  agrees: (items, reference) => sameAnswer(items, referenceItems(reference)),
};

function recall(seen: SeenTrajectory): Recalled {
  const source = sourceOf(seen.text);
  const shown = seen.files.get("table.csv") ?? shownTable(seen.task) ?? "";
  const whole = shown === "" ? viewOf(seen.observed, source, true).csv : shown;
  const csv = whole === "" ? viewOf(seen.observed, source, false).csv : whole;
  return {
    problem: tableProblem(questionOf(seen.text) ?? "", csv, source),
    answered: seen.submitted,
  };
}

function study({ task, observed }: Desk): Studied {
  const source = sourceOf(task);
  const { csv, next } = viewOf(observed, source, true);
  return { problem: tableProblem(questionOf(task) ?? "", csv, source), next };
}
