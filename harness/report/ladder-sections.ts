import { inStudyOrder } from "./table.ts";
import type { ArmFacts, TableInput } from "./table-input.ts";

/** The arms of a condition on a split: cells by rung. */
export interface LadderSection {
  readonly rungs: readonly string[];
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, ArmFacts>>;
}

/** The sections of an ablation, by condition, split and metric in the study's order. */
export function sectionsOf(input: TableInput): LadderSection[] {
  interface Growing {
    readonly rungs: string[];
    readonly cells: Map<string, Map<string, ArmFacts>>;
  }
  const sections = new Map<string, Growing>();
  for (const arm of inStudyOrder(input)) {
    if (arm.variant === undefined || arm.train === true) continue;
    const key = JSON.stringify([arm.variant.of, arm.split, arm.metric]);
    const section: Growing = sections.get(key) ?? { rungs: [], cells: new Map() };
    sections.set(key, section);
    const { name } = arm.variant;
    if (!section.rungs.includes(name)) section.rungs.push(name);
    const cell = JSON.stringify([arm.author, arm.user]);
    section.cells.set(
      cell,
      (section.cells.get(cell) ?? new Map<string, ArmFacts>()).set(name, arm),
    );
  }
  return [...sections.values()];
}
