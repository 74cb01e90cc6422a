const limit = 600;
const shelves = new Map<string, Map<string, unknown>>();

/**
 * The result of a pure function of `content`, kept for the contents seen last.
 *
 * @param shelf names the function; at most 600 results are kept for each.
 */
export function remembered<Result>(shelf: string, content: string, compute: () => Result): Result {
  let kept = shelves.get(shelf);
  if (!kept) {
    kept = new Map();
    shelves.set(shelf, kept);
  }
  const known = kept.get(content);
  if (known !== undefined) {
    kept.delete(content);
    kept.set(content, known);
    return known as Result;
  }
  const result = compute();
  kept.set(content, result);
  if (kept.size > limit) kept.delete(kept.keys().next().value ?? "");
  return result;
}
