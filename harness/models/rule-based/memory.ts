/** Results of every function, by its shelf. */
const shelves = new Map<string, Map<string, unknown>>();

/**
 * The result of a pure function of `content`, kept for the contents seen last.
 *
 * @param shelf names the function.
 * @param limit how many results are kept; less for big ones.
 */
export function remembered<Result>(
  shelf: string,
  content: string,
  compute: () => Result,
  limit = 500,
): Result {
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
