/**
 * Shortens what a tool printed to its beginning and its end, and says how much lies between.
 *
 * @param limit how many characters (UTF-16 code units) of the text to keep; the note is not counted.
 * @returns the text itself where it fits. A surrogate pair is never cut in two.
 */
export function trimObservation(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let head = Math.ceil(limit / 2);
  let tail = text.length - Math.floor(limit / 2);
  if (splitsPair(text, head)) head--;
  if (splitsPair(text, tail)) tail++;
  return `${text.slice(0, head)}\n[... ${tail - head} characters left out ...]\n${text.slice(tail)}`;
}

function splitsPair(text: string, at: number): boolean {
  return (
    isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) &&
    isBetween(text.charCodeAt(at), 0xdc00, 0xdfff)
  );
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}
