import type { Json, Row } from "../../harness/contracts/index.ts";
import type { Store } from "../../harness/store/store.ts";

/** A store that keeps its rows in memory; the rows may be handed to the next one. */
export function memoryStore(
  rows = new Map<string, Row>(),
): Store & { readonly rows: Map<string, Row> } {
  const transcripts = new Map<string, Json>();
  return {
    rows,
    get: (_, key) => rows.get(key),
    async append(row, transcript) {
      const whole: Row =
        transcript === undefined
          ? row
          : { ...row, transcript: { digest: row.key, pack: "memory", offset: 0, length: 0 } };
      if (transcript !== undefined) transcripts.set(row.key, transcript);
      rows.set(row.key, whole);
      return whole;
    },
    async transcript(ref) {
      const found = transcripts.get(ref.digest);
      if (found === undefined) throw new Error(`no transcript ${ref.digest}`);
      return found;
    },
    damaged: () => 0,
    async close() {},
  };
}
