import { fold, remembered } from "../../../../harness/models/rule-based/kit.ts";
import { stem, words } from "./text.ts";

/** A question taken apart; positions in `words` and `stems` are the same. */
export interface ReadQuestion {
  /** Folded, without the question mark. */
  readonly text: string;
  readonly words: readonly string[];
  readonly stems: readonly string[];
}

export function readQuestion(question: string): ReadQuestion {
  return remembered("question", question, () => {
    const text = fold(question).replace(/[?\s]+$/, "");
    const found = words(text);
    return { text, words: found, stems: found.map(stem) };
  });
}

/** Whether the question asks for several things: `which teams`, `who were`, `name all`, `the two`. */
export function asksForSeveral(question: ReadQuestion): boolean {
  const { words, stems, text } = question;
  if (
    /\b(?:who|which|what) (?:\w+ )?(?:are|were)\b|\b(?:name|list) (?:all|both|each|the \w+s)\b|\b(?:all|both|two|three|four|five)\b/.test(
      text,
    )
  )
    return true;
  const wh = words.findIndex((word) => /^(?:which|what)$/.test(word));
  for (let at = wh + 1; wh >= 0 && at < Math.min(words.length, wh + 4); at++) {
    const word = words[at] ?? "";
    if (/^(?:is|was|has|had|did|does|do|the|in|on|of)$/.test(word)) return false;
    if (word.endsWith("s") && stems[at] !== word && !/^(?:has|wins|was|is|comes|plays)$/.test(word))
      return true;
  }
  return false;
}

/** Words that carry no content of their own. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    "a an the of in on at to for by with from and or as than that this these those it its is was were are be been being do did does " +
    "has have had he she they them his her their him who whom whose which what when where why how many much there not no only " +
    "more most least less fewer fewest next last first before after between during over under above below until since same other " +
    "any all each every per tell me give i you we us can could would will also both either if then so but out up " +
    "about into against off"
  ).split(" "),
);

/** Words that questions use of any table; alone they point at no cell. */
export const commonWords: ReadonlySet<string> = new Set(
  (
    "year time number total game team player person name title win loss point score season date day month play list table amount " +
    "record place rank country city winner event match race medal film show song album episode come finish hold release " +
    "start end take get make have highest lowest largest smallest longest shortest earliest latest greatest different difference average " +
    "consecutive long old tall far previous following listed top bottom best worst one two three four five six seven eight nine ten " +
    "km m ft mile mi kg points new high low type home away"
  ).split(" "),
);
