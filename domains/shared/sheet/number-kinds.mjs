/** Which numbers are dates, and what a date is called. */

/** Formats that every program knows by number and that show a date or a time. */
const builtinDates = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51,
  52, 53, 54, 55, 56, 57, 58,
]);
const builtinCodes = new Map([
  [1, "0"],
  [2, "0.00"],
  [3, "#,##0"],
  [4, "#,##0.00"],
  [9, "0%"],
  [10, "0.00%"],
  [11, "0.00E+00"],
  [12, "# ?/?"],
  [13, "# ??/??"],
  [14, "m/d/yyyy"],
  [15, "d-mmm-yy"],
  [16, "d-mmm"],
  [17, "mmm-yy"],
  [18, "h:mm AM/PM"],
  [19, "h:mm:ss AM/PM"],
  [20, "h:mm"],
  [21, "h:mm:ss"],
  [22, "m/d/yyyy h:mm"],
  [37, "#,##0 ;(#,##0)"],
  [38, "#,##0 ;[Red](#,##0)"],
  [39, "#,##0.00;(#,##0.00)"],
  [40, "#,##0.00;[Red](#,##0.00)"],
  [45, "mm:ss"],
  [46, "[h]:mm:ss"],
  [47, "mmss.0"],
  [48, "##0.0E+0"],
  [49, "@"],
]);
/** Days from day 0 of the calendar, 1899-12-30, to 1970-01-01. */
const epochDays = 25_569;
/** Days between the calendars that begin in 1900 and in 1904. */
export const days1904 = 1462;

/** @param {number} id @param {string | undefined} code as the workbook defines it */
export function isDateFormat(id, code) {
  if (code === undefined) return builtinDates.has(id);
  // Durations such as [h]:mm count as times; colours and locales in brackets do not.
  const bare = code
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, "")
    .replace(/"[^"]*"|\\.|_./g, "")
    .split(";", 1)[0];
  return /[ymdhs]/i.test(bare ?? "") && !/general/i.test(bare ?? "");
}

/** @param {number} id @param {string | undefined} code */
export function formatCode(id, code) {
  return code ?? builtinCodes.get(id) ?? "General";
}

/**
 * A date without a time of day is only a date; a time on day 0 of the calendar is only a time.
 *
 * @param {number} serial days since 1899-12-30
 */
export function isoOfSerial(serial) {
  if (!Number.isFinite(serial) || Math.abs(serial) > 2_958_466) return "#VALUE!";
  // Serial numbers carry rounding errors of some milliseconds.
  const seconds = Math.round((serial - epochDays) * 86_400);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(":");
  if (days === -epochDays && rest > 0) return time;
  const { year, month, day } = civil(days);
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return rest === 0 ? date : `${date}T${time}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

/**
 * Days of the Gregorian calendar from 1970-01-01 on, counted in years that begin in March.
 *
 * @param {number} year
 * @param {number} month from 1, may lie outside of a year
 * @param {number} day from 1, may lie outside of a month
 */
function daysSince1970(year, month, day) {
  const months = year * 12 + month - 3;
  const y = Math.floor(months / 12);
  const m = months - y * 12;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leaps + Math.floor((153 * m + 2) / 5) + day - 1 - 719_468;
}

/** The day of the Gregorian calendar. @param {number} days since 1970-01-01 */
function civil(days) {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** The serial number of a day. @param {number} year @param {number} month @param {number} day */
export function serialOf(year, month, day) {
  return daysSince1970(year, month, day) + epochDays;
}

/** @param {number} serial */
export function civilOfSerial(serial) {
  return civil(Math.floor(serial) - epochDays);
}
