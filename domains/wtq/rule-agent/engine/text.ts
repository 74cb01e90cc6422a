/** Words and numbers of folded text; `1,234` is one token `1234`, a possessive `'s` is dropped. */
export function words(folded: string): string[] {
  const found =
    folded.match(/\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];
  return found.map((word) =>
    /^\d/.test(word) ? word.replace(/,/g, "") : word.replace(/'s$/, "").replace(/'/g, ""),
  );
}

const irregular: Readonly<Record<string, string>> = {
  won: "win",
  wins: "win",
  winner: "win",
  winning: "win",
  winnings: "winning",
  people: "person",
  men: "man",
  women: "woman",
  children: "child",
  held: "hold",
  scored: "score",
  scorer: "score",
  lost: "loss",
  losses: "loss",
  lose: "loss",
  series: "series",
  ran: "run",
  attended: "attendance",
  attendees: "attendance",
  attendee: "attendance",
  nations: "country",
  nation: "country",
  countries: "country",
  cities: "city",
  movies: "film",
  movie: "film",
  titled: "title",
  competitors: "competitor",
  points: "point",
  pts: "point",
  nationality: "country",
  built: "build",
  made: "make",
  was: "was",
  is: "is",
  his: "his",
  this: "this",
  has: "has",
  does: "does",
  us: "us",
  years: "year",
  elected: "election",
};

/** Countries by the word for what comes from them. */
const origins: Readonly<Record<string, string>> = {
  french: "france",
  german: "germany",
  dutch: "netherlands",
  swiss: "switzerland",
  spanish: "spain",
  danish: "denmark",
  swedish: "sweden",
  polish: "poland",
  finnish: "finland",
  turkish: "turkey",
  irish: "ireland",
  scottish: "scotland",
  welsh: "wales",
  greek: "greece",
  chinese: "china",
  japanese: "japan",
  portuguese: "portugal",
  norwegian: "norway",
  belgian: "belgium",
  canadian: "canada",
  mexican: "mexico",
  brazilian: "brazil",
  egyptian: "egypt",
  kenyan: "kenya",
  cuban: "cuba",
  korean: "korea",
  hungarian: "hungary",
  ukrainian: "ukraine",
  argentine: "argentina",
  iranian: "iran",
  moroccan: "morocco",
};

const fromCountry =
  /^(?:austral|austr|ital|russ|colomb|bulgar|roman|croat|serb|alban|tunis|alger|ind|bosn|mongol|sloven|eston|latv|lithuan|georg|armen|malays|indones|cambod|zamb|namib|boliv|ethiop|somal|syr|liber)ian$/;

function origin(word: string): string | undefined {
  return origins[word] ?? (fromCountry.test(word) ? word.slice(0, -1) : undefined);
}

/** A word without its plural or past ending, so that question and table words meet. */
export function stem(word: string): string {
  const known = irregular[word];
  if (known !== undefined) return known;
  if (word.length < 4 || /\d/.test(word)) return word;
  const country = origin(word) ?? (word.endsWith("s") ? origin(word.slice(0, -1)) : undefined);
  if (country !== undefined) return country;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}
