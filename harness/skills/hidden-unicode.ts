/** A character that a reader does not see or that changes the order in which text is seen. */
export interface HiddenCharacter {
  /** Line in the text, from 1. */
  readonly line: number;
  /** Such as `U+202E`. */
  readonly codePoint: string;
  readonly kind: "control" | "bidirectional" | "zero width" | "tag";
}

const KINDS: readonly (readonly [HiddenCharacter["kind"], RegExp])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
  ["control", /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u],
  ["bidirectional", /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u],
  ["tag", /[\u{e0000}-\u{e007f}]/u],
  [
    "zero width",
    /[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|[\u{e0100}-\u{e01ef}]/u,
  ],
];

const ANY = new RegExp(KINDS.map(([, pattern]) => pattern.source).join("|"), "gu");

/** A zero-width joiner between two pictographs makes one emoji, and hides nothing. */
const JOINED_EMOJI =
  /(?<=\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d(?=\p{Extended_Pictographic})/gu;

/** Every hidden character of a text, in order. */
export function hiddenCharacters(text: string): readonly HiddenCharacter[] {
  if (text.search(ANY) === -1) return [];
  const found: HiddenCharacter[] = [];
  text.split("\n").forEach((line, i) => {
    for (const [character] of line.replace(JOINED_EMOJI, "").matchAll(ANY)) {
      const kind = KINDS.find(([, pattern]) => pattern.test(character))?.[0] ?? "control";
      const hex = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
      found.push({ line: i + 1, codePoint: `U+${hex}`, kind });
    }
  });
  return found;
}
