/** Dates and times: serial numbers of days, as the workbook counts them. */

import { civilOfSerial, serialOf } from "../number-kinds.mjs";
import { define, gridOf, numbersOf, whole } from "./arguments.mjs";
import { Area, errors, Grid, parseDateTime, toNumber, toText } from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const dates = new Map();

/** @typedef {import("./evaluate.mjs").Context} Context */

/** The day of a serial number. Day 0 is 1900-01-00, and 1900 has a 29th of February. @param {any} value @param {Context} context */
function dayOf(value, { calc }) {
  const serial = Math.floor(toNumber(value ?? null)) + calc.shift;
  if (serial < 0 || serial > 2_958_465) throw errors.num;
  if (serial === 0) return { year: 1900, month: 1, day: 0 };
  if (serial === 60) return { year: 1900, month: 2, day: 29 };
  return civilOfSerial(serial < 60 ? serial + 1 : serial);
}

/** @param {number} year @param {number} month @param {number} day @param {Context} context */
function dateOf(year, month, day, { calc }) {
  const serial = serialOf(year, month, day);
  const result = (serial < 61 ? serial - 1 : serial) - calc.shift;
  if (result < 0 || serial > 2_958_465) throw errors.num;
  return result;
}

/** Seconds of the day. @param {any} value */
function secondsOf(value) {
  const serial = toNumber(value ?? null);
  if (serial < 0) throw errors.num;
  return Math.round((serial - Math.floor(serial)) * 86_400) % 86_400;
}

define(dates, "DATE", "v", 3, 3, ([year, month, day], context) => {
  const y = whole(year);
  if (y < 0 || y > 9999) return errors.num;
  return dateOf(y < 1900 ? y + 1900 : y, whole(month), whole(day), context);
});
define(dates, "TIME", "v", 3, 3, ([hour, minute, second]) => {
  const seconds = whole(hour) * 3600 + whole(minute) * 60 + whole(second);
  return seconds < 0 ? errors.num : (seconds % 86_400) / 86_400;
});
define(dates, "YEAR", "v", 1, 1, ([value], context) => dayOf(value, context).year);
define(dates, "MONTH", "v", 1, 1, ([value], context) => dayOf(value, context).month);
define(dates, "DAY", "v", 1, 1, ([value], context) => dayOf(value, context).day);
define(dates, "HOUR", "v", 1, 1, ([value]) => Math.floor(secondsOf(value) / 3600));
define(dates, "MINUTE", "v", 1, 1, ([value]) => Math.floor(secondsOf(value) / 60) % 60);
define(dates, "SECOND", "v", 1, 1, ([value]) => secondsOf(value) % 60);
define(dates, "TODAY", "v", 0, 0, (_, { calc }) => Math.floor(calc.today) - calc.shift);
define(dates, "NOW", "v", 0, 0, (_, { calc }) => calc.today - calc.shift);
define(dates, "DATEVALUE", "v", 1, 1, ([text], { calc }) => {
  const serial = typeof text === "string" ? parseDateTime(text) : undefined;
  return serial === undefined ? errors.value : Math.floor(serial) - calc.shift;
});
define(dates, "TIMEVALUE", "v", 1, 1, ([text]) => {
  const serial = typeof text === "string" ? parseDateTime(text) : undefined;
  return serial === undefined ? errors.value : serial - Math.floor(serial);
});

/** 0 for Sunday. @param {number} serial of the calendar of 1900 */
function weekday(serial) {
  return (((Math.floor(serial) - 1) % 7) + 7) % 7;
}
define(dates, "WEEKDAY", "v", 1, 2, ([value, type], { calc }) => {
  const serial = toNumber(value ?? null) + calc.shift;
  if (serial < 0) return errors.num;
  const kind = whole(type, 1);
  const day = weekday(serial);
  if (kind === 1) return day + 1;
  if (kind === 2) return ((day + 6) % 7) + 1;
  if (kind === 3) return (day + 6) % 7;
  return kind >= 11 && kind <= 17 ? ((day - (kind - 10) + 7) % 7) + 1 : errors.num;
});

/** @param {number} serial */
function isoWeek(serial) {
  const thursday = Math.floor(serial) - ((weekday(serial) + 6) % 7) + 3;
  const { year } = civilOfSerial(thursday);
  return Math.floor((thursday - serialOf(year, 1, 1)) / 7) + 1;
}
define(dates, "ISOWEEKNUM", "v", 1, 1, ([value], { calc }) =>
  isoWeek(toNumber(value ?? null) + calc.shift),
);
define(dates, "WEEKNUM", "v", 1, 2, ([value, type], context) => {
  const serial = Math.floor(toNumber(value ?? null)) + context.calc.shift;
  const kind = whole(type, 1);
  if (kind === 21) return isoWeek(serial);
  const first = kind === 1 ? 0 : kind === 2 ? 1 : kind >= 11 && kind <= 17 ? (kind - 10) % 7 : -1;
  if (first < 0) return errors.num;
  const newYear = serialOf(dayOf(value, context).year, 1, 1);
  return Math.floor((serial - newYear + ((weekday(newYear) - first + 7) % 7)) / 7) + 1;
});

/** @param {any} value @param {any} months @param {Context} context */
function movedBy(value, months, context) {
  const { year, month, day } = dayOf(value, context);
  return { year, month: month + whole(months), day };
}
define(dates, "EDATE", "v", 2, 2, ([value, months], context) => {
  const { year, month, day } = movedBy(value, months, context);
  return dateOf(year, month, Math.min(day, daysIn(year, month)), context);
});
define(dates, "EOMONTH", "v", 2, 2, ([value, months], context) => {
  const { year, month } = movedBy(value, months, context);
  return dateOf(year, month + 1, 0, context);
});

/** @param {number} year @param {number} month */
function daysIn(year, month) {
  return serialOf(year, month + 1, 1) - serialOf(year, month, 1);
}

define(
  dates,
  "DAYS",
  "v",
  2,
  2,
  ([end, start]) => Math.floor(dayNumber(end)) - Math.floor(dayNumber(start)),
);

/** @param {any} value */
function dayNumber(value) {
  return toNumber(value ?? null);
}
define(dates, "DATEDIF", "v", 3, 3, ([start, end, unit], context) => {
  const [a, b] = [dayOf(start, context), dayOf(end, context)];
  const days = Math.floor(dayNumber(end)) - Math.floor(dayNumber(start));
  if (days < 0) return errors.num;
  const months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
  switch (toText(unit ?? null).toLowerCase()) {
    case "d":
      return days;
    case "m":
      return months;
    case "y":
      return Math.floor(months / 12);
    case "ym":
      return months % 12;
    case "md":
      return b.day >= a.day ? b.day - a.day : b.day - a.day + daysIn(b.year, b.month - 1);
    case "yd": {
      const anniversary = serialOf(
        b.month > a.month || (b.month === a.month && b.day >= a.day) ? b.year : b.year - 1,
        a.month,
        a.day,
      );
      return serialOf(b.year, b.month, b.day) - anniversary;
    }
    default:
      return errors.num;
  }
});

/** @param {{ year: number, month: number, day: number }} a @param {{ year: number, month: number, day: number }} b @param {boolean} european */
function days360(a, b, european) {
  let [from, to] = [a.day, b.day];
  const lastOfFebruary = (/** @type {{ year: number, month: number, day: number }} */ date) =>
    date.month === 2 && date.day === daysIn(date.year, 2);
  if (european) [from, to] = [Math.min(from, 30), Math.min(to, 30)];
  else {
    if (lastOfFebruary(a) && lastOfFebruary(b)) to = 30;
    if (lastOfFebruary(a)) from = 30;
    if (to === 31 && from >= 30) to = 30;
    if (from === 31) from = 30;
  }
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + to - from;
}
define(dates, "DAYS360", "v", 2, 3, ([start, end, european], context) =>
  days360(dayOf(start, context), dayOf(end, context), toNumber(european ?? null) !== 0),
);
define(dates, "YEARFRAC", "v", 2, 3, ([start, end, basis], context) => {
  const [low, high] = [Math.floor(dayNumber(start)), Math.floor(dayNumber(end))].sort(
    (x, y) => x - y,
  );
  const [a, b] = [dayOf(low ?? 0, context), dayOf(high ?? 0, context)];
  const days = (high ?? 0) - (low ?? 0);
  switch (whole(basis)) {
    case 0:
      return days360(a, b, false) / 360;
    case 1:
      return days === 0 ? 0 : days / yearLength(a, b);
    case 2:
      return days / 360;
    case 3:
      return days / 365;
    case 4:
      return days360(a, b, true) / 360;
    default:
      return errors.num;
  }
});

/** @param {{ year: number, month: number, day: number }} a @param {{ year: number, month: number, day: number }} b */
function yearLength(a, b) {
  const isLeap = (/** @type {number} */ year) => daysIn(year, 2) === 29;
  const within =
    a.year === b.year ||
    (a.year + 1 === b.year && (a.month > b.month || (a.month === b.month && a.day >= b.day)));
  if (!within) return (serialOf(b.year + 1, 1, 1) - serialOf(a.year, 1, 1)) / (b.year - a.year + 1);
  if (a.year === b.year) return isLeap(a.year) ? 366 : 365;
  const leapDay = isLeap(a.year)
    ? serialOf(a.year, 2, 29)
    : isLeap(b.year)
      ? serialOf(b.year, 2, 29)
      : undefined;
  const holds =
    leapDay !== undefined &&
    leapDay >= serialOf(a.year, a.month, a.day) &&
    leapDay <= serialOf(b.year, b.month, b.day);
  return holds ? 366 : 365;
}

/** Which days of the week are free, from Monday. @param {any} code */
function freeDays(code) {
  if (typeof code === "string") {
    if (!/^[01]{7}$/.test(code) || code === "1111111") throw errors.value;
    return [...code].map((sign) => sign === "1");
  }
  const number = whole(code, 1);
  const free = Array(7).fill(false);
  if (number >= 1 && number <= 7) {
    free[(number + 4) % 7] = true;
    free[(number + 5) % 7] = true;
  } else if (number >= 11 && number <= 17) free[(number - 11 + 6) % 7] = true;
  else throw errors.num;
  return free;
}

/** @param {any} holidays @param {Context} context */
function daysOff(holidays, context) {
  if (holidays === undefined) return new Set();
  const values =
    holidays instanceof Area || holidays instanceof Grid
      ? gridOf(holidays, context).data.filter((x) => typeof x === "number")
      : numbersOf([holidays], context);
  return new Set(values.map((x) => Math.floor(Number(x)) + context.calc.shift));
}

/** @param {any} start @param {any} count @param {any} weekend @param {any} holidays @param {Context} context */
function workday(start, count, weekend, holidays, context) {
  const [free, off] = [freeDays(weekend), daysOff(holidays, context)];
  let [serial, left] = [Math.floor(toNumber(start ?? null)) + context.calc.shift, whole(count)];
  const step = Math.sign(left);
  context.calc.spend(Math.abs(left));
  for (; left !== 0; ) {
    serial += step;
    if (serial < 0 || serial > 2_958_465) return errors.num;
    if (!free[(weekday(serial) + 6) % 7] && !off.has(serial)) left -= step;
  }
  return serial - context.calc.shift;
}
define(dates, "WORKDAY", "vvr", 2, 3, ([start, count, holidays], context) =>
  workday(start, count, 1, holidays, context),
);
define(dates, "WORKDAY.INTL", "vvvr", 2, 4, ([start, count, weekend, holidays], context) =>
  workday(start, count, weekend ?? 1, holidays, context),
);

/** @param {any} start @param {any} end @param {any} weekend @param {any} holidays @param {Context} context */
function networkDays(start, end, weekend, holidays, context) {
  const [free, off] = [freeDays(weekend), daysOff(holidays, context)];
  const bounds = [start, end].map(
    (value) => Math.floor(toNumber(value ?? null)) + context.calc.shift,
  );
  const [low = 0, high = 0] = [...bounds].sort((x, y) => x - y);
  context.calc.spend(high - low);
  let days = 0;
  for (let serial = low; serial <= high; serial++)
    if (!free[(weekday(serial) + 6) % 7] && !off.has(serial)) days++;
  return (bounds[0] ?? 0) <= (bounds[1] ?? 0) ? days : -days;
}
define(dates, "NETWORKDAYS", "vvr", 2, 3, ([start, end, holidays], context) =>
  networkDays(start, end, 1, holidays, context),
);
define(dates, "NETWORKDAYS.INTL", "vvvr", 2, 4, ([start, end, weekend, holidays], context) =>
  networkDays(start, end, weekend ?? 1, holidays, context),
);
