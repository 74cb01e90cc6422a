import type { Domain, Evidence, Grade, Sandbox, Task } from "../../harness/contracts/index.ts";
import { graderOf, INPUT, OUTPUT, SOLUTION } from "./environment.ts";
import type { GraderName } from "./grading/compare/compare-workbooks.ts";
import { type Comparison, type ComparisonRequest, failed } from "./grading/compare/comparison.ts";
import { gradeOf } from "./grading/grade.ts";
import { type GradePool, openGradePool } from "./grading/pool.ts";
import type { Library } from "./library.ts";
import { spreadsheetTask } from "./task.ts";

/**
 * Takes the workbooks that an agent left and compares them with the expected ones, outside the sandbox.
 *
 * The evidence has one comparison a case, and with `recalculate: libreoffice` one more of the output with
 * its formulas calculated anew. Bytes of workbooks never get into it.
 *
 * @param library has the workbooks of the data set that the tasks are from.
 */
export function collector(library: Library): Domain["collect"] {
  const pool = openGradePool();
  return async (task, _, sandbox, options) => {
    const { id, input, reference } = spreadsheetTask(task);
    const grader = graderOf(options);
    if (reference.exclude !== null && grader === "strict")
      return evidence([{ kind: "ungraded", reason: "unsolvable", because: reference.exclude }], []);
    const comparisons: Comparison[] = [];
    const recalculated: Comparison[] = [];
    for (const [index, workbook] of input.workbooks.entries()) {
      const golden = reference.goldens[index];
      if (golden === undefined) throw new Error(`${id} has no golden for ${workbook.path}`);
      const given = library.read(workbook);
      const output = await outputOf(sandbox, index, given);
      const request = {
        answer: { name: "golden.xlsx", bytes: library.read(golden) },
        input: { name: INPUT, bytes: given },
        position: input.answerPosition,
        ...(input.answerSheet === null ? {} : { answerSheet: input.answerSheet }),
      };
      const compare = (bytes: Uint8Array | undefined) =>
        compared(pool, { ...request, output: { name: OUTPUT, bytes } }, grader);
      comparisons.push(await compare(output));
      if (options["recalculate"] === "libreoffice" && output !== undefined)
        recalculated.push(await compare(await calculated(sandbox)));
    }
    return evidence(comparisons, recalculated);
  };
}

/**
 * The grade that the evidence of an episode comes to: soft is the share of cases that pass, hard whether
 * all do. A recalculated output is a metric beside them and decides nothing.
 */
export function gradeEvidence(_: Task, { comparisons, recalculated }: Evidence): Grade {
  const grade = gradeOf(comparisons as unknown as readonly Comparison[]);
  if (grade.kind === "ungraded" || recalculated === undefined) return grade;
  const again = gradeOf(recalculated as unknown as readonly Comparison[]);
  if (again.kind === "ungraded") return grade;
  return { ...grade, metrics: { ...grade.metrics, "recalculated soft score": again.score } };
}

function evidence(
  comparisons: readonly Comparison[],
  recalculated: readonly Comparison[],
): Evidence {
  const all = { comparisons, ...(recalculated.length === 0 ? {} : { recalculated }) };
  return all as unknown as Evidence;
}

/**
 * The output of a case: what was left for the first, and what the agent's script makes for the others.
 *
 * The script runs where it was written, so files that it needs beside it are there.
 */
async function outputOf(
  sandbox: Sandbox,
  index: number,
  input: Uint8Array,
): Promise<Uint8Array | undefined> {
  if (index > 0) {
    await sandbox.write(INPUT, input);
    await sandbox.exec(`rm -f ${OUTPUT}; bash ./${SOLUTION}`);
  }
  return sandbox.read(OUTPUT);
}

/** The output as LibreOffice saves it after calculating every formula. */
async function calculated(sandbox: Sandbox): Promise<Uint8Array | undefined> {
  await sandbox.exec(
    `rm -rf recalculated; soffice --headless --convert-to xlsx --outdir recalculated ${OUTPUT}`,
  );
  return sandbox.read(`recalculated/${OUTPUT}`);
}

/** A workbook too large to compare is the agent's fault, unless the expected one is too large itself. */
async function compared(
  pool: GradePool,
  request: ComparisonRequest,
  grader: GraderName,
): Promise<Comparison> {
  const found = await pool.compare(request, grader);
  if (found.kind === "graded" || found.reason !== "limits") return found;
  const { input: _, ...rest } = request;
  const itself = await pool.compare({ ...rest, output: request.answer }, grader);
  return itself.kind === "ungraded" ? itself : failed("load_error", found.because);
}
