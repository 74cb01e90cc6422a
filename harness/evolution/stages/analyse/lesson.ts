import type { Json, JsonObject } from "../../../contracts/index.ts";
import { isJsonObject } from "../../../lenient-json.ts";
import { hiddenCharacters } from "../../../skills/hidden-unicode.ts";
import type { Fault } from "../../fault.ts";
import { redact } from "../../screen.ts";

/** What an analyst learned of one trajectory, in general words. */
export interface MemoryItem {
  readonly title: string;
  readonly description: string;
  readonly when: string;
  readonly do: string;
  readonly why: string;
  readonly unless: string;
  readonly check: string;
  /** Numbers of the trajectory's steps it was learned from. */
  readonly steps: readonly number[];
  /** In a contrast: steps of the passed trajectory; `steps` are of the failed one. */
  readonly passedSteps?: readonly number[];
}

/** Items an analyst may hand in (paper, section 2.3). */
export const MEMORY_LIMIT = 3;

const texts = ["title", "description", "when", "do", "why", "unless", "check"] as const;
const required = ["title", "when", "do"] as const;

/** JSON Schema of one item, for a tool's arguments. */
export const memorySchema: JsonObject = {
  type: "object",
  properties: {
    ...Object.fromEntries(texts.map((name) => [name, { type: "string" }])),
    steps: { type: "array", items: { type: "integer" } },
  },
  required: [...required, "steps"],
};

/**
 * Reads memory items of a reply, item by item.
 *
 * @param stepCount steps of the trajectory; an item has to name at least one of them.
 * @param passedCount in a contrast, steps of the passed trajectory: an item has to name one of these too.
 * @returns the good items, at most three, and a fault for each other one.
 */
export function readMemories(
  value: Json | undefined,
  stepCount: number,
  passedCount?: number,
): { readonly items: readonly MemoryItem[]; readonly faults: readonly Fault[] } {
  if (!Array.isArray(value))
    return {
      items: [],
      faults: [{ kind: "wrong-shape", where: "memories", problem: "must be a list of items" }],
    };
  const items: MemoryItem[] = [];
  const faults: Fault[] = [];
  for (const [i, raw] of (value as readonly Json[]).entries()) {
    const where = `memories[${i}]`;
    const reading = readItem(raw, where, stepCount, passedCount);
    if ("kind" in reading) faults.push(reading);
    else if (items.length < MEMORY_LIMIT) items.push(reading);
    else faults.push({ kind: "too-many", where, problem: `at most ${MEMORY_LIMIT} items` });
  }
  return { items, faults };
}

function readItem(
  raw: Json,
  where: string,
  stepCount: number,
  passedCount: number | undefined,
): MemoryItem | Fault {
  if (!isJsonObject(raw)) return { kind: "wrong-shape", where, problem: "must be an object" };
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" ? redact(value.replace(/\s+/g, " ").trim()).text : "";
  };
  const item = {
    title: text("title"),
    description: text("description"),
    when: text("when"),
    do: text("do"),
    why: text("why"),
    unless: text("unless"),
    check: text("check"),
    steps: stepsIn(raw["steps"], stepCount),
  };
  const missing = required.find((name) => item[name] === "");
  if (missing) return { kind: "wrong-shape", where, problem: `needs "${missing}" as text` };
  if (texts.some((name) => hiddenCharacters(item[name]).length > 0))
    return { kind: "hidden-unicode", where, problem: "has invisible characters" };
  if (item.steps.length === 0)
    return {
      kind: "no-step",
      where,
      problem: `"steps" must name steps of the trajectory, from 1 to ${stepCount}`,
    };
  if (passedCount === undefined) return item;
  const passedSteps = stepsIn(raw["passed_steps"], passedCount);
  if (passedSteps.length > 0) return { ...item, passedSteps };
  return {
    kind: "no-step",
    where,
    problem: `"passed_steps" must name steps of the passed episode, from 1 to ${passedCount}`,
  };
}

/** The numbers in a value, or the number it is, that are steps of a trajectory; sorted. */
export function stepsIn(value: Json | undefined, stepCount: number): number[] {
  const given = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
  const numbers = given.map(Number).filter((n) => Number.isInteger(n) && n >= 1 && n <= stepCount);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
