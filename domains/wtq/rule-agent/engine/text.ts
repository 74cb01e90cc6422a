/** Words and numbers of folded text; `1,234` is one token `1234`, a possessive `'s` is dropped. */
export function words(folded: string): string[] {
  const found =
    folded.match(/\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];
  return found.map((word) =>
    /^\d/.test(word) ? word.replace(/,/g, "") : word.replace(/'s$/, "").replace(/'/g, ""),
  );
}

/** Words by the stem they are taken for, from entries such as `win: won wins`. */
function byStem(entries: string): ReadonlyMap<string, string> {
  return new Map(
    entries.split(";").flatMap((entry) => {
      const [stem = "", forms = ""] = entry.split(":");
      return (forms.match(/\S+/g) ?? []).map((form) => [form, stem.trim()] as const);
    }),
  );
}

const irregular = byStem(`
  win: won wins winner winning; winning: winnings; person: people; man: men; woman: women;
  child: children; hold: held; score: scored scorer; loss: lost losses lose; series: series;
  run: ran; attendance: attended attendees attendee; country: nations nation countries
  nationality; city: cities; film: movies movie; title: titled; competitor: competitors;
  point: points pts; build: built; make: made; was: was; is: is; his: his; this: this; has:
  has; does: does; us: us; year: years; election: elected
`);

/** Countries by the word for what comes from them. */
const origins = byStem(`
  france: french; germany: german; netherlands: dutch; switzerland: swiss; spain: spanish;
  denmark: danish; sweden: swedish; poland: polish; finland: finnish; turkey: turkish;
  ireland: irish; scotland: scottish; wales: welsh; greece: greek; china: chinese; japan:
  japanese; portugal: portuguese; norway: norwegian; belgium: belgian; canada: canadian;
  mexico: mexican; brazil: brazilian; egypt: egyptian; kenya: kenyan; cuba: cuban; korea:
  korean; hungary: hungarian; ukraine: ukrainian; argentina: argentine; iran: iranian;
  morocco: moroccan
`);

const fromCountry =
  /^(?:austral|austr|ital|russ|colomb|bulgar|roman|croat|serb|alban|tunis|alger|ind|bosn|mongol|sloven|eston|latv|lithuan|georg|armen|malays|indones|cambod|zamb|namib|boliv|ethiop|somal|syr|liber)ian$/;

function origin(word: string): string | undefined {
  return origins.get(word) ?? (fromCountry.test(word) ? word.slice(0, -1) : undefined);
}

/** A word without its plural or past ending, so that question and table words meet. */
export function stem(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length < 4 || /\d/.test(word)) return word;
  const country = origin(word) ?? (word.endsWith("s") ? origin(word.slice(0, -1)) : undefined);
  if (country !== undefined) return country;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}
