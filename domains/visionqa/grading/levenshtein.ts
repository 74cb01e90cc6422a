/**
 * The fewest insertions, deletions and substitutions of code points that turn `a` into `b`.
 *
 * Takes time in the product of the two lengths, after a common beginning and end are taken off.
 */
export function levenshtein(a: string, b: string): number {
  const [short, long] = differing(codePoints(a), codePoints(b));
  // Row i of the table, distances from the first i code points of `long` to every beginning of `short`.
  const row = Uint32Array.from({ length: short.length + 1 }, (_, index) => index);
  for (let i = 0; i < long.length; i++) {
    const point = long[i];
    let diagonal = i;
    row[0] = i + 1;
    for (let j = 0; j < short.length; j++) {
      const above = row[j + 1] ?? 0;
      const left = row[j] ?? 0;
      row[j + 1] = point === short[j] ? diagonal : 1 + Math.min(diagonal, above, left);
      diagonal = above;
    }
  }
  return row[short.length] ?? 0;
}

/** The two without what they begin and end with alike; the shorter one first. */
function differing(a: Uint32Array, b: Uint32Array): readonly [Uint32Array, Uint32Array] {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (
    end < short.length - start &&
    short[short.length - 1 - end] === long[long.length - 1 - end]
  )
    end++;
  return [short.subarray(start, short.length - end), long.subarray(start, long.length - end)];
}

function codePoints(text: string): Uint32Array {
  const points = new Uint32Array(text.length);
  let length = 0;
  for (const character of text) points[length++] = character.codePointAt(0) ?? 0;
  return points.subarray(0, length);
}
