/** How cells are read and written: what the habits come to once they were looked at. */
export interface Manner {
  /** Words are the same whatever their case and spaces. */
  readonly loose: boolean;
  /** Numbers may be text with spaces around them. */
  readonly textNumbers: boolean;
  /** An entry without the number gets no result. */
  readonly blankStays: boolean;
  /** `At least` has its limit in it. */
  readonly inclusive: boolean;
  readonly tiesShare: boolean;
  readonly saysNotFound: boolean;
  readonly blanksLast: boolean;
  readonly absentZero: boolean;
  readonly alphabetical: boolean;
  readonly properCase: boolean;
  /** Digits behind the point, where the instruction names them. */
  readonly digits: number | undefined;
  readonly wholeNumbers: boolean;
  readonly capitals: boolean;
  /** Rows that are left over when others went away are emptied. */
  readonly clears: boolean;
}

/** Cells as a manner takes them; the same in TypeScript here and in awk in `program.ts`. */
export interface Cells {
  /** What two cells must share to say the same word. */
  key(cell: string): string;
  /** The number in a cell. */
  number(cell: string): number | undefined;
  /** A number as it is written. */
  shown(value: number): string;
  /** A text as it is written. */
  word(text: string): string;
}

/** Takes cells as a manner says. */
export function cellsIn(manner: Manner): Cells {
  const shown = (value: number, digits: number) => {
    const power = 10 ** digits;
    return (Math.floor(value * power + 0.5) / power).toFixed(digits || 0);
  };
  return {
    key: (cell) => (manner.loose ? tidy(cell).toLowerCase() : cell),
    number(cell) {
      const text = manner.textNumbers ? cell.replace(/[ ,]/g, "") : cell;
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
    },
    shown(value) {
      if (manner.wholeNumbers) return shown(value, 0);
      return shown(value, manner.digits ?? 6)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
    },
    word: (text) => (manner.capitals ? text.toUpperCase() : text),
  };
}

/** Without spaces at the ends or doubled. */
export function tidy(text: string): string {
  return text.replace(/ +/g, " ").replace(/^ | $/g, "");
}
