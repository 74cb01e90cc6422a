import { type Question, stopWords } from "./question.ts";
import type { Column, Table } from "./table.ts";

/** Other words that questions use for what a header names, by stem. */
const kin: Readonly<Record<string, readonly string[]>> = {
  who: [
    "name",
    "player",
    "driver",
    "person",
    "artist",
    "actor",
    "candidate",
    "rider",
    "athlete",
    "winner",
    "director",
    "swimmer",
    "skater",
    "coach",
    "incumbent",
    "mayor",
    "president",
    "author",
    "champion",
    "competitor",
    "representative",
    "nominee",
  ],
  person: ["name", "player", "driver", "candidate", "artist", "athlete", "actor"],
  where: [
    "location",
    "venue",
    "city",
    "place",
    "site",
    "country",
    "town",
    "stadium",
    "ground",
    "hometown",
  ],
  when: ["date", "year", "season", "day", "time", "month"],
  team: ["club", "opponent", "team", "school", "opposition", "franchise", "squad", "nation"],
  club: ["team", "club"],
  opponent: ["opponent", "opposition", "against", "versus", "team"],
  country: ["nation", "country", "nationality", "team", "noc", "territory", "state"],
  city: ["city", "location", "town", "place", "venue"],
  town: ["city", "town", "place", "name"],
  location: ["venue", "location", "city", "place", "site"],
  stadium: ["venue", "stadium", "ground", "site"],
  venue: ["venue", "stadium", "location", "site", "place"],
  film: ["title", "film", "movie", "name"],
  song: ["title", "song", "single", "track", "name"],
  album: ["title", "album", "name", "release"],
  show: ["title", "show", "program", "series", "name", "production"],
  book: ["title", "book", "name"],
  game: ["title", "game", "name", "opponent", "date"],
  match: ["opponent", "date"],
  race: ["race", "grand", "event", "name"],
  player: ["player", "name", "athlete", "scorer"],
  athlete: ["athlete", "name", "competitor"],
  driver: ["driver", "name", "rider"],
  rider: ["rider", "cyclist", "name"],
  cyclist: ["cyclist", "rider", "name"],
  actor: ["actor", "name", "performer"],
  candidate: ["candidate", "name"],
  tournament: ["tournament", "competition", "event", "championship"],
  competition: ["competition", "tournament", "event"],
  event: ["event", "competition", "name"],
  school: ["school", "college", "university", "institution", "team"],
  college: ["college", "school", "university"],
  party: ["party", "affiliation"],
  score: ["score", "result", "point"],
  result: ["result", "score", "outcome", "finish"],
  company: ["company", "manufacturer", "name", "label", "airline"],
  nation: ["nation", "country"],
  length: ["length", "distance", "duration", "time"],
  long: ["length", "distance", "duration", "time", "year", "day"],
  distance: ["distance", "length"],
  tall: ["height", "elevation"],
  height: ["height", "elevation", "ft"],
  high: ["height", "elevation"],
  attendance: ["attendance", "crowd", "spectator"],
  spectator: ["attendance", "crowd"],
  crowd: ["attendance", "crowd"],
  old: ["age", "birth", "born"],
  age: ["age", "birth"],
  weight: ["weight", "mass"],
  cost: ["cost", "price", "budget"],
  population: ["population", "inhabitant", "pop"],
  rank: ["rank", "position", "place", "ranking", "pos", "no"],
  position: ["position", "pos", "place", "rank"],
  place: ["place", "position", "rank", "location", "pos", "finish"],
  vote: ["vote", "votes", "%"],
  win: ["win", "w", "won", "champion"],
  loss: ["loss", "l", "lost", "defeat"],
  goal: ["goal", "gf"],
  draw: ["draw", "d", "tie"],
  point: ["point", "pt", "score", "total"],
  medal: ["total", "medal"],
  gold: ["gold"],
  language: ["language"],
  channel: ["channel", "station", "network", "callsign"],
  station: ["station", "callsign", "channel"],
  month: ["month", "date"],
  day: ["date", "day"],
  date: ["date", "year", "day"],
  year: ["year", "date", "season", "edition"],
  season: ["season", "year"],
  money: ["prize", "earning", "money", "winning", "purse", "salary"],
  winning: ["winning", "prize", "earning"],
  role: ["role", "character", "part"],
  character: ["character", "role"],
  award: ["award", "prize", "category"],
  category: ["category", "award"],
  surface: ["surface"],
  car: ["car", "model", "vehicle", "make", "constructor", "chassis"],
  network: ["network", "channel", "station"],
  district: ["district", "name"],
  county: ["county", "name"],
  river: ["river", "name"],
  mountain: ["mountain", "peak", "name"],
  building: ["building", "name"],
  model: ["model", "name"],
  area: ["area", "size"],
  size: ["size", "area", "capacity"],
  seat: ["seat", "capacity"],
  speed: ["speed", "clock", "mph"],
};

/** How well a question word names a column: 0 to 1. */
export function affinity(word: string, column: Column): number {
  if (column.stems.includes(word))
    return column.stems.length === 1 ? 1 : 0.9 - 0.05 * Math.min(4, column.stems.length - 2);
  const others = kin[word];
  if (!others) return column.stems.some((other) => haveOneRoot(word, other)) ? 0.7 : 0;
  const at = others.findIndex((other) => column.stems.includes(other));
  return at < 0 ? 0 : 0.6 - 0.03 * at;
}

/** Whether two words begin alike for most of their length: `directed`, `director`. */
function haveOneRoot(one: string, other: string): boolean {
  const least = Math.max(5, Math.min(one.length, other.length) - 2);
  return one.length >= 5 && other.length >= 5 && one.slice(0, least) === other.slice(0, least);
}

/** A column that words of the question name. */
export interface HeaderMention {
  readonly column: number;
  readonly score: number;
  /** Where its last word stands. */
  readonly at: number;
  readonly exact: boolean;
}

/** Columns named between two positions of the question, best first. */
export function headersIn(
  question: Question,
  table: Table,
  from: number,
  to: number,
): HeaderMention[] {
  const found: HeaderMention[] = [];
  for (const column of table.columns) {
    let score = 0;
    let hits = 0;
    let last = -1;
    for (let at = from; at < to; at++) {
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
        exact: hits > 0,
      });
  }
  return found.sort((a, b) => b.score - a.score || a.column - b.column);
}
