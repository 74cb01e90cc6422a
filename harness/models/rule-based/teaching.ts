import type { Pattern } from "../../contracts/index.ts";
import { remembered } from "./memory.ts";
import { fold } from "./text.ts";

/** Ways of saying that something is not to be counted, as one concept of a `Pattern`. */
export const drop =
  "skip|ignore|exclude|omit|drop|leave+out|disregard|discard|filter+out|not+count|never+count|not+include|never+include|set+aside";

/** How a sentence takes a pattern: it says so, it says the contrary, or neither. */
export type Stance = "teaches" | "forbids" | "silent";

/** All concepts of a pattern stand within so many words. */
const reach = 16;

/** Words that do not show their root, each with it. */
const irregular = new Map(
  `left leave, kept keep, written write, wrote write, given give, gave give, found find, took take,
  taken take, chosen choose, chose choose, held hold, said say, told tell, stood stand, does do,
  did do, ties tie, tied tie, dashes dash, dates date, dated date, dating date, cannot not`
    .split(/,\s+/)
    .map((pair) => pair.split(" ") as [string, string]),
);

/** A word without its ending: `counted`, `counting` and `counts` are one. */
export function gist(word: string): string {
  let root = irregular.get(word) ?? word;
  if (root.length > 4 && root.endsWith("ies")) root = `${root.slice(0, -3)}y`;
  else if (root.length > 3 && /[^su]s$/.test(root)) root = root.slice(0, -1);
  if (root.length > 5 && root.endsWith("ing")) root = root.slice(0, -3);
  else if (root.length > 4 && root.endsWith("ed")) root = root.slice(0, -2);
  if (root.length > 3 && root.endsWith("e")) root = root.slice(0, -1);
  if (root.length > 3 && /([^aeiou])\1$/.test(root)) root = root.slice(0, -1);
  return root;
}

/** Sentences of Markdown prose; headings, tables and fenced code say nothing to learn. */
export function sentencesOf(markdown: string): string[] {
  const blocks: string[] = [];
  let fenced = false;
  let fresh = true;
  for (const line of markdown.split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      fresh = true;
      continue;
    }
    if (fenced || /^\s*(?:#{1,6}\s|\||$)/.test(line)) {
      fresh = true;
      continue;
    }
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (item || fresh) blocks.push(item?.[1] ?? line.trim());
    else blocks[blocks.length - 1] += ` ${line.trim()}`;
    fresh = false;
  }
  return blocks.flatMap((block) =>
    block
      .replace(/\*\*|__/g, "")
      .replace(/\b(e\.g|i\.e|etc|vs|approx|no(?=\.\s*\d))\./gi, "$1")
      .split(/(?<=[.!?;])\s+/)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== ""),
  );
}

/** Parts of a rule that give reasons, exceptions and checks; they teach nothing by themselves. */
const aside =
  /^(?:why|unless|exception|reason|because|example)\b|^check:|\w.*\b(?:Why|Unless|Check|Example):/i;

/** Words that follow neither an article nor another such word. */
const linking = "of|than|and|or|but|is|are|was|be";
/** Words that begin a sentence or follow punctuation where they have a capital. */
const openers =
  "When|Why|Unless|Check|If|The|An?|To|Do|Not|Never|Always|Use|Give|Take|Count|Compare|Add|Read|Write|Skip|Find|Keep|Leave";
/** Small words where no sentence has them: what is left of one whose words were shuffled. */
const scrambled = [
  new RegExp(`^(?:${linking})\\b|\\b(?:${linking}) (?:${linking})\\b`, "i"),
  new RegExp(`\\b(?:the|an?) (?:the|an?|in|on|with|for|from|to|when|${linking})\\b`, "i"),
  new RegExp(`\\b(?:the|an?|with|if|when|as|not|${linking})\\W*$|\\b(?:the|an?|of)[.,;:]`, "i"),
  new RegExp(`[\\p{L}\\p{N}\`"] (?:${openers})\\b`, "u"),
];

/** The gists of a sentence with a space before and after each, and a comma before those that follow punctuation. */
function gistsOf(sentence: string): string {
  const plain = sentence
    .replace(/`[^`]*`/g, " code ")
    .replace(/’/g, "'")
    .replace(/n't\b/g, " not")
    .replace(/'s\b|['*_]/g, "")
    .replace(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, " ")
    .replace(/[^\p{L}\p{N}\s]+/gu, " , ");
  const gists = plain.split(/\s+/).map((word) => (word === "," ? word : gist(fold(word))));
  return ` ${gists.join(" ")} `.replace(/( ,)+ (?=\S)/g, " ,");
}

const denial =
  /(?:^| ),?(?:not|never|avoid|no|without|stop|needles|refrain|instead|rather|unnecessary)(?! ,?(?:forget|fail|neglect|hesitat|only|just) )(?: [^ ,]+){0,2} $/;

/** An expression that finds a pattern among gists; its groups are the words between the concepts. */
function compiled(pattern: Pattern): RegExp {
  const concepts = pattern.split(" ").map((concept) => {
    const ways = concept
      .split("|")
      .map((way) => way.split("+").map(gist).join(String.raw`(?: \S+){0,3} ,?`));
    return `,?(?:${ways.join("|")})(?= )`;
  });
  return new RegExp(`(?<= )${concepts.join(String.raw` ((?:\S+ ){0,7}?)`)}`, "g");
}

/** Whether a sentence teaches what a pattern says. */
export function stanceOf(sentence: string, patterns: readonly Pattern[]): Stance {
  const isAdvice = () => ![aside, ...scrambled].some((pattern) => pattern.test(sentence));
  const gists = remembered("sentence", sentence, () => (isAdvice() ? gistsOf(sentence) : ""));
  let stance: Stance = "silent";
  for (const pattern of patterns) {
    const expression = remembered("pattern", pattern, () => compiled(pattern));
    expression.lastIndex = 0;
    for (let found = expression.exec(gists); found; found = expression.exec(gists)) {
      const [phrase, ...between] = found;
      expression.lastIndex = found.index + 1;
      if (phrase.split(" ").length > reach) continue;
      const before = phrase.startsWith(",") ? "" : gists.slice(0, found.index);
      if (![before, ...between].some((words) => denial.test(words))) return "teaches";
      stance = "forbids";
    }
  }
  return stance;
}
