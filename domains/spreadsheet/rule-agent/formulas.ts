import type { Job } from "./job.ts";
import type { Ledger } from "./ledger.ts";
import { cellName, columnName } from "./task-text.ts";

/**
 * The formulas that many would write for a job, by cell; nobody calculates them.
 *
 * @returns none for a job that a plain formula does not do.
 */
export function formulasFor(
  job: Job,
  { sheet, first, last, rows }: Ledger,
  place: { readonly row: number; readonly column: number },
): readonly (readonly [cell: string, formula: string])[] {
  const column = (number: number) =>
    `'${sheet}'!$${columnName(number)}$${first}:$${columnName(number)}$${last}`;
  const one = (formula: string) => [[cellName(place.row, place.column), formula]] as const;
  switch (job.kind) {
    case "total":
      return one(`SUMIF(${column(job.where.column)},"${job.where.value}",${column(job.measure)})`);
    case "average":
      return one(
        `AVERAGEIF(${column(job.where.column)},"${job.where.value}",${column(job.measure)})`,
      );
    case "count":
      return one(`COUNTIF(${column(job.where.column)},"${job.where.value}")`);
    case "count-from":
      return one(`COUNTIF(${column(job.measure)},">=${job.bound}")`);
    case "product":
      return rows.map((_, at) => [
        cellName(place.row + at, place.column),
        `${cellName(first + at, job.measure)}*${cellName(first + at, job.times)}`,
      ]);
    default:
      return [];
  }
}
