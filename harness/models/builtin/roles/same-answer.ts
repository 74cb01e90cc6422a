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
