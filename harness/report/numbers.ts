/**
 * Numbers as tables show them: the same text on every machine.
 *
 * Nothing here asks the locale. Halves are rounded away from zero in decimal, as a reader would do
 * by hand; `toFixed` and `toPrecision` round the binary value instead: 1.005 becomes 1.00, and
 * -0.04 becomes -0.0.
 */

/** A fraction to 6 decimals, which hides the last bits in which platforms could differ. */
export function roundedFraction(value: number): number;
export function roundedFraction(value: number | undefined): number | null;
export function roundedFraction(value: number | undefined): number | null {
  return value === undefined ? null : inUnitsOf(value, 1e6) / 1e6;
}

/** A p-value, from 0 to 1, to 6 significant digits. */
export function roundedP(value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const [digits = "0", exponent = "0"] = value.toExponential(12).split("e");
  const six = Math.floor(Number(digits.replace(".", "")) / 1e7 + 0.5);
  return Number(`${six}e${Number(exponent) - 5}`);
}

/** A fraction as percent or percentage points with one decimal: 0.6125 is `61.3`. */
export function points(fraction: number): string {
  const tenths = inUnitsOf(fraction, 1000);
  const size = Math.abs(tenths);
  return `${tenths < 0 ? "-" : ""}${Math.floor(size / 10)}.${size % 10}`;
}

/** As `points`, with a plus where it rises; zero has no sign. */
export function signedPoints(fraction: number): string {
  return inUnitsOf(fraction, 1000) > 0 ? `+${points(fraction)}` : points(fraction);
}

/** A fraction as percent, with a decimal only where it is not a whole number. */
export function wholePoints(fraction: number): string {
  return points(fraction).replace(/\.0$/, "");
}

/** A range in percent: `[58.1, 64.0]`. */
export function range(interval: readonly [number, number]): string {
  return `[${points(interval[0])}, ${points(interval[1])}]`;
}

/** A number with so many decimals: 7.5 with 2 is `7.50`. */
export function decimal(value: number, decimals: number): string {
  const units = inUnitsOf(value, 10 ** decimals);
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const rest = decimals === 0 ? "" : `.${digits.slice(-decimals)}`;
  return `${units < 0 ? "-" : ""}${whole}${rest}`;
}

/** As `decimal`, with a plus where it rises; zero has no sign. */
export function signedDecimal(value: number, decimals: number): string {
  return inUnitsOf(value, 10 ** decimals) > 0
    ? `+${decimal(value, decimals)}`
    : decimal(value, decimals);
}

/** `12,345`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count with its noun: `1 task`, `2 tasks`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The whole number of units nearest to value * scale; never -0. */
function inUnitsOf(value: number, scale: number): number {
  // The nudge undoes the error of the decimal fraction's binary form: 1.005 * 1000 is 1004.9999...
  const size = Math.floor(Math.abs(value) * scale + 0.5 + 1e-7);
  return value < 0 && size > 0 ? -size : size;
}
