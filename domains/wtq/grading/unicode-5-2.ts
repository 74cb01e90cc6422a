/**
 * The Unicode data of Python 2.7 (version 5.2) where it differs from Node's.
 *
 * The official evaluator runs under Python 2.7, which knows no character added after Unicode 5.2: such
 * a character has no decomposition, is no combining mark, has no lower case and is no digit. Node
 * knows newer versions, so these characters are carried through unchanged.
 */

// Code points whose decomposition, category, lower case or digit value is newer than 5.2, as ranges;
// characters without any of the four may lie inside a range, where carrying them through changes nothing.
const NEWER_RANGES = `
37f 526-52e 65f 7fd 859-8ff 93a 956-957 9fe afa-aff b55 c00-c3c c81 d00-d3c d81 de6-def eba ece f8d-f8f
10c7-10cd 135d-135e 13a0-13f5 17b4-17b5 180f 1885-1886 1a1b 1ab0-1aeb 1bab-1bad 1be6-1bf1 1c89-1cbf 1cf4-1cf9
1de7-1dfc 2095-209c 2c2f 2cf2 2d7f 32ff a660 a674-a67b a698-a69f a78d-a7f9 a82c a8c5 a8ff a9bd a9e5-a9f9 aa7c
aaec-aaf6 ab5c-ab69 fa2e-fa2f fe27-fe2f 102e0 10376-1037a 104b0-104d3 10570-105e4 10781-107ba 10ae5-10ae6
10c80-10cb2 10d24-10d6d 10eab-10eac 10efa-10eff 10f46-10f85 11001-1107f 110c2-111d9 1122f-11241 112df-113e2
11438-1145e 114b3-114d9 115b2-115dd 11633-11659 116ab-11739 1182f-1183a 118a0-118e9 11938-11959 119d4-11a99
11b60-11b66 11bf0-11cb6 11d31-11de9 11ef3-11f5a 13440-13455 1611e-16139 16a60-16a69 16ac0-16b59 16d68-16d79
16e40-16e5f 16ea0-16eb8 16f4f-16f92 16fe4 1bc9d-1bc9e 1ccd6-1ccf9 1cf00-1cf46 1da00-1daaf 1e000-1e08f 1e130-1e149
1e2ae-1e2f9 1e4ec-1e4f9 1e5ee-1e5fa 1e6e3-1e6f5 1e8d0-1e959 1ee00-1eebb 1f130 1f132-1f13c 1f13e 1f140-1f141
1f143-1f145 1f147-1f149 1f14f-1f16c 1f201-1f202 1f232-1f23b 1f250-1f251 1fbf0-1fbf9`;

const newerClass = NEWER_RANGES.trim()
  .split(/\s+/)
  .map((range) => range.replace(/[0-9a-f]+/g, "\\u{$&}"))
  .join("");
const newer = new RegExp(`[${newerClass}]`, "u");
const newerRuns = new RegExp(`([${newerClass}]+)`, "u");

// Three marks changed category after 5.2 and have no decomposition of their own.
const marks = /[\p{Mn}\u1734\u302e\u302f]/gu;

function convertOlder(text: string, convert: (part: string) => string): string {
  if (!newer.test(text)) return convert(text);
  // The capture group puts the newer characters at the odd places.
  return text
    .split(newerRuns)
    .map((part, index) => (index % 2 === 1 ? part : convert(part)))
    .join("");
}

/** Compatibility decomposition (NFKD) without non-spacing marks (category Mn), as of Unicode 5.2. */
export function withoutMarks(text: string): string {
  return convertOlder(text, (part) => part.normalize("NFKD").replace(marks, ""));
}

/** Lower case, one character for one, as Python 2's `unicode.lower`: a final sigma is like any other. */
export function lowerCased(text: string): string {
  return convertOlder(text, (part) =>
    part.replaceAll("\u03a3", "\u03c3").replaceAll("\u0130", "i").toLowerCase(),
  );
}

/** The value of a decimal digit of any script, or undefined for another character. */
export function digitValue(character: string): number | undefined {
  if (character === "\u19da") return 1;
  if (!isDigit(character)) return undefined;
  // Digits lie in runs of ten from 0 to 9; runs may touch.
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (isDigit(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character) && !newer.test(character);
}
