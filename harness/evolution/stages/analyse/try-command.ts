import { observationOf } from "../../../agent/tools.ts";
import type { Evidence, ExecResult, Grade } from "../../../contracts/index.ts";
import { isCopied, longValueIn, shortValueVariants } from "./copied-value.ts";
import type { FixCheck, FixRecord } from "./fix-check.ts";

/**
 * Runs a command in a fresh sandbox with the input files and without the reference, and grades what it prints.
 * A pass with empty input files, or one in which a short value stands as a literal, is a copy in disguise.
 */
export async function tryCommand(
  command: string,
  check: FixCheck,
  record: FixRecord,
  signal: AbortSignal,
): Promise<string> {
  record.tries++;
  const { domain, options, task } = check;
  const reference = { items: domain.reveal(task).items, prompt: domain.prompt(task, options) };
  const quoting = (value: string) => {
    record.quoting++;
    return `REJECTED: the command names ${JSON.stringify(value)}, a value of the reference. Compute it from the input files.`;
  };
  const named = longValueIn(command, reference);
  if (named !== undefined) return quoting(named);
  const files = await domain.files(task, options);
  const first = await gradeCommand(command, files, check, signal);
  const seen = observationOf(first.result);
  if (first.grade.kind === "ungraded") return `NOT GRADED: ${first.grade.because}\n${seen}`;
  if (!first.grade.passed) return `FAIL: ${first.grade.because}\n${seen}`;

  for (const variant of shortValueVariants(command, reference)) {
    const { evidence } = await gradeCommand(variant.command, files, check, signal);
    if (isCopied(variant, first.evidence, evidence)) return quoting(variant.item);
  }
  if (files.size > 0) {
    const emptied = new Map([...files.keys()].map((path) => [path, ""]));
    const { grade } = await gradeCommand(command, emptied, check, signal);
    if (grade.kind === "graded" && grade.passed) {
      record.inputFree++;
      return "REJECTED: the command gives this answer with empty input files as well, so it computes nothing from them.";
    }
  }
  record.passed ??= command;
  return `PASS\n${seen}`;
}

async function gradeCommand(
  command: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  check: FixCheck,
  signal: AbortSignal,
): Promise<{ result: ExecResult; evidence: Evidence; grade: Grade }> {
  const sandbox = await check.sandboxes.open(files, check.domain.commands);
  try {
    const result = await sandbox.exec(command, { signal });
    const submission = result.stdout.trim();
    const evidence = await check.domain.collect(check.task, submission, sandbox, check.options);
    return { result, evidence, grade: check.domain.grade(check.task, evidence) };
  } finally {
    await sandbox.close();
  }
}
