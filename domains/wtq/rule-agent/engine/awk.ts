import { type Amount, type Answer, measured } from "./answer.ts";
import type { Presentation } from "./presentation.ts";
import type { Table } from "./table.ts";

/** Reads RFC 4180 records, also those over several lines; the header is row 0. */
const reader = `function cell(rec, want,   i, f) {
  for (i = 1; i <= want; i++) {
    if (substr(rec, 1, 1) == "\\"" && match(rec, /^"([^"]|"")*"/)) {
      f = substr(rec, 2, RLENGTH - 2); gsub(/""/, "\\"", f)
    } else { match(rec, /^[^,]*/); f = substr(rec, 1, RLENGTH) }
    if (length(rec) <= RLENGTH && i < want) return ""
    rec = substr(rec, RLENGTH + 2)
  }
  gsub(/[ \\t\\r\\n]+/, " ", f); sub(/^ /, "", f); sub(/ $/, "", f)
  return f
}
function number(s,   p, n, x, k) {
  gsub(/\\[[^\\]]*\\]/, "", s); gsub(/−|–|—/, "-", s)
  while (match(s, /[0-9],[0-9][0-9][0-9]/)) s = substr(s, 1, RSTART) substr(s, RSTART + 2)
  sub(/^ +/, "", s)
  if (s ~ /^[0-9]+:[0-9][0-9]/) {
    n = split(s, p, ":")
    return n > 2 ? p[1] * 3600 + p[2] * 60 + p[3] : p[1] * 60 + p[2]
  }
  if (!match(s, /[-+]?([0-9]+(\\.[0-9]+)?|\\.[0-9]+)/)) return 0
  x = substr(s, RSTART, RLENGTH)
  if (RSTART > 1 && substr(s, RSTART - 1, 1) ~ /[A-Za-z]/) sub(/^-/, "", x)
  k = substr(s, RSTART + RLENGTH)
  if (k ~ /^ *million/) return x * 1000000
  if (k ~ /^ *billion/) return x * 1000000000
  return x + 0
}
function year(s,   x) {
  while (match(s, /[0-9]+/)) {
    x = substr(s, RSTART, RLENGTH)
    if (length(x) == 4 && x ~ /^(1|20)/) return x
    s = substr(s, RSTART + RLENGTH)
  }
  return ""
}
function numeral(x,   s) {
  s = sprintf("%.4f", x); sub(/0+$/, "", s); sub(/\\.$/, "", s)
  return s == "-0" ? "0" : s
}
function whole(s,   x) {
  if (!match(s, /[0-9]+\\.[0-9]+/)) return s
  x = substr(s, RSTART, RLENGTH)
  return substr(s, 1, RSTART - 1) int(x + 0.5) substr(s, RSTART + RLENGTH)
}
function within(row, list) { return index(" " list " ", " " row " ") > 0 }`;

const records = `{
  rec = open ? rec "\\n" $0 : $0
  line = rec; open = gsub(/"/, "", line) % 2
  if (!open) { sub(/\\r$/, "", rec); if (rec != "" && rec != "\\"\\"") { if (seen++) use(rec, seen - 1) } }
}`;

/** The parts of a program: what is done for a row, and an expression at the end. */
interface Program {
  readonly each: string[];
  readonly functions: string[];
}

/**
 * A shell command that computes an answer's items from `table.csv` and prints them one a line. It
 * runs under any awk.
 */
export function commandFor(answer: Answer, table: Table, how: Presentation): string {
  const program: Program = { each: [], functions: [] };
  const end = endOf(answer, table, how, program);
  const source = [
    reader,
    `function use(rec, row,   v) {\n${program.each.map((line) => `  ${line}`).join("\n")}\n}`,
    records,
    `END {\n${end}\n}`,
  ].join("\n");
  return `awk '${source.replace(/'/g, "'\\''")}' table.csv`;
}

function listed(rows: readonly number[]): string {
  return `"${rows.map((row) => row + 1).join(" ")}"`;
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}

function endOf(answer: Answer, table: Table, how: Presentation, program: Program): string {
  if (answer.kind === "amount") {
    const value = `numeral(${expression(answer.amount, table, program)})`;
    const text = how.round ? `whole(${value})` : value;
    return `  print ${text}${answer.unit === "" ? "" : ` ${quoted(` ${answer.unit}`)}`}`;
  }
  if (answer.kind === "choice") {
    const left = expression(answer.left, table, program);
    const right = expression(answer.right, table, program);
    return `  print ((${left}) ${answer.op === "=" ? "==" : answer.op} (${right}) ? ${quoted(answer.yes)} : ${quoted(answer.no)})`;
  }
  const value = `cell(rec, ${answer.column + 1})`;
  program.each.push(`if (!within(row, ${listed(answer.rows)})) return`, `v = ${value}`);
  if (answer.form === "year") program.each.push(`if (year(v) != "") v = year(v)`);
  if (answer.form === "number") program.each.push(`if (v ~ /[0-9]/) v = numeral(number(v))`);
  if (answer.form === "first-part")
    program.each.push(`if (v !~ /^ *[,(;\\/]/) sub(/ *[,(;\\/].*$/, "", v)`);
  if (answer.distinct) program.each.push(`if (had[v]++) return`);
  program.each.push(`if (v != "") at[row] = v`);
  const order = answer.rows.map((row) => row + 1).join(" ");
  return [
    `  n = split("${order}", order, " ")`,
    `  for (i = 1; i <= n; i++) if (order[i] in at) {`,
    `    v = at[order[i]]${how.round ? "; v = whole(v)" : ""}`,
    `    ${how.first ? "print v; exit" : how.joined ? 'out = out == "" ? v : out ", " v' : "print v"}`,
    `  }`,
    ...(how.joined && !how.first ? [`  if (out != "") print out`] : []),
  ].join("\n");
}

/** Adds what an amount needs of every row, and gives the expression of its value. */
function expression(amount: Amount, table: Table, program: Program): string {
  if (amount.of === "constant") return String(amount.value);
  if (amount.of === "minus") {
    const left = expression(amount.left, table, program);
    const right = expression(amount.right, table, program);
    if (!amount.absolute) return `(${left} - (${right}))`;
    return `(${left} > ${right} ? ${left} - (${right}) : ${right} - (${left}))`;
  }
  const id = `a${program.each.length}`;
  const column = amount.column + 1;
  if (amount.of === "rows") {
    program.each.push(`if (within(row, ${listed(amount.rows)})) ${id}++`);
    return `(${id} + 0)`;
  }
  if (amount.of === "distinct") {
    program.each.push(
      `if (within(row, ${listed(amount.rows)}) && (v = cell(rec, ${column})) != "" && !((v, "${id}") in had)) { had[v, "${id}"] = 1; ${id}++ }`,
    );
    return `(${id} + 0)`;
  }
  const cells = table.columns[amount.column]?.cells ?? [];
  const rows = amount.rows.filter(
    (row) => measured(cells[row] ?? "", amount.measure) !== undefined,
  );
  const read =
    amount.measure === "year" ? `year(cell(rec, ${column}))` : `number(cell(rec, ${column}))`;
  program.each.push(
    `if (within(row, ${listed(rows)})) { v = ${read}; ${id}s += v; ${id}n++; if (${id}n == 1 || v > ${id}x) ${id}x = v; if (${id}n == 1 || v < ${id}m) ${id}m = v }`,
  );
  if (amount.of === "sum") return `(${id}s + 0)`;
  if (amount.of === "average") return `(${id}n ? ${id}s / ${id}n : 0)`;
  return amount.of === "max" ? `(${id}x + 0)` : `(${id}m + 0)`;
}
