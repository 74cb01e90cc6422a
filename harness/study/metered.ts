import type { Row, Runner } from "../contracts/index.ts";

/** A runner that remembers what went through it. */
export interface MeteredRunner extends Runner {
  /** Every unit once, stored before or not, in the order in which they were first finished. */
  rows(): readonly Row[];
}

/** Watches a runner, to know what a result took to make. */
export function metered(runner: Runner): MeteredRunner {
  const seen = new Map<string, Row>();
  return {
    async run(unit) {
      const row = await runner.run(unit);
      seen.set(row.key, row);
      return row;
    },
    transcript: (row) => runner.transcript(row),
    rows: () => [...seen.values()],
  };
}
