import type { Domain, DomainOptions, Json, Skill, Task } from "../../../contracts/index.ts";

import { onOneLine } from "../../reply.ts";

/** Values of one task that no general rule may name. */
export type TaskValues = ReadonlySet<string>;

/**
 * What a rule learned from a task must not name: items of its reference, its id, and names and figures
 * of its files; not what the parent skill uses itself, nor short words.
 */
export async function taskValues(
  domain: Domain,
  options: DomainOptions,
  task: Task,
  parent: Skill,
): Promise<TaskValues> {
  const known = [...parent.files.values()].join("\n").toLowerCase();
  const values = new Set<string>();
  const add = (value: string) => {
    const text = onOneLine(value);
    if (text.length >= 3 && !/^\W+$/.test(text) && !known.includes(text.toLowerCase()))
      values.add(text);
  };
  add(task.id);
  for (const item of domain.reveal(task).items) add(item);
  const texts = [...(await domain.files(task, options)).values(), ...stringsIn(task.input)];
  for (const text of texts)
    if (typeof text === "string")
      for (const part of text.split(/[,;\t\r\n"]+/)) if (isSpecific(part.trim())) add(part);
  return values;
}

function stringsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(stringsIn);
}

/** A figure of four or more digits, or at least two capitalised words: nothing a general rule needs. */
function isSpecific(part: string): boolean {
  if (part.length > 80) return false;
  return (
    /^\D?\d[\d.,:-]{4,}$/.test(part) || /^(?:\p{Lu}[\p{L}.'-]+\s+)+\p{Lu}[\p{L}.'-]+$/u.test(part)
  );
}

/** The first of the values that a text names as a whole word or figure, whatever its case. */
export function valueNamedIn(text: string, values: Iterable<string>): string | undefined {
  const flat = text.replace(/\s+/g, " ").toLowerCase();
  for (const value of values) if (namesWhole(flat, value.toLowerCase())) return value;
  return undefined;
}

/** Whether `value` stands in `text` with no letter or digit at either side. */
export function namesWhole(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const before = text.slice(0, at).match(/[\p{L}\p{N}]$/u);
    const after = text.slice(at + value.length).match(/^[\p{L}\p{N}]/u);
    if (!before && !after) return true;
  }
  return false;
}
