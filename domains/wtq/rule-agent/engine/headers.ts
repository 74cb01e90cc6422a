import { type ReadQuestion, stopWords } from "./question.ts";
import type { SeenColumn, SeenTable } from "./table.ts";

/**
 * Stems of headers that words of a question may mean, the likeliest first: words, a colon, stems.
 * A word that is itself in the header needs no entry.
 */
const kin = new Map(
  `
  who: name player driver person artist actor candidate rider athlete winner director swimmer coach incumbent mayor
  where: location venue city place site country town stadium ground hometown
  when: date year season day time month
  person player athlete driver rider cyclist actor candidate: name player driver athlete rider artist
  team club school college: club team opponent school college university institution franchise nation
  opponent: opposition against versus team
  country nation: nation country nationality team noc territory state
  city town: city location town place venue name
  location stadium venue: venue location stadium city place site ground
  film song album show book: title film single track program series movie name release production
  game match race tournament competition event: name title opponent race event tournament competition
  score result: result score outcome point finish
  company car: company manufacturer constructor make model chassis name label airline
  length long distance: length distance duration time
  tall height high: height elevation ft
  attendance spectator crowd: attendance crowd spectator
  old age: age birth born
  weight: mass
  cost: price budget
  population: inhabitant pop
  rank position place: rank position place pos no location finish
  party: affiliation
  vote: %
  win: w champion
  loss: l defeat
  goal: gf
  draw: d tie
  point: pt score total
  medal: total
  channel station network: station channel network callsign
  month day: date
  date: year day
  year: date season edition
  season: year
  money winning: prize earning winning purse salary
  role character: role character part
  award category: award category prize
  area size seat: area size capacity
  speed: clock mph
`
    .split("\n")
    .flatMap((line) => {
      const [words = "", stems = ""] = line.split(":");
      return words
        .trim()
        .split(" ")
        .map((word) => [word, stems.trim().split(" ")] as const);
    }),
);

/** How well a question word names a column: 0 to 1. */
export function affinity(word: string, column: SeenColumn): number {
  if (column.stems.includes(word))
    return column.stems.length === 1 ? 1 : 0.9 - 0.05 * Math.min(4, column.stems.length - 2);
  const others = kin.get(word);
  if (!others) return 0;
  const at = others.findIndex((other) => column.stems.includes(other));
  return at < 0 ? 0 : 0.6 - 0.03 * at;
}

/** A column that words of the question name. */
export interface HeaderMention {
  readonly column: number;
  readonly score: number;
  /** Where its last word stands. */
  readonly at: number;
}

/** Columns named from one place of the question to before another, best first. */
export function headersIn(
  question: ReadQuestion,
  table: SeenTable,
  from: number,
  to: number,
): HeaderMention[] {
  const found: HeaderMention[] = [];
  for (const column of table.columns) {
    let score = 0;
    let hits = 0;
    let last = -1;
    for (let at = Math.max(0, from); at < Math.min(to, question.words.length); at++) {
      const word = question.stems[at] ?? "";
      if (stopWords.has(question.words[at] ?? "") && !/^(?:who|where|when)$/.test(word)) continue;
      const fit = affinity(word, column);
      if (fit <= 0) continue;
      if (fit >= 0.7) hits++;
      if (fit > score) last = at;
      score = Math.max(score, fit);
    }
    if (score > 0)
      found.push({
        column: column.index,
        score: score + 0.25 * Math.max(0, hits - 1),
        at: last,
      });
  }
  return found.sort((a, b) => b.score - a.score || a.column - b.column);
}
