import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import type { Family } from "./family.ts";
import type { SheetJob } from "./worker.ts";

/** What the programs of the families call: cells are read and written as in `worker.ts`. */
const functions = `function tidy(s) {
  gsub(/^ +| +$/, "", s)
  return toupper(substr(s, 1, 1)) tolower(substr(s, 2))
}
function fold(s) { return match_loosely ? tidy(s) : s }
function bare(s) { if (text_numbers) gsub(/ /, "", s); return s }
function has(s) { return bare(s) ~ /^-?[0-9]+(\\.[0-9]+)?$/ }
function num(s) { return has(s) ? bare(s) + 0 : 0 }
function gap(r) { return blank_stays && !has(v[r, amount]) }
function floor(x,   t) { t = int(x); return t > x ? t - 1 : t }
function shown(x,   p, t) {
  p = 10 ^ (whole_results ? 0 : asked_digits && digits != "" ? digits : 6)
  t = sprintf("%.6f", floor(x * p + 0.5) / p)
  sub(/\\.?0+$/, "", t)
  return t
}
function put(s) { print s }
function putrow(r,   i, t) {
  t = v[r, 1]
  for (i = 2; i <= width; i++) t = t "," v[r, i]
  print t
}
function reaches(x) { return limit_included ? x >= bound + 0 : x > bound + 0 }
function is(r) { return fold(v[r, key]) == wanted }`;

/** Reads the entries. No cell of the sample has a comma in it. */
const reading = `{ sub(/\\r$/, ""); n++; for (i = 1; i <= NF; i++) v[n, i] = $i }
END {
wanted = fold(value)`;

/**
 * An awk command that does a job: it reads the entries as CSV and prints the cells of the answer as CSV.
 *
 * Whatever it prints comes from what it reads; of the answer it knows nothing.
 *
 * @param habits those that are on.
 * @param width columns of the answer.
 */
export function awkCommand(
  { awk }: Family,
  { slots, columns }: SheetJob,
  habits: ReadonlySet<string>,
  width: number,
): string {
  const program = [functions, reading, awk, "}"].join("\n");
  const flags = [...habits].map((habit) => [habit.replaceAll("-", "_"), 1]);
  const variables = { ...slots, ...columns, ...Object.fromEntries(flags), width };
  const given = Object.entries(variables)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(program))
    .map(([name, value]) => `-v ${name}=${shellWord(String(value))}`);
  return `awk -F, ${given.join(" ")} ${shellWord(program)}`;
}
