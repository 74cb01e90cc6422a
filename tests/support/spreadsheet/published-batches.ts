import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { compareWorkbooks } from "../../../domains/spreadsheet/grading/compare/compare-workbooks.ts";
import type { Comparison } from "../../../domains/spreadsheet/grading/compare/comparison.ts";
import { taskScores } from "../../../domains/spreadsheet/grading/grade.ts";

interface Instance {
  readonly id: string | number;
  readonly spreadsheet_path?: string;
  readonly instruction_type?: string;
  readonly answer_position?: string;
}

/** What evaluation.py writes for a data set: three cases a task, with the inputs as the outputs. */
export function officialBatch(directory: string) {
  return instancesOf(directory).map(({ id, instruction_type, answer_position = "" }) => {
    const place = (n: number, what: string) =>
      path.join(directory, "spreadsheet", String(id), `${n}_${id}_${what}.xlsx`);
    const passed = [1, 2, 3].map((n) => {
      const files = { answer: { path: place(n, "answer") }, output: { path: place(n, "input") } };
      return isPass(compareWorkbooks({ ...files, position: answer_position }, "upstream"));
    });
    const { soft, hard } = taskScores(passed);
    return {
      id,
      instruction_type,
      test_case_results: passed.map(Number),
      soft_restriction: soft,
      hard_restriction: hard,
    };
  });
}

/** What evaluate_with_official.py writes for a data set and a directory of outputs. */
export function referenceBatch(
  data: string,
  outputs: string,
  { start = 0, end }: { readonly start?: number; readonly end?: number } = {},
) {
  const results = instancesOf(data)
    .slice(start, end)
    .flatMap((instance) => {
      // Tasks without a position vanish from every count.
      if (!instance.answer_position) return [];
      return [resultOf(data, outputs, instance)];
    });
  const scored = results.filter((result) => "soft_score" in result);
  const types = [...new Set(scored.map((result) => result.instruction_type))];
  const cases = scored.flatMap((result) => result.test_cases);
  const correct = scored.filter((result) => result.success).length;
  const passed = cases.filter((one) => one.passed).length;
  const meansOf = (some: typeof scored) => ({
    avg_soft_score: mean(some.map((result) => result.soft_score)),
    avg_hard_score: mean(some.map((result) => result.hard_score)),
  });
  return {
    summary: {
      total_instances: results.length,
      fully_correct_instances: correct,
      instance_accuracy: results.length === 0 ? 0 : correct / results.length,
      total_test_cases: cases.length,
      passed_test_cases: passed,
      test_case_accuracy: cases.length === 0 ? 0 : passed / cases.length,
      ...meansOf(scored),
      by_instruction_type: Object.fromEntries(
        types.map((type) => {
          const some = scored.filter((result) => result.instruction_type === type);
          return [type, { count: some.length, ...meansOf(some) }];
        }),
      ),
    },
    results,
  };
}

function resultOf(data: string, outputs: string, instance: Instance) {
  const id = String(instance.id);
  const below = instance.spreadsheet_path ?? id;
  const unscored = (error: string) => ({ id, success: false, error, test_cases: [] });
  const folder = [
    path.join(data, "spreadsheet", below),
    path.join(data, below),
    path.join(data, "spreadsheet", id),
    path.join(data, id),
  ].find((one) => existsSync(one));
  if (folder === undefined) return unscored("Spreadsheet directory not found");
  const goldens = goldensIn(readdirSync(folder));
  if (goldens.length === 0)
    return unscored("No ground truth files found (expected *_answer.xlsx or *_golden.xlsx)");
  const outputFolder =
    [path.join(outputs, below), path.join(outputs, id)].find((one) => existsSync(one)) ?? outputs;
  const test_cases = goldens.map((gt_file) => {
    const output_file =
      gt_file === "golden.xlsx"
        ? "initial_output.xlsx"
        : gt_file.replace(/_(?:answer|golden)\.xlsx$/, "_output.xlsx");
    const comparison = compareWorkbooks(
      {
        answer: { path: path.join(folder, gt_file) },
        output: { path: path.join(outputFolder, output_file) },
        position: instance.answer_position ?? "",
      },
      "reference",
    );
    return { gt_file, output_file, passed: isPass(comparison), message: messageOf(comparison) };
  });
  const { soft, hard } = taskScores(test_cases.map(({ passed }) => passed));
  return {
    id,
    instruction_type: instance.instruction_type ?? "",
    success: hard === 1,
    test_cases,
    passed_count: test_cases.filter(({ passed }) => passed).length,
    total_count: test_cases.length,
    soft_score: soft,
    hard_score: hard,
  };
}

function instancesOf(directory: string): readonly Instance[] {
  return JSON.parse(readFileSync(path.join(directory, "dataset.json"), "utf8"));
}

/** One naming at a time: files of another are passed over. */
function goldensIn(files: readonly string[]): readonly string[] {
  const ending = (end: string) => files.filter((file) => file.endsWith(end)).sort();
  const found = [ending("_answer.xlsx"), ending("_golden.xlsx")].find((some) => some.length > 0);
  return found ?? files.filter((file) => file === "golden.xlsx");
}

function isPass(comparison: Comparison): boolean {
  return comparison.kind === "graded" && comparison.passed;
}

function messageOf(comparison: Comparison): string {
  if (isPass(comparison)) return "";
  const difference = comparison.kind === "graded" ? comparison.firstDifference : undefined;
  if (difference !== undefined)
    return `Value mismatch at ${difference.cell}: expected '${difference.expected}', got '${difference.actual}'`;
  return comparison.reason === "file_missing" ? "Output file not found" : comparison.because;
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
