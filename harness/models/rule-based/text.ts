/** Lower case, without accents, with plain quotes and dashes; white space collapsed. */
export function fold(text: string): string {
  return plain(text).replace(/\s+/g, " ").trim().toLowerCase();
}

function plain(text: string): string {
  if (!/[^ -~\s]|`/.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―−]/g, "-");
}

/** Whether two answers are the same items; case, punctuation and order are overlooked. */
export function sameAnswer(a: readonly string[], b: readonly string[]): boolean {
  const plainItems = (items: readonly string[]) =>
    [...new Set(items.map(plainItem).filter((item) => item !== ""))].sort();
  const [left, right] = [plainItems(a), plainItems(b)];
  return left.length === right.length && left.every((item, i) => item === right[i]);
}

function plainItem(item: string): string {
  return item
    .replace(/^[-*]\s+/, "")
    .toLowerCase()
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/[^\p{L}\p{N}.-]+/gu, " ")
    .replace(/\.0+$/, "")
    .trim();
}

/** The items of a reference text: its lines, without a heading and without what explains an item. */
export function referenceItems(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => !/:\s*$/.test(line))
    .map((line) => line.replace(/ \(meaning .*\)$/, ""));
}
