/**
 * Holm's step-down adjustment: p-values that may be compared with 0.05 for the whole family at once.
 *
 * @param ps one p-value a test, in any order; undefined for what is not a test of the family.
 * @returns adjusted values in the order given, at most 1; undefined stays undefined.
 * @see Holm (1979), A simple sequentially rejective multiple test procedure
 */
export function holm(ps: readonly (number | undefined)[]): (number | undefined)[] {
  const ranked = ps
    .flatMap((p, index) => (p === undefined ? [] : [{ p, index }]))
    .sort((a, b) => a.p - b.p);
  const adjusted: (number | undefined)[] = ps.map(() => undefined);
  let largest = 0;
  for (const [rank, { p, index }] of ranked.entries()) {
    largest = Math.max(largest, Math.min(1, p * (ranked.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
