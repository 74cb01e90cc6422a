import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { dayNumber } from "../../../domains/shared/calendar.ts";
import type { CellValue } from "../../../domains/spreadsheet/grading/cell-value.ts";
import type { Evaluator } from "../../../domains/spreadsheet/grading/compare/published.ts";
import { official } from "../../../domains/spreadsheet/grading/compare/published.ts";

/** The evaluator of the reference's failure analysis; nothing of ours is measured by it. */
export const diagnostic: Evaluator = {
  ...official,
  stripsParts: true,
  toleratesMissingAnswerSheet: true,
};

/** A value as the vectors write it. */
export interface TypedValue {
  readonly t: string;
  readonly v?: unknown;
}

/** The recorded verdicts of the published evaluators, or undefined where there are none. */
export function goldenSpreadsheets(): { vectors: readonly Vector[]; files: string } | undefined {
  const directory = path.resolve(process.env["T2S_GOLDEN_DIR"] ?? "../shared/golden");
  const file = path.join(directory, "spreadsheet.json");
  if (!existsSync(file)) return undefined;
  return {
    vectors: JSON.parse(readFileSync(file, "utf8")),
    files: path.join(directory, "spreadsheet_files"),
  };
}

/** A vector; its other fields depend on the kind. */
export interface Vector {
  readonly id: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: recorded JSON of ten kinds.
  readonly [field: string]: any;
}

/** A recorded value as ours. */
export function recordedValue({ t, v }: TypedValue): CellValue {
  const text = String(v);
  switch (t) {
    case "null":
      return null;
    case "bool":
      return v === true;
    case "int":
      return BigInt(text);
    case "float":
      return floatOf(text);
    case "str":
      return text;
    case "datetime": {
      const [date = "", time = ""] = text.split("T");
      return { kind: "datetime", day: dayOf(date), microseconds: microsecondsOf(time) };
    }
    case "date":
      return { kind: "date", day: dayOf(text) };
    case "time":
      return { kind: "time", microseconds: microsecondsOf(text) };
    case "timedelta": {
      const { days, seconds, microseconds } = v as Record<string, number>;
      return {
        kind: "timedelta",
        days: days ?? 0,
        microseconds: (seconds ?? 0) * 1e6 + (microseconds ?? 0),
      };
    }
    default:
      throw new Error(`a value of type ${t}`);
  }
}

function floatOf(text: string): number {
  const named: Record<string, number> = { inf: Infinity, "-inf": -Infinity, nan: Number.NaN };
  return named[text] ?? Number(text);
}

function dayOf(text: string): number {
  const [year = 0, month = 0, date = 0] = text.split("-").map(Number);
  return dayNumber(year, month, date) ?? Number.NaN;
}

function microsecondsOf(text: string): number {
  const [clock = "", fraction = "0"] = text.split(".");
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return (hours * 3600 + minutes * 60 + seconds) * 1e6 + Number(fraction.padEnd(6, "0"));
}
