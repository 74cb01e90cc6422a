import type { Amount, Answer, Presentation } from "./answer.ts";

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
function numeral(x,   s) {
  s = sprintf("%.4f", x); sub(/0+$/, "", s); sub(/\\.$/, "", s); return s
}
function rows(list, c,   r, n, i, k) { n = split(list, r, " "); for (i = 1; i <= n; i++) k += (r[i] > 0 && r[i] < seen); return k + 0 }
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

/** A shell command that computes an answer's items from `table.csv` and prints them one a line. */
export function commandFor(answer: Answer, how: Presentation): string {
  const source = `${library}\nEND {\n${endOf(answer, how)}\n}`;
  return `awk '${source.replace(/'/g, "'\\''")}' table.csv`;
}

function endOf(answer: Answer, how: Presentation): string {
  if (answer.kind === "amount") return `  print numeral(${expression(answer.amount)})`;
  if (answer.kind === "any")
    return `  print (rows("${listed(answer.rows)}", 1) > 0 ? "yes" : "no")`;
  const cell = `at[order[i], ${answer.column + 1}]`;
  return [
    `  n = split("${listed(answer.rows)}", order, " ")`,
    `  for (i = 1; i <= n; i++) {`,
    `    v = ${answer.form === "year" ? `year(${cell})` : cell}`,
    `    if (v == "" || had[v]++) continue`,
    `    ${how.first ? "print v; exit" : how.joined ? 'out = out == "" ? v : out ", " v' : "print v"}`,
    `  }`,
    ...(how.joined && !how.first ? ['  if (out != "") print out'] : []),
  ].join("\n");
}

function listed(rows: readonly number[]): string {
  return rows.map((row) => row + 1).join(" ");
}

/** The awk expression of an amount's value. */
function expression(amount: Amount): string {
  return amount.of === "gap"
    ? `abs(${expression(amount.left)} - ${expression(amount.right)})`
    : `${amount.of}("${listed(amount.rows)}", ${amount.column + 1})`;
}
