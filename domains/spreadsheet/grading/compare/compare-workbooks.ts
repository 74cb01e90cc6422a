import { existsSync, readFileSync, statSync } from "node:fs";
import { messageOf } from "../../../../harness/errors.ts";
import { unreadable, WorkbookFault } from "../read/fault.ts";
import { nameProblem, type OpenOptions, openWorkbook, type Workbook } from "../read/workbook.ts";
import { zipLimits } from "../read/zip.ts";
import {
  type Comparison,
  type ComparisonRequest,
  failed,
  type WorkbookSource,
} from "./comparison.ts";
import { comparePublished, type Evaluator, official, reference } from "./published.ts";
import { compareStrictly, type RequestedWorkbooks } from "./strict.ts";

/**
 * The graders, by name:
 *
 * - `strict`: ours, see `strict.ts`; for anything that is no reproduction;
 * - `upstream`: SpreadsheetBench's evaluation.py, exactly;
 * - `reference`: the evaluator of the paper's repository, exactly.
 */
export const graderNames = ["strict", "upstream", "reference"] as const;
export type GraderName = (typeof graderNames)[number];

/** Compares an output with the answer. A file that cannot be read is a finding, never a throw. */
export function compareWorkbooks(request: ComparisonRequest, grader: GraderName): Comparison {
  try {
    const workbooks = requested(request);
    if (grader === "strict") return compareStrictly(request, workbooks);
    return published(request, workbooks, grader === "upstream" ? official : reference);
  } catch (error) {
    if (!(error instanceof WorkbookFault) || error.kind !== "limits") throw error;
    return { kind: "ungraded", reason: "limits", because: error.message };
  }
}

function published(
  { output, position }: ComparisonRequest,
  workbooks: RequestedWorkbooks,
  evaluator: Evaluator,
): Comparison {
  if (!isThere(output)) return failed("file_missing", "there is no output file");
  try {
    const answer = workbooks.answer();
    return comparePublished(answer, workbooks.output(answer) ?? gone(), position, evaluator);
  } catch (error) {
    if (!(error instanceof WorkbookFault) || error.kind === "limits") throw error;
    return failed("load_error", error.message);
  }
}

function requested(request: ComparisonRequest): RequestedWorkbooks {
  const { answer, output, input } = request;
  return {
    answer: () => load(answer, { keep: mentioned(request) }),
    output: (loaded) => (isThere(output) ? loadBeside(loaded, output, request) : undefined),
    input: (loaded) => (input === undefined ? undefined : loadBeside(loaded, input, request)),
  };
}

/** Reads another workbook of the request; one that is the answer's own file is not read again. */
function loadBeside(
  loaded: Workbook,
  source: WorkbookSource,
  request: ComparisonRequest,
): Workbook {
  const { answer } = request;
  if ("path" in answer && "path" in source && answer.path === source.path) return loaded;
  const first = loaded.sheets[0]?.name.toLowerCase() ?? "";
  const isMentioned = mentioned(request);
  const keep = (name: string) => isMentioned(name, -1) || first.includes(name.toLowerCase());
  return load(source, { keep });
}

/** Which sheets a request can be about: all that it mentions, and the first where it names none. */
function mentioned({ position, answerSheet = "" }: ComparisonRequest) {
  const text = `${position} ${answerSheet}`.toLowerCase();
  return (name: string, index: number) =>
    index === 0 || text.replaceAll("''", "'").includes(name.toLowerCase()) || text.includes(name);
}

function isThere(source: WorkbookSource): boolean {
  return "path" in source ? existsSync(source.path) : source.bytes !== undefined;
}

/**
 * Reads a workbook.
 *
 * @throws {WorkbookFault} which file, and why it cannot be read.
 */
function load(source: WorkbookSource, options?: OpenOptions): Workbook {
  const name = "path" in source ? source.path : source.name;
  const base = name.slice(name.lastIndexOf("/") + 1);
  try {
    const problem = nameProblem(name);
    if (problem !== undefined) unreadable(problem);
    return openWorkbook(
      "path" in source ? bytesOf(source.path) : (source.bytes ?? gone()),
      options,
    );
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    throw new WorkbookFault(error.kind, `${base}: ${error.message}`, error);
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    const found = statSync(path, { throwIfNoEntry: false }) ?? gone();
    // A pipe would be waited for, and a device has no end.
    if (!found.isFile()) unreadable(found.isDirectory() ? "it is a directory" : "it is no file");
    if (found.size > zipLimits.archiveBytes)
      throw new WorkbookFault("limits", `the file has ${found.size} bytes, which is too many`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof WorkbookFault) throw error;
    return unreadable(messageOf(error), error);
  }
}

function gone(): never {
  return unreadable("there is no such file");
}
