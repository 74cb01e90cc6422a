import type { Episode, JsonObject } from "../contracts/index.ts";

/** How an episode ended, as its row keeps it; `by` and `recovered` only where there is something to say. */
export function endingResult({ outcome, recovered }: Episode): JsonObject {
  const by = outcome.kind === "submitted" ? outcome.by : undefined;
  return {
    outcome: outcome.kind,
    ...(by === undefined ? {} : { by }),
    ...(recovered === undefined ? {} : { recovered }),
  };
}
