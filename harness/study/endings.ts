import type { Episode, JsonObject } from "../contracts/index.ts";
import type { ArmForm } from "../report/table-input.ts";

/** How an episode ended, as its row keeps it; `by` and `recovered` only where there is something to say. */
export function endingResult({ outcome, recovered }: Episode): JsonObject {
  const by = outcome.kind === "submitted" ? outcome.by : undefined;
  return {
    outcome: outcome.kind,
    ...(by === undefined ? {} : { by }),
    ...(recovered === undefined ? {} : { recovered }),
  };
}

/**
 * Outcomes that are of the form of an episode: the agent may or may not have been able to solve the task.
 *
 * `out-of-turns` is among them, since an agent that is lost in the form runs out of them.
 */
const formOutcomes: readonly string[] = [
  "malformed-too-often",
  "repeated",
  "cut-off",
  "no-answer",
  "out-of-turns",
];

/** Whether an episode that ended so may have been lost by its form. */
export function isFormOutcome(outcome: string): boolean {
  return formOutcomes.includes(outcome);
}

/** How episodes ended, in the terms of form. @param results what `endingResult` gave of each of them. */
export function armForm(results: readonly JsonObject[]): ArmForm {
  const ended: Record<string, number> = {};
  const recovered: Record<string, number> = {};
  for (const { outcome, recovered: forms } of results) {
    if (typeof outcome === "string" && isFormOutcome(outcome))
      ended[outcome] = (ended[outcome] ?? 0) + 1;
    for (const [form, replies] of Object.entries(forms ?? {}))
      recovered[form] = (recovered[form] ?? 0) + Number(replies);
  }
  const byText = results.filter(({ by }) => by === "text").length;
  return { episodes: results.length, ended: inOrder(ended), byText, recovered: inOrder(recovered) };
}

/** The most frequent first. */
function inOrder(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  );
}
