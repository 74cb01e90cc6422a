import { type Command, InvalidArgumentError } from "commander";

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

/** The flags as they were given. */
export function sessionFlags(command: Command): SessionFlags {
  return command.opts<SessionFlags>();
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
