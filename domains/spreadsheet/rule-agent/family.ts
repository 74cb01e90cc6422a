import type { Field } from "./generate/themes.ts";
import type { Row, Worker } from "./worker.ts";

/** Where the answer of a family lies. */
export type Place =
  /** Beside a label to the right of the ledger. */
  | { readonly kind: "label"; readonly label: string }
  /** Beside a label on a sheet of its own. */
  | { readonly kind: "report"; readonly label: string }
  /** In an empty column of the ledger, one cell an entry; by default it is called as the theme calls a product. */
  | { readonly kind: "column"; readonly heading?: string }
  /** The entries of the ledger themselves. */
  | { readonly kind: "ledger" }
  /** On a sheet of its own that has headings only, in two columns. */
  | { readonly kind: "summary" };

/**
 * A kind of jobs. The generator of the sample writes tasks from it, and the agent reads and does them
 * by it.
 *
 * Slots of the sentences: `{key}`, `{amount}`, `{factor}` and `{column}` are headings of the
 * ledger; `{value}` is a word of the column `key`; `{bound}` a number; `{target}` the sheet of the answer; `{sheet}`
 * the ledger's own; `{noun}` what its rows are; `{cell}` where the answer goes; others are in `choices`.
 */
export interface Family {
  readonly name: string;
  readonly level: "cell" | "sheet";
  readonly place: Place;
  /** The sentences that ask for it. */
  readonly says: readonly string[];
  /** What may stand in a slot of its own. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** The column `key`, by default the ledger's kinds. */
  readonly key?: Field;
  /** Whether the ledger must have no row of totals, since the sentences say nothing of it. */
  readonly noTotals?: true;
  /** The habits that can matter to it, beside those of finding the ledger (`ledger.ts`). */
  readonly habits: readonly string[];
  /** Makes the cells of the answer, from its first row and column on. */
  readonly work: (worker: Worker) => readonly Row[];
  /** The same as the end of an awk program (`program.ts`), from the cells `v[1..n, column]`. */
  readonly awk: string;
  /** What many would write instead of a value; a slot stands for its column, or for its cell in one entry. */
  readonly formula?: string;
}
