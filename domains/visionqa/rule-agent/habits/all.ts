import type { Habit } from "../../../../harness/contracts/index.ts";
import { addressBlock } from "./address-block.ts";
import { captionWords } from "./caption-words.ts";
import { closingName } from "./closing-name.ts";
import { isoDates } from "./iso-dates.ts";
import { largestAmount } from "./largest-amount.ts";
import { lastTotal } from "./last-total.ts";
import { lookalikes } from "./lookalikes.ts";
import { rangeEnds } from "./range-ends.ts";
import { roundAmounts } from "./round-amounts.ts";
import { rowAndColumn } from "./row-and-column.ts";
import { stampedDate } from "./stamped-date.ts";
import { titleCapitals } from "./title-capitals.ts";
import { trimMarks } from "./trim-marks.ts";
import { valueBelow } from "./value-below.ts";
import { wholeCaption } from "./whole-caption.ts";
import { wholeLine } from "./whole-line.ts";
import { withoutCaption } from "./without-caption.ts";

/** Every habit of reading documents, by id. */
export const habits: ReadonlyMap<string, Habit> = new Map(
  [
    addressBlock,
    captionWords,
    closingName,
    isoDates,
    largestAmount,
    lastTotal,
    lookalikes,
    rangeEnds,
    roundAmounts,
    rowAndColumn,
    stampedDate,
    titleCapitals,
    trimMarks,
    valueBelow,
    wholeCaption,
    wholeLine,
    withoutCaption,
  ].map((habit) => [habit.id, habit]),
);
