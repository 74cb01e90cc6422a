import { groupedBy } from "../grouped-by.ts";
import { inStudyOrder } from "./table.ts";
import type { ArmFacts, TableInput } from "./table-input.ts";

/** The arms of a condition on a split: cells by rung. */
export interface LadderSection {
  readonly rungs: readonly string[];
  readonly cells: readonly ReadonlyMap<string, ArmFacts>[];
}

/** The sections of an ablation, by condition, split and metric in the study's order. */
export function sectionsOf(input: TableInput): LadderSection[] {
  const arms = inStudyOrder(input).filter(({ variant, train }) => variant && train !== true);
  const rungOf = ({ variant }: ArmFacts) => variant?.name ?? "";
  const sections = groupedBy(arms, ({ variant, split, metric }) =>
    JSON.stringify([variant?.of, split, metric]),
  );
  return [...sections.values()].map((section) => {
    const cells = groupedBy(section, ({ author, user }) => JSON.stringify([author, user]));
    return {
      rungs: [...new Set(section.map(rungOf))],
      cells: [...cells.values()].map((cell) => new Map(cell.map((arm) => [rungOf(arm), arm]))),
    };
  });
}
