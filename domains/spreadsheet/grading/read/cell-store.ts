import { WorkbookFault } from "./fault.ts";

/** What kind of raw content a stored cell has; see `sheet.ts`. */
export const contents = {
  number: 0,
  date: 1,
  duration: 2,
  shared: 3,
  boolean: 4,
  text: 5,
  iso: 6,
  /** A formula without a stored result: its value is None. */
  formula: 7,
  /** Emptied: by a merged range, or by a later cell at the same place. */
  nothing: 8,
} as const;

/** Set in a content whose text is not a slice of the part's bytes but one of the kept strings. */
export const keptText = 16;

const columnsPerRow = 2 ** 15;
/** A sheet with more cells than this is not read; their places alone would take 100 MB. */
const mostCells = 6_000_000;

/** A cell of a store: where it is and its raw content. */
export interface StoredCell {
  readonly content: number;
  /** Slice of the bytes, or an index of the shared or kept strings. */
  readonly start: number;
  readonly end: number;
}

/**
 * The cells of one sheet that hold something, compactly: 17 bytes each instead of an object, so that a
 * sheet of a million cells stays small. Filled first, then asked.
 */
export class CellStore {
  #keys = new Float64Array(64);
  #starts = new Uint32Array(64);
  #ends = new Uint32Array(64);
  #contents = new Uint8Array(64);
  #count = 0;
  #ordered = true;

  add(row: number, column: number, content: number, start: number, end: number): void {
    if (this.#count === mostCells)
      throw new WorkbookFault("limits", `a sheet has more than ${mostCells} cells`);
    if (this.#count === this.#keys.length) this.#grow();
    const key = row * columnsPerRow + column;
    if (this.#count > 0 && key <= (this.#keys[this.#count - 1] ?? 0)) this.#ordered = false;
    this.#keys[this.#count] = key;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#contents[this.#count++] = content;
  }

  /** Sorts what came in no order; of cells at one place the last one stays. */
  finish(): void {
    if (this.#ordered) return;
    const order = Array.from({ length: this.#count }, (_, at) => at).sort(
      (a, b) => (this.#keys[a] ?? 0) - (this.#keys[b] ?? 0) || a - b,
    );
    const last = order.filter((at, n) => this.#keys[at] !== this.#keys[order[n + 1] ?? -1]);
    this.#keys = Float64Array.from(last, (at) => this.#keys[at] ?? 0);
    this.#starts = Uint32Array.from(last, (at) => this.#starts[at] ?? 0);
    this.#ends = Uint32Array.from(last, (at) => this.#ends[at] ?? 0);
    this.#contents = Uint8Array.from(last, (at) => this.#contents[at] ?? 0);
    this.#count = last.length;
    this.#ordered = true;
  }

  has(row: number, column: number): boolean {
    const key = row * columnsPerRow + column;
    return this.#keys[this.#lowest(key)] === key;
  }

  get(row: number, column: number): StoredCell | undefined {
    const key = row * columnsPerRow + column;
    const at = this.#lowest(key);
    if (at >= this.#count || this.#keys[at] !== key) return undefined;
    return {
      content: this.#contents[at] ?? 0,
      start: this.#starts[at] ?? 0,
      end: this.#ends[at] ?? 0,
    };
  }

  /** Takes away what a cell holds. */
  clear(row: number, column: number): void {
    const key = row * columnsPerRow + column;
    const at = this.#lowest(key);
    if (at < this.#count && this.#keys[at] === key) this.#contents[at] = contents.nothing;
  }

  /** Calls for every stored cell of some rows, in the order of rows and then columns. */
  eachInRows(firstRow: number, lastRow: number, take: (row: number, column: number) => void): void {
    const end = (lastRow + 1) * columnsPerRow;
    for (let at = this.#lowest(firstRow * columnsPerRow); at < this.#count; at++) {
      const key = this.#keys[at] ?? 0;
      if (key >= end) return;
      take(Math.floor(key / columnsPerRow), key % columnsPerRow);
    }
  }

  #lowest(key: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const size = this.#keys.length * 2;
    this.#keys = grown(this.#keys, new Float64Array(size));
    this.#starts = grown(this.#starts, new Uint32Array(size));
    this.#ends = grown(this.#ends, new Uint32Array(size));
    this.#contents = grown(this.#contents, new Uint8Array(size));
  }
}

function grown<Numbers extends Float64Array | Uint32Array | Uint8Array>(
  from: Numbers,
  to: Numbers,
): Numbers {
  to.set(from);
  return to;
}
