import { seededRng } from "../rng.ts";

/** Above this many steps the exact distribution costs more than sampling it. */
const exactStepsMax = 5e7;
const flips = 9999;

/**
 * Two-sided p-value of "the two arms are exchangeable", by flipping the signs of whole groups.
 *
 * Under the null hypothesis each group's summed difference is as likely with one sign as with the
 * other, whatever the correlation of tasks and seeds within the group; so the test is valid under
 * clustering. The statistic is the absolute total. For pass/fail scores the totals are whole and
 * the p-value is exact, all 2^G flips counted by convolution; otherwise 9,999 seeded flips are
 * drawn and p = (1 + as extreme) / (1 + drawn).
 *
 * @param sums summed differences, one per group.
 * @param seed used for scores that are not whole.
 */
export function signFlipP(sums: Float64Array, seed: string | number): number {
  const sizes = sums.filter((sum) => sum !== 0).map(Math.abs);
  if (sizes.length === 0) return 1;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const observed = Math.abs(sums.reduce((sum, value) => sum + value, 0));
  const whole = sizes.every(Number.isInteger) && sizes.length * total <= exactStepsMax;
  return whole ? exactP(sizes, total, observed) : sampledP(sizes, total, observed, seed);
}

/** The total is twice the sum of the sizes that kept a plus, less all; those sums are convolved. */
function exactP(sizes: Float64Array, total: number, observed: number): number {
  const chance = new Float64Array(total + 1);
  chance[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let sum = reached; sum >= 0; sum--) {
      const without = chance[sum] as number;
      const including = sum >= size ? (chance[sum - size] as number) : 0;
      chance[sum] = 0.5 * (without + including);
    }
  }
  let p = 0;
  for (let sum = 0; sum <= total; sum++) {
    if (Math.abs(2 * sum - total) >= observed) p += chance[sum] as number;
  }
  return Math.min(1, p);
}

function sampledP(
  sizes: Float64Array,
  total: number,
  observed: number,
  seed: string | number,
): number {
  const rng = seededRng(`sign-flip/${seed}`);
  // Equal up to the rounding of a sum counts as equally extreme.
  const threshold = observed - 1e-9 * total;
  let extreme = 0;
  for (let flip = 0; flip < flips; flip++) {
    let sum = 0;
    let word = 0;
    for (let g = 0; g < sizes.length; g++) {
      if (g % 32 === 0) word = Math.floor(rng.next() * 2 ** 32);
      sum += (word >>> (g % 32)) & 1 ? (sizes[g] as number) : -(sizes[g] as number);
    }
    if (Math.abs(sum) >= threshold) extreme++;
  }
  return (1 + extreme) / (1 + flips);
}
