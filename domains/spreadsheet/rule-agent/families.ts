import { type Slots, templateReader } from "../../../harness/models/rule-based/kit.ts";
import { cellLevel } from "./families/cell-level.ts";
import { sheetLevel } from "./families/sheet-level.ts";
import type { Family } from "./family.ts";

/** Every kind of jobs: the sample has tasks of them, and the agent can do them. */
export const families: readonly Family[] = [...cellLevel, ...sheetLevel];

/** What somebody asks for. */
export interface Order {
  readonly family: Family;
  readonly slots: Slots;
}

const readers = families.flatMap((family) =>
  family.says.map((template) => ({ family, read: templateReader(template) })),
);

/**
 * Reads an instruction.
 *
 * @returns undefined where no family has such a sentence.
 */
export function readInstruction(instruction: string): Order | undefined {
  for (const { family, read } of readers) {
    const slots = read(instruction);
    if (slots !== undefined) return { family, slots };
  }
  return undefined;
}
