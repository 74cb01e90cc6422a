import { type CellValue, microsecondsPerDay, shownTime } from "../cell-value.ts";
import { pythonFloat, round2, roundHalfEven } from "../python-number.ts";

/** An exception that the published code ends with; `name` is that of Python. */
export class PythonError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Days from the evaluators' origin, 1899-12-30, to 1970-01-01. */
const originDays = 25_569;
const largest = 2n ** 1024n - 2n ** 970n;

/**
 * What is left of a value for comparing: numbers, booleans and texts that are numbers become a float of
 * two decimals; a moment becomes whole days since 1899-12-30, so the time of day is lost; a time loses
 * its seconds, or three digits of its microseconds. Dates and durations stay.
 *
 * @throws {PythonError} OverflowError for an integer that is too large for a float.
 */
export function transformed(value: CellValue): CellValue {
  switch (typeof value) {
    case "boolean":
      return value ? 1 : 0;
    case "bigint":
      if (value >= largest || value <= -largest)
        throw new PythonError("OverflowError", "int too large to convert to float");
      return round2(Number(value));
    case "number":
      return round2(value);
    case "string": {
      const number = pythonFloat(value);
      return number === undefined ? value : round2(number);
    }
    default:
      return transformedMoment(value);
  }
}

function transformedMoment(value: Exclude<CellValue, boolean | bigint | number | string>) {
  if (value?.kind === "time") return shownTime(value.microseconds).slice(0, -3);
  if (value?.kind !== "datetime") return value;
  const seconds = Math.floor(value.microseconds / 1e6);
  return roundHalfEven(value.day + originDays + seconds / (microsecondsPerDay / 1e6));
}

/**
 * The cell rule of all evaluators: nothing and the empty text are equal; else both the type and the
 * transformed value must be. A text `nan` is a number that equals nothing, itself included.
 *
 * @throws {PythonError} as `transformed`.
 */
export function sameCell(expected: CellValue, actual: CellValue): boolean {
  const [one, other] = [transformed(expected), transformed(actual)];
  if (one === null || other === null) return (one ?? "") === (other ?? "");
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  if (one.kind === "date" && other.kind === "date") return one.day === other.day;
  if (one.kind !== "timedelta" || other.kind !== "timedelta") return false;
  return one.days === other.days && one.microseconds === other.microseconds;
}
