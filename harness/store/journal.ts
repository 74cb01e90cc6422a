import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Row } from "../contracts/index.ts";
import { InputError, messageOf } from "../errors.ts";

/** What a stage's journals hold, and what could not be read in them. */
export interface JournalScan {
  /** By unit key: the line of the row that counts. */
  readonly lines: Map<string, string>;
  /** Lines that are not whole rows: torn by a kill, or damaged. Their units run again. */
  readonly damaged: number;
}

const keyStart = '{"key":"'.length;
const keyEnd = keyStart + 64;

/**
 * Reads all journals of one stage.
 *
 * Lines are kept as text and parsed when asked for, so 50,000 rows cost a fraction of a second. Of
 * two rows with one key the first finished one counts, in the order of the writers' start; an
 * ungraded row only stands in until there is a finished one.
 *
 * @param dir the stage's directory; it need not exist.
 */
export function scanJournals(dir: string): JournalScan {
  const lines = new Map<string, string>();
  let damaged = 0;
  for (const name of journalNames(dir)) {
    const text = readFileSync(path.join(dir, name), "utf8");
    let from = 0;
    while (from < text.length) {
      const newline = text.indexOf("\n", from);
      const to = newline === -1 ? text.length : newline;
      const line = text.slice(from, to);
      from = to + 1;
      if (newline === -1 || !looksWhole(line)) {
        if (line !== "") damaged++;
        continue;
      }
      const key = line.slice(keyStart, keyEnd);
      const earlier = lines.get(key);
      if (earlier === undefined || givesWay(earlier)) lines.set(key, line);
    }
  }
  return { lines, damaged };
}

/** A row as a journal line, with the key first, where `scanJournals` finds it unparsed. */
export function journalLine(row: Row): string {
  const { key, ...rest } = row;
  return `${JSON.stringify({ key, ...rest })}\n`;
}

/** Parses a line, or gives undefined for one that was damaged in the middle. */
export function parseLine(line: string): Row | undefined {
  try {
    return JSON.parse(line) as Row;
  } catch {
    return undefined;
  }
}

/** Whether a later row of the same unit takes a line's place: it is ungraded, or damaged in the middle. */
export function givesWay(line: string): boolean {
  return line.includes('"grade":{"kind":"ungraded"') || parseLine(line) === undefined;
}

function looksWhole(line: string): boolean {
  return line.startsWith('{"key":"') && line[keyEnd] === '"' && line.endsWith("}");
}

/** Journal names start with the writer's start time, so sorting puts the oldest first. */
function journalNames(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(".jsonl"))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new InputError({
      where: dir,
      problem: `the result store cannot be read: ${messageOf(error)}`,
      fix: "Name a directory with --store, or make this one readable.",
      cause: error,
    });
  }
}
