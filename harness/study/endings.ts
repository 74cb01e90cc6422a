import { isLostToForm } from "../agent/form-watch.ts";
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

/** Whether an episode that ended so may have been lost by its form: an agent that is lost in it also runs out of turns. */
export function isFormOutcome(outcome: string): boolean {
  return isLostToForm(outcome) || outcome === "out-of-turns";
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
