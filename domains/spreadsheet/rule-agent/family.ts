import type { LedgerRow, Worker } from "./worker.ts";

/**
 * A kind of jobs. The generator of the sample writes tasks from it, and the agent reads and does them
 * by it.
 *
 * Slots of the sentences: `<key>`, `<amount>`, `<factor>` and `<column>` are headings of the ledger;
 * `<value>` is a word of the column `key`; `<bound>` and `<digits>` are numbers; `<sheet>` the ledger's
 * sheet; `<noun>` what its rows are; `<target>` and `<cell>` where the answer goes.
 */
export interface Family {
  readonly name: string;
  /**
   * Where the answer lies: one cell of a report, an empty column of the ledger, a summary on a sheet
   * that has headings only, or the entries of the ledger themselves.
   */
  readonly place: "report" | "column" | "summary" | "ledger";
  /** What the figure of a report or the empty column is called; by default as the theme calls a product. */
  readonly label?: string;
  /** The sentences that ask for it. */
  readonly says: readonly string[];
  /** Makes the cells of the answer, from its first row and column on. */
  readonly work: (worker: Worker) => readonly LedgerRow[];
  /** The same as the end of an awk program (`program.ts`), from the cells `v[1..n, column]`. */
  readonly awk: string;
  /** What many would write instead of the value of a report; a slot stands for its column. */
  readonly formula?: string;
}
