import { type Amount, type Answer, measured, type Presentation } from "./answer.ts";
import type { Table } from "./table.ts";

/**
 * Reads RFC 4180 records, also those over several lines, into `at[row, column]`, both from 1, the
 * header being row 0; and what answers are computed with. It runs under any awk.
 */
const library = `function keep(rec,   i, f) {
  for (i = 1; rec != ""; i++) {
    if (match(rec, /^"([^"]|"")*"/)) { f = substr(rec, 2, RLENGTH - 2); gsub(/""/, "\\"", f) }
    else { match(rec, /^[^,]*/); f = substr(rec, 1, RLENGTH) }
    rec = substr(rec, RLENGTH + 2)
    gsub(/[ \\t\\r\\n]+/, " ", f); sub(/^ /, "", f); sub(/ $/, "", f)
    at[seen, i] = f
  }
  seen++
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
  return x * (k ~ /^ *million/ ? 1000000 : k ~ /^ *billion/ ? 1000000000 : 1)
}
function year(v,   s, x) {
  for (s = v; match(s, /[0-9]+/); s = substr(s, RSTART + RLENGTH)) {
    x = substr(s, RSTART, RLENGTH)
    if (length(x) == 4 && x ~ /^(1|20)/) return x
  }
  return v
}
function first(v) { if (v !~ /^ *[,(;\\/]/) sub(/ *[,(;\\/].*$/, "", v); return v }
function numeral(x,   s) {
  s = sprintf("%.4f", x); sub(/0+$/, "", s); sub(/\\.$/, "", s)
  return s == "-0" ? "0" : s
}
function whole(s,   x) {
  if (!match(s, /[0-9]+\\.[0-9]+/)) return s
  x = substr(s, RSTART, RLENGTH)
  return substr(s, 1, RSTART - 1) int(x + 0.5) substr(s, RSTART + RLENGTH)
}
function rows(list,   r, n, i, k) { n = split(list, r, " "); for (i = 1; i <= n; i++) k += (r[i] < seen); return k + 0 }
function sum(list, c,   r, n, i, x) { n = split(list, r, " "); for (i = 1; i <= n; i++) x += number(at[r[i], c]); return x + 0 }
function distinct(list, c,   r, n, i, v, had, k) {
  n = split(list, r, " ")
  for (i = 1; i <= n; i++) if ((v = at[r[i], c]) != "" && !(v in had)) { had[v] = 1; k++ }
  return k + 0
}
function abs(x) { return x < 0 ? -x : x }
{
  rec = open ? rec "\\n" $0 : $0
  line = rec; open = gsub(/"/, "", line) % 2
  if (!open) { sub(/\\r$/, "", rec); if (rec != "" && rec != "\\"\\"") keep(rec) }
}`;

/** What makes an item of a cell, by the form of the answer. */
const forms = {
  cell: "v",
  year: "year(v)",
  number: "(v ~ /[0-9]/ ? numeral(number(v)) : v)",
  "first-part": "first(v)",
};

/** A shell command that computes an answer's items from `table.csv` and prints them one a line. */
export function commandFor(answer: Answer, table: Table, how: Presentation): string {
  const source = `${library}\nEND {\n${endOf(answer, table, how)}\n}`;
  return `awk '${source.replace(/'/g, "'\\''")}' table.csv`;
}

function endOf(answer: Answer, table: Table, how: Presentation): string {
  if (answer.kind === "amount") {
    const value = `numeral(${expression(answer.amount, table)})`;
    const unit = answer.unit === "" ? "" : ` " ${answer.unit.replace(/["\\]/g, "\\$&")}"`;
    return `  print ${how.round ? `whole(${value})` : value}${unit}`;
  }
  if (answer.kind === "choice")
    return `  print (${expression(answer.left, table)} > ${expression(answer.right, table)} ? "yes" : "no")`;
  return [
    `  n = split("${listed(answer.rows)}", order, " ")`,
    `  for (i = 1; i <= n; i++) {`,
    `    v = at[order[i], ${answer.column + 1}]; v = ${forms[answer.form]}`,
    `    if (v == ""${answer.distinct ? " || had[v]++" : ""}) continue`,
    ...(how.round ? ["    v = whole(v)"] : []),
    `    ${how.first ? "print v; exit" : how.joined ? 'out = out == "" ? v : out ", " v' : "print v"}`,
    `  }`,
    ...(how.joined && !how.first ? ['  if (out != "") print out'] : []),
  ].join("\n");
}

function listed(rows: readonly number[]): string {
  return rows.map((row) => row + 1).join(" ");
}

/** The awk expression of an amount's value. */
function expression(amount: Amount, table: Table): string {
  if (amount.of === "constant") return String(amount.value);
  if (amount.of === "minus") {
    const [left, right] = [expression(amount.left, table), expression(amount.right, table)];
    return amount.absolute ? `abs(${left} - ${right})` : `(${left} - ${right})`;
  }
  if (amount.of === "rows") return `rows("${listed(amount.rows)}")`;
  const column = amount.column + 1;
  if (amount.of === "distinct") return `distinct("${listed(amount.rows)}", ${column})`;
  const cells = table.columns[amount.column]?.cells ?? [];
  const added = amount.rows.filter((row) => measured(cells[row] ?? "", amount.loose) !== undefined);
  return `sum("${listed(added)}", ${column})`;
}
