import { shownValue } from "../cell-value.ts";
import { cellName } from "../columns.ts";
import { WorkbookFault } from "../read/fault.ts";
import type { CellBlock, GradedSheet } from "../read/sheet.ts";
import type { Workbook } from "../read/workbook.ts";
import { compareBlock, failedAt } from "./compare-block.ts";
import { allEqual, type Comparison, type ComparisonRequest, failed } from "./comparison.ts";
import { readStrictPosition } from "./strict-position.ts";

/** The workbooks of a request; each may fail on its own with a WorkbookFault. */
export interface RequestedWorkbooks {
  readonly answer: () => Workbook;
  /** @returns undefined where there is no file. */
  readonly output: (answer: Workbook) => Workbook | undefined;
  /** @returns undefined where the request names none. */
  readonly input: (answer: Workbook) => Workbook | undefined;
}

/**
 * Our own grader. Cells are compared by the rule of the published ones (`cell-rule.ts`); what differs
 * is where it looks, and which tasks count:
 *
 * - the position is understood as a person would (`strict-position.ts`); where it names no sheet,
 *   `answer_sheet` does, and only then the first sheet; names of sheets are the same in any case;
 * - a task that nobody can solve is ungraded: its position makes no sense or names a sheet that the
 *   answer lacks, the answer cannot be opened, fails itself, or has there nothing but formulas without
 *   stored results; where only some are such, those cells are not compared, since nobody knows them;
 * - a pass is flagged where the untouched input would pass as well.
 *
 * @throws {WorkbookFault} of kind `limits`.
 */
export function compareStrictly(
  { position, answerSheet }: Pick<ComparisonRequest, "position" | "answerSheet">,
  workbooks: RequestedWorkbooks,
): Comparison {
  const answer = opened(workbooks.answer);
  if (typeof answer === "string") return unsolvable(answer);
  const places = strictPlaces(answer, position, answerSheet);
  if (typeof places === "string") return unsolvable(places);
  const problem = problemOfAnswer(places);
  if (problem !== undefined) return unsolvable(problem);

  const output = opened(() => workbooks.output(answer));
  if (output === undefined) return failed("file_missing", "there is no output file");
  if (typeof output === "string") return failed("load_error", output);
  const failure = compared(places, output);
  if (failure !== undefined) return failure;

  const input = opened(() => workbooks.input(answer));
  if (input === undefined) return allEqual;
  const untouchedPasses = typeof input !== "string" && compared(places, input) === undefined;
  return {
    ...allEqual,
    because: allEqual.because + (untouchedPasses ? "; the untouched input would pass as well" : ""),
    untouchedPasses,
  };
}

/** A block of a sheet of the answer. */
export interface StrictPlace {
  readonly sheet: GradedSheet;
  readonly block: CellBlock;
}

/** Runs a loader; a file that cannot be read is a text saying why. */
function opened<Loaded>(load: () => Loaded): Loaded | string {
  try {
    return load();
  } catch (error) {
    if (error instanceof WorkbookFault && error.kind === "unreadable") return error.message;
    throw error;
  }
}

/** The cells that a position is about, or why nobody can tell. */
export function strictPlaces(
  answer: Workbook,
  position: string,
  answerSheet: string | undefined,
): readonly StrictPlace[] | string {
  const read = readStrictPosition(
    position,
    answer.sheets.map(({ name }) => name),
  );
  if (typeof read === "string")
    return `the position ${JSON.stringify(position)} cannot be used: ${read}`;
  const fallback = sheetMeant(answer, answerSheet);
  const places: StrictPlace[] = [];
  for (const { sheet: name, block } of read) {
    const sheet = name === undefined ? fallback : sheetCalled(answer, name);
    if (sheet === undefined) return `the answer has no sheet ${name ?? answerSheet ?? "at all"}`;
    if (sheet.kind === "chart") return `${sheet.name} is a chart and has no cells`;
    places.push({ sheet, block });
  }
  return places;
}

/** The sheet that `answer_sheet` names, the first one of several; without it the first of the workbook. */
function sheetMeant(answer: Workbook, answerSheet: string | undefined): GradedSheet | undefined {
  if (answerSheet === undefined || answerSheet.trim() === "") return answer.sheets[0];
  const whole = sheetCalled(answer, bare(answerSheet));
  if (whole !== undefined) return whole;
  const names = answerSheet.split(/[,;]/).map(bare);
  return names.map((name) => sheetCalled(answer, name)).find((sheet) => sheet !== undefined);
}

/** A name without the white space and quotes around it. */
function bare(name: string): string {
  return name.trim().replace(/^'+|'+$/g, "");
}

function sheetCalled(workbook: Workbook, name: string): GradedSheet | undefined {
  const lower = name.toLowerCase();
  return (
    workbook.sheet(name) ?? workbook.sheets.find((sheet) => sheet.name.toLowerCase() === lower)
  );
}

/** Why the answer cannot serve: it knows nothing of its cells, or a value is not even equal to itself. */
function problemOfAnswer(places: readonly StrictPlace[]): string | undefined {
  let [known, unknown] = [false, false];
  for (const { sheet, block } of places) {
    const finding = compareBlock(sheet, sheet, block);
    if (finding.kind === "raised")
      return `the answer fails itself: ${sheet.name} holds ${finding.error.message}`;
    if (finding.kind === "different") {
      const value = shownValue(sheet.value(finding.row, finding.column));
      return `the answer fails itself: ${sheet.name}!${cellName(finding.row, finding.column)} holds ${value}, which equals nothing`;
    }
    sheet.eachCell(block, (row, column) => {
      if (sheet.isUncached(row, column)) unknown = true;
      else known = true;
    });
  }
  return unknown && !known
    ? "the answer's formulas have no stored results in the range that is compared"
    : undefined;
}

/** @returns how it fails, or undefined where all cells are the same. */
function compared(places: readonly StrictPlace[], output: Workbook): Comparison | undefined {
  for (const { sheet, block } of places) {
    const theirs = sheetCalled(output, sheet.name);
    if (theirs === undefined || theirs.kind === "chart")
      return failed("worksheet_not_found", `the output has no sheet ${JSON.stringify(sheet.name)}`);
    const isUnknown = (row: number, column: number) => sheet.isUncached(row, column);
    const finding = compareBlock(sheet, theirs, block, isUnknown);
    if (finding.kind === "raised")
      return failed("value_difference", `${sheet.name}: ${finding.error.message}`);
    if (finding.kind === "different") return failedAt(sheet, theirs, finding);
  }
  return undefined;
}

function unsolvable(because: string): Comparison {
  return { kind: "ungraded", reason: "unsolvable", because: `unsolvable: ${because}` };
}
