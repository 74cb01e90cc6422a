// biome-ignore lint/style/noRestrictedGlobals: only its arithmetic; no clock is read.
const Calendar = Date;
const millisecondsPerDay = 86_400_000;

/** Days since 1970-01-01, from year 1 to 9999, as YYYY-MM-DD. */
export function isoDay(day: number): string {
  return new Calendar(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/**
 * Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
 *
 * @returns undefined where there is no such date from year 1 to 9999.
 */
export function dayNumber(year: number, month: number, date: number): number | undefined {
  if (year < 1 || year > 9999) return undefined;
  const found = new Calendar(0);
  const day = found.setUTCFullYear(year, month - 1, date) / millisecondsPerDay;
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? day : undefined;
}
