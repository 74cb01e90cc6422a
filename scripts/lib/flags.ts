import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { InputError, messageOf } from "../../harness/errors.ts";
import type { ModelsFile, Study } from "../../harness/study/config/read-study.ts";
import { shown } from "./places.ts";

/** The flags that bench and evolve share. */
export interface SessionFlags {
  readonly limit?: number;
  readonly seeds?: readonly number[];
  readonly models?: string;
  readonly set: readonly string[];
  readonly dataDir?: string;
  readonly store?: string;
  readonly concurrency?: number;
  readonly maxCost?: number;
  readonly record?: string;
  readonly replay?: string;
  /** Nothing is run, and nobody is contacted. */
  readonly plan?: true;
}

/** Whether endpoints will be called, so that their keys must be there. */
export function keysFor(flags: SessionFlags): "needed" | "optional" {
  return flags.plan === true || flags.replay !== undefined ? "optional" : "needed";
}

/** Adds the flags that bench and evolve share. */
export function addSessionFlags(command: Command): void {
  command
    .option(
      "--limit <n>",
      "N tasks of every split, from as many groups as there are",
      positiveInteger,
    )
    .option("--seeds <list>", "seeds in place of the study's, such as 41,42", integers)
    .option("--models <file>", "a file whose `models:` mapping replaces the study's")
    .option("--set <path=value>", "override a field of the study (repeatable)", collect, [])
    .option("--data-dir <dir>", "directory of data sets (default T2S_DATA_DIR, else ./data)")
    .option("--store <dir>", "directory of the result store (default results/store)")
    .option("--concurrency <n>", "episodes at a time", positiveInteger)
    .option("--max-cost <usd>", "stop cleanly before more than this is spent", positiveNumber)
    .option("--record <dir>", "record every model reply as cassettes")
    .option("--replay <dir>", "answer from recorded cassettes; no endpoint is contacted");
}

/**
 * A study file with `--models`, `--set` and `--seeds` applied.
 *
 * @throws {InputError} for a file that cannot be read, and all problems of one that can.
 */
export async function readStudyFile(
  config: string,
  flags: Pick<SessionFlags, "models" | "set" | "seeds">,
): Promise<Study> {
  const { readStudy } = await import("../../harness/study/config/read-study.ts");
  const { domains } = await import("./domains.ts");
  const study = readStudy(
    {
      ...namedFile(config, "a study file, such as configs/wtq.yaml"),
      modelsFile: flags.models === undefined ? undefined : namedModels(flags.models),
      sets: flags.set,
    },
    domains,
  );
  return flags.seeds === undefined ? study : { ...study, seeds: [...flags.seeds] };
}

/**
 * A file that a person named, with its text.
 *
 * @param wanted what belongs there, for the message.
 * @throws {InputError} when it cannot be read.
 */
function namedFile(file: string, wanted: string): { readonly file: string; readonly text: string } {
  try {
    return { file: shown(path.resolve(file)), text: readFileSync(file, "utf8") };
  } catch (error) {
    throw new InputError({
      where: file,
      problem: existsSync(file) ? `cannot be read: ${messageOf(error)}` : "there is no such file",
      fix: `Name ${wanted}.`,
      cause: error,
    });
  }
}

/** The file of `--models`. */
export function namedModels(file: string): ModelsFile {
  return namedFile(file, "a models file, such as configs/models/qwen3.5.yaml");
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function positiveInteger(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("Write a whole number from 1.");
  return Number(value);
}

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError("Write a number above 0.");
  return number;
}

function integers(value: string): number[] {
  const parts = value.split(",").map((part) => part.trim());
  if (!parts.every((part) => /^-?\d+$/.test(part)))
    throw new InvalidArgumentError("Write whole numbers, such as 41,42,43.");
  if (new Set(parts).size < parts.length) throw new InvalidArgumentError("A seed stands twice.");
  return parts.map(Number);
}
