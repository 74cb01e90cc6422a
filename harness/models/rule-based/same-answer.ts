/** Whether two answers are the same items, case, punctuation and order overlooked. */
export function sameAnswer(a: readonly string[], b: readonly string[]): boolean {
  const plain = (items: readonly string[]) =>
    [...new Set(items.map(plainItem).filter((item) => item !== ""))].sort();
  const [left, right] = [plain(a), plain(b)];
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

/** Whether an answer is the one of a reference that lists its items, one a line. */
export function agreesPlainly(items: readonly string[], reference: string): boolean {
  return sameAnswer(items, referenceItems(reference));
}

/** The items of a reference: its lines, without a heading and without what explains an item. */
export function referenceItems(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => !/:\s*$/.test(line))
    .map((line) => line.replace(/ \(meaning .*\)$/, ""));
}
