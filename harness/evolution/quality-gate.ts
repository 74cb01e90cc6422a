import { observationOf, stringArgument, type Tool } from "../agent/tools.ts";
import type {
  Domain,
  DomainOptions,
  ExecResult,
  Grade,
  SandboxProvider,
  Task,
} from "../contracts.ts";
import { namesWhole } from "./task-values.ts";

/** What the harness itself found about an analyst's fixes. */
export interface GateRecord {
  /** Commands that were tried, rejected ones included. */
  tries: number;
  /** Rejected because a value of the reference stands in the command. */
  quoting: number;
  /** Rejected because they pass without the input as well. */
  inputFree: number;
  /** The first command that passed. */
  passed: string | undefined;
}

/** What a fix is tried on. */
export interface GateTask {
  readonly domain: Domain;
  readonly options: DomainOptions;
  readonly task: Task;
  readonly sandboxes: SandboxProvider;
}

/**
 * The tool with which an error analyst proves its explanation (paper, section 2.3).
 *
 * The harness runs the command itself, in a fresh sandbox that has the task's input files and not the
 * reference, takes what it printed as the submission, and grades that on the true reference. What
 * the analyst says or leaves behind decides nothing.
 */
export function tryFixTool(gate: GateTask, record: GateRecord): Tool {
  return {
    spec: {
      name: "try_fix",
      description:
        "Run a shell command in a fresh directory that has only the task's input files, and have what it prints graded as the answer.",
      parameters: {
        type: "object",
        properties: { command: { type: "string", description: "The command." } },
        required: ["command"],
      },
    },
    async run(args, signal) {
      const command = stringArgument(args, "command");
      if (command === undefined)
        return { kind: "observation", text: 'Error: try_fix needs {"command": "..."}.' };
      return { kind: "observation", text: await tryFix(command, gate, record, signal) };
    },
  };
}

/**
 * Runs a fix as the harness does it, and grades it; what was found goes into the record.
 *
 * @returns the observation for the analyst, which begins with the verdict.
 */
export async function tryFix(
  command: string,
  gate: GateTask,
  record: GateRecord,
  signal: AbortSignal,
): Promise<string> {
  record.tries++;
  const quoted = quotedReference(command, gate);
  if (quoted !== undefined) {
    record.quoting++;
    return `REJECTED: the command names ${JSON.stringify(quoted)}, a value of the reference. Compute it from the input files.`;
  }
  const files = await gate.domain.files(gate.task, gate.options);
  const { result, grade } = await gradeCommand(command, files, gate, signal);
  const seen = observationOf(result);
  if (grade.kind === "ungraded") return `NOT GRADED: ${grade.because}\n${seen}`;
  if (!grade.passed) return `FAIL: ${grade.because}\n${seen}`;

  const emptied = new Map([...files.keys()].map((path) => [path, ""]));
  const again = await gradeCommand(command, emptied, gate, signal);
  if (again.grade.kind === "graded" && again.grade.passed) {
    record.inputFree++;
    return "REJECTED: the command gives this answer with empty input files as well, so it computes nothing from them.";
  }
  record.passed ??= command;
  return `PASS\n${seen}`;
}

async function gradeCommand(
  command: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  gate: GateTask,
  signal: AbortSignal,
): Promise<{ result: ExecResult; grade: Grade }> {
  const sandbox = await gate.sandboxes.open(files);
  try {
    const result = await sandbox.exec(command, { signal });
    const submission = result.stdout.trim();
    const evidence = await gate.domain.collect(gate.task, submission, sandbox, gate.options);
    return { result, grade: gate.domain.grade(gate.task, evidence) };
  } finally {
    await sandbox.close();
  }
}

/**
 * A literal item of the reference that stands in a command and not in the task's own prompt.
 *
 * Items of one or two characters are looked for only where they are quoted or echoed: as column
 * numbers and separators they stand in every command.
 */
function quotedReference(command: string, gate: GateTask): string | undefined {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim().toLowerCase();
  const prompt = plain(gate.domain.prompt(gate.task, gate.options));
  // Quotes and backslashes that cut a word in two are no disguise.
  const texts = [plain(command), plain(command.replace(/["'\\]/g, ""))];
  return gate.domain.reveal(gate.task).items.find((raw) => {
    const item = plain(raw);
    if (item === "") return false;
    const forms = [item, item.replace(/(\d),(?=\d{3})/g, "$1")];
    if (forms.some((form) => namesWhole(prompt, form))) return false;
    if (item.length >= 3) return forms.some((form) => texts.some((text) => namesWhole(text, form)));
    return isPrinted(plain(command), item);
  });
}

function isPrinted(command: string, item: string): boolean {
  if (command.includes(`"${item}"`) || command.includes(`'${item}'`)) return true;
  return [...command.matchAll(/\b(?:echo|printf|print)\b([^|;&\n}]*)/g)].some((printed) =>
    new RegExp(`(?:^|[\\s"'])${escapeForRegExp(item)}(?:$|[\\s"'\\\\])`).test(printed[1] ?? ""),
  );
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
