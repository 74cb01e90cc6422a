import type { Habit } from "../../../../harness/contracts/index.ts";
import { absoluteDifference } from "./absolute-difference.ts";
import { alwaysDistinct } from "./always-distinct.ts";
import { alwaysDropLastRow } from "./always-drop-last-row.ts";
import { askedColumn } from "./asked-column.ts";
import { bareNumber } from "./bare-number.ts";
import { blanks } from "./blanks.ts";
import { countGroups } from "./count-groups.ts";
import { countRows } from "./count-rows.ts";
import { dates } from "./dates.ts";
import { distinct } from "./distinct.ts";
import { eitherOr } from "./either-or.ts";
import { everyCondition } from "./every-condition.ts";
import { exactText } from "./exact-text.ts";
import { excludeNamed } from "./exclude-named.ts";
import { inclusiveBounds } from "./inclusive-bounds.ts";
import { lastByDate } from "./last-by-date.ts";
import { namedMeasure } from "./named-measure.ts";
import { oneALine } from "./one-a-line.ts";
import { oneItem } from "./one-item.ts";
import { plainNumbers } from "./plain-numbers.ts";
import { readBack } from "./read-back.ts";
import { roundWhole } from "./round-whole.ts";
import { rowOrder } from "./row-order.ts";
import { shortForm } from "./short-form.ts";
import { skipTotals } from "./skip-totals.ts";
import { stripMarks } from "./strip-marks.ts";
import { sumRows } from "./sum-rows.ts";
import { tiesAll } from "./ties-all.ts";
import { wholeTable } from "./whole-table.ts";
import { yearOfDate } from "./year-of-date.ts";
import { yesOrNo } from "./yes-or-no.ts";

/** Every habit there is, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [
    absoluteDifference,
    alwaysDistinct,
    alwaysDropLastRow,
    askedColumn,
    bareNumber,
    blanks,
    countGroups,
    countRows,
    dates,
    distinct,
    eitherOr,
    everyCondition,
    exactText,
    excludeNamed,
    inclusiveBounds,
    lastByDate,
    namedMeasure,
    oneALine,
    oneItem,
    plainNumbers,
    readBack,
    roundWhole,
    rowOrder,
    shortForm,
    skipTotals,
    stripMarks,
    sumRows,
    tiesAll,
    wholeTable,
    yearOfDate,
    yesOrNo,
  ].map((habit) => [habit.id, habit]),
);
