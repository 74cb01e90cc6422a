/** The last column that a name of three letters can have: ZZZ. */
export const lastColumn = 18_278;
/** The last row of a sheet. */
export const lastRow = 1_048_576;

/** The name of a column from its number, from 1; empty for anything below. */
export function columnName(column: number): string {
  let name = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** Such as `AB12`. */
export function cellName(row: number, column: number): string {
  return columnName(column) + row;
}

/**
 * The number of a column from one to three letters of either case.
 *
 * @returns undefined for anything else.
 */
export function columnNumber(letters: string): number | undefined {
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined;
  let number = 0;
  for (let at = 0; at < letters.length; at++)
    // Without the bit that makes a letter small.
    number = number * 26 + (letters.charCodeAt(at) & ~0x20) - 64;
  return number;
}
