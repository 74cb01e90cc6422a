/**
 * From `start` to the brace that closes the first one after it, both included.
 *
 * A closing brace before any opening one counts below zero, as in the published graders.
 *
 * @returns undefined where that brace is never closed.
 */
export function throughClosingBrace(text: string, start: number): string | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

/** What stands between `\boxed{` and the `}` that ends the text, or undefined for any other text. */
export function unboxed(text: string): string | undefined {
  const opening = "\\boxed{";
  return text.startsWith(opening) && text.endsWith("}")
    ? text.slice(opening.length, -1)
    : undefined;
}
