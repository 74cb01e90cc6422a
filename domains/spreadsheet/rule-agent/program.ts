import { shellWord } from "../../../harness/models/rule-based/kit.ts";
import type { Job } from "./job.ts";
import type { Manner } from "./manner.ts";

/** Functions of the programs: cells are read and written as in `manner.ts`. */
const functions: readonly string[] = [
  `function csv(s, f,   n, i, c, q, x) {
  if (s !~ /"/) return split(s, f, ",")
  for (i in f) delete f[i]
  n = 1; x = ""; q = 0
  for (i = 1; i <= length(s); i++) {
    c = substr(s, i, 1)
    if (q) {
      if (c != "\\"") x = x c
      else if (substr(s, i + 1, 1) == "\\"") { x = x c; i++ }
      else q = 0
    }
    else if (c == "\\"" && x == "") q = 1
    else if (c == ",") { f[n++] = x; x = "" }
    else x = x c
  }
  f[n] = x
  return n
}`,
  `function tidy(s) { gsub(/ +/, " ", s); sub(/^ /, "", s); sub(/ $/, "", s); return s }`,
  `function key(s) { return LOOSE ? tolower(tidy(s)) : s }`,
  `function digits(s) { if (TEXT) gsub(/[ ,]/, "", s); return s }`,
  `function has(s) { return digits(s) ~ /^-?[0-9]+(\\.[0-9]+)?$/ }`,
  `function num(s) { return has(s) ? digits(s) + 0 : 0 }`,
  `function floor(x,   t) { t = int(x); return t > x ? t - 1 : t }`,
  `function round(x, d,   p) { p = 10 ^ d; return sprintf("%." d "f", floor(x * p + 0.5) / p) }`,
  `function shown(x,   t) {
  t = round(x, WHOLE ? 0 : DIGITS)
  if (!WHOLE && t ~ /\\./) { sub(/0+$/, "", t); sub(/\\.$/, "", t) }
  return t
}`,
  `function word(s) { return CAPITALS ? toupper(s) : s }`,
  `function field(s) {
  if (s == "" || s ~ /[",]/) { gsub(/"/, "\\"\\"", s); return "\\"" s "\\"" }
  return s
}`,
  `function put(s) { print field(s) }`,
  `function putrow(r, w,   i, t) {
  t = field(v[r, 1])
  for (i = 2; i <= w; i++) t = t "," field(v[r, i])
  print t
}`,
  `function reaches(x) { return INCLUSIVE ? x >= BOUND + 0 : x > BOUND + 0 }`,
  `function is(r) { return key(v[r, KEY]) == key(VALUE) }`,
  `function day(s,   p, y, m) {
  split(tidy(s), p, "-")
  y = p[2] + 0 < 3 ? p[1] - 1 : p[1] + 0
  m = (p[2] + 9) % 12
  return 365 * y + floor(y / 4) - floor(y / 100) + floor(y / 400) + floor((153 * m + 2) / 5) + p[3] - 1
}`,
  `function group(   r, k) {
  for (r = 1; r <= n; r++) {
    k = key(v[r, KEY])
    if (k == "") continue
    if (!(k in seen)) { seen[k] = 1; names[++g] = k }
    count[k]++
    if (MEASURE > 0 && has(v[r, MEASURE])) total[k] += num(v[r, MEASURE])
  }
}`,
  `function arrange(   i, j, x) {
  if (!ALPHABETICAL) return
  for (i = 2; i <= g; i++) {
    x = names[i]
    for (j = i - 1; j > 0 && names[j] > x; j--) names[j + 1] = names[j]
    names[j + 1] = x
  }
}`,
  `function named(k) { return word(LOOSE ? toupper(substr(k, 1, 1)) substr(k, 2) : k) }`,
];

/** Reads the entries, and before them the list where there is one. */
const reading = `{ sub(/\\r$/, "") }
LIST && $0 == "-- ledger --" { LIST = 0; next }
LIST { csv($0, f); l++; listed[l] = f[1]; if (!(key(f[1]) in found)) found[key(f[1])] = f[2]; next }
{ w = csv($0, f); n++; for (i = 1; i <= w; i++) v[n, i] = f[i] }
END {`;

/** What each kind of job does with the entries \`v[1..n, column]\`. */
const bodies: Readonly<Record<Job["kind"], string>> = {
  total: "for (r = 1; r <= n; r++) if (is(r)) s += num(v[r, MEASURE]); put(shown(s))",
  count: "for (r = 1; r <= n; r++) if (is(r)) c++; put(c + 0)",
  average:
    'for (r = 1; r <= n; r++) if (is(r) && has(v[r, MEASURE])) { s += num(v[r, MEASURE]); c++ }; put(c ? shown(s / c) : "")',
  "count-from":
    "for (r = 1; r <= n; r++) if (has(v[r, MEASURE]) && reaches(num(v[r, MEASURE]))) c++; put(c + 0)",
  distinct: "group(); put(g + 0)",
  highest:
    'for (r = 1; r <= n; r++) if (has(v[r, MEASURE]) && (!b || num(v[r, MEASURE]) > num(v[b, MEASURE]))) b = r; put(b ? word(v[b, GIVE]) : "")',
  "look-up": 'for (r = 1; r <= n && !b; r++) if (is(r)) b = r; put(b ? v[b, GIVE] : "")',
  product:
    'for (r = 1; r <= n; r++) put(has(v[r, MEASURE]) || !STAYS ? shown(num(v[r, MEASURE]) * num(v[r, GIVE])) : "")',
  flag: 'for (r = 1; r <= n; r++) put(has(v[r, MEASURE]) || !STAYS ? word(reaches(num(v[r, MEASURE])) ? "Yes" : "No") : "")',
  rank: `for (r = 1; r <= n; r++) {
  if (STAYS && !has(v[r, MEASURE])) { put(""); continue }
  p = 1
  for (o = 1; o <= n; o++) if (has(v[o, MEASURE]) || !STAYS) {
    if (num(v[o, MEASURE]) > num(v[r, MEASURE])) p++
    else if (!TIES && o < r && num(v[o, MEASURE]) == num(v[r, MEASURE])) p++
  }
  put(p)
}`,
  running: "for (r = 1; r <= n; r++) { s += num(v[r, MEASURE]); put(shown(s)) }",
  share:
    'for (r = 1; r <= n; r++) s += num(v[r, MEASURE]); for (r = 1; r <= n; r++) put(has(v[r, MEASURE]) || !STAYS ? shown(num(v[r, MEASURE]) * 100 / s) : "")',
  clean: `for (r = 1; r <= n; r++) {
  t = v[r, KEY]
  if (!PROPER) { sub(/^ +/, "", t); sub(/ +$/, "", t); put(word(t)); continue }
  m = split(tidy(t), p, " "); t = ""
  for (i = 1; i <= m; i++) {
    if (i > 1) t = t " "
    t = t toupper(substr(p[i], 1, 1)) tolower(substr(p[i], 2))
  }
  put(word(t))
}`,
  calendar:
    'for (r = 1; r <= n; r++) { split(tidy(v[r, KEY]), p, "-"); put(PART == "days" ? day(VALUE) - day(v[r, KEY]) : (PART == "year" ? p[1] : p[2]) + 0) }',
  "look-up-column":
    "for (r = 1; r <= n; r++) { k = key(v[r, KEY]); put(word(k in found ? found[k] : VALUE)) }",
  sort: `for (r = 1; r <= n; r++) {
  order[r] = r
  gap[r] = LAST && !DATE && !has(v[r, KEY])
  weight[r] = DATE ? day(v[r, KEY]) : num(v[r, KEY])
  if (DOWN) weight[r] = -weight[r]
}
for (i = 2; i <= n; i++) {
  x = order[i]
  for (j = i - 1; j > 0 && (gap[order[j]] > gap[x] || (gap[order[j]] == gap[x] && !gap[x] && weight[order[j]] > weight[x])); j--) order[j + 1] = order[j]
  order[j + 1] = x
}
for (i = 1; i <= n; i++) putrow(order[i], WIDTH)`,
  unique: `for (r = 1; r <= n; r++) {
  t = ""
  for (i = 1; i <= w; i++) t = t "\\001" v[r, i]
  if (!(t in seen)) { seen[t] = 1; putrow(r, WIDTH); c++ }
}
if (CLEARS) for (; c < n; c++) putrow(0, WIDTH)`,
  delete: `for (r = 1; r <= n; r++) if (!is(r)) { putrow(r, WIDTH); c++ }
if (CLEARS) for (; c < n; c++) putrow(0, WIDTH)`,
  copy: "for (r = 1; r <= n; r++) if (is(r)) putrow(r, WIDTH)",
  list: "group(); arrange(); for (i = 1; i <= g; i++) put(named(names[i]))",
  groups:
    'group(); arrange(); for (i = 1; i <= g; i++) print field(named(names[i])) "," shown(total[names[i]])',
  summary:
    'group(); for (i = 1; i <= l; i++) { k = key(listed[i]); put(k in seen || ZERO ? (MEASURE > 0 ? shown(total[k]) : count[k] + 0) : "") }',
};

/**
 * An awk command that does a job: it reads the entries as CSV, after them of a list and a line
 * `-- ledger --` where the job has a list, and prints the cells of the answer as CSV.
 *
 * Whatever it prints comes from what it reads; of the answer it knows nothing.
 */
export function awkCommand(job: Job, manner: Manner, width: number): string {
  const settings = Object.entries({ ...settingsOf(job, manner), WIDTH: widthOf(job, width) })
    .filter(([, value]) => Boolean(value))
    .map(
      ([name, value]) =>
        `-v ${name}=${typeof value === "string" ? shellWord(value) : Number(value)}`,
    );
  return `awk ${settings.join(" ")} ${shellWord(programFor(job.kind))}`;
}

function programFor(kind: Job["kind"]): string {
  const main = `${reading}\n${bodies[kind]}\n}`;
  return [...functionsIn(main), main].join("\n");
}

/** The functions that a text calls, with those that they call. */
function functionsIn(text: string): readonly string[] {
  const called = new Set<string>();
  const add = (from: string) => {
    for (const one of functions) {
      const name = /^function (\w+)\(/.exec(one)?.[1] ?? "";
      if (called.has(one) || !new RegExp(`\\b${name}\\(`).test(from)) continue;
      called.add(one);
      add(one);
    }
  };
  add(text);
  return functions.filter((one) => called.has(one));
}

function widthOf(job: Job, width: number): number {
  if (job.kind === "copy") return job.width;
  return job.kind === "sort" || job.kind === "unique" || job.kind === "delete" ? width : 0;
}

type Settings = Readonly<Record<string, string | number | boolean>>;

function settingsOf(job: Job, manner: Manner): Settings {
  const common: Settings = {
    LOOSE: manner.loose,
    TEXT: manner.textNumbers,
    STAYS: manner.blankStays,
    INCLUSIVE: manner.inclusive,
    TIES: manner.tiesShare,
    LAST: manner.blanksLast,
    ZERO: manner.absentZero,
    ALPHABETICAL: manner.alphabetical,
    PROPER: manner.properCase,
    WHOLE: manner.wholeNumbers,
    CAPITALS: manner.capitals,
    CLEARS: manner.clears,
    DIGITS: manner.digits ?? 6,
  };
  return { ...common, ...partsOf(job, manner) };
}

function partsOf(job: Job, manner: Manner): Settings {
  switch (job.kind) {
    case "total":
    case "average":
      return { KEY: job.where.column, VALUE: job.where.value, MEASURE: job.measure };
    case "count":
    case "delete":
    case "copy":
      return { KEY: job.where.column, VALUE: job.where.value };
    case "count-from":
    case "flag":
      return { MEASURE: job.measure, BOUND: job.bound };
    case "highest":
      return { MEASURE: job.measure, GIVE: job.give };
    case "look-up":
      return { KEY: job.where.column, VALUE: job.where.value, GIVE: job.give };
    case "product":
      return { MEASURE: job.measure, GIVE: job.times };
    case "rank":
    case "running":
    case "share":
      return { MEASURE: job.measure };
    case "distinct":
    case "clean":
    case "list":
      return { KEY: job.column };
    case "calendar":
      return { KEY: job.column, PART: job.part, VALUE: job.until };
    case "look-up-column":
      return { KEY: job.column, VALUE: manner.saysNotFound ? job.otherwise : "", LIST: true };
    case "sort":
      return { KEY: job.column, DOWN: job.down, DATE: job.byDate };
    case "unique":
      return {};
    case "groups":
      return { KEY: job.column, MEASURE: job.measure };
    case "summary":
      return { KEY: job.column, MEASURE: job.measure, LIST: true };
  }
}
