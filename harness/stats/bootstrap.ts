import { keptIn } from "../kept.ts";
import { seededRng } from "../rng.ts";
import { normalCdf, studentQuantile } from "./distributions.ts";
import { type Clusters, meanOf } from "./observations.ts";
import { type Interval, wilsonInterval } from "./wilson.ts";

/** Seeded 95% intervals that resample whole groups. */
export interface Bootstrap {
  readonly resamples: number;
  /** Of a mean of scores from 0 to 1; undefined with fewer than two groups. */
  mean(clusters: Clusters): Interval | undefined;
  /** Of a mean of paired differences, from -1 to 1; undefined with fewer than two groups. */
  difference(clusters: Clusters): Interval | undefined;
}

/**
 * The cluster bootstrap: groups are drawn with replacement, and with a group come all its tasks and
 * seeds, so what is alike within a group is never taken for independent evidence.
 *
 * The interval is the expanded percentile interval: percentiles of the resampled means, taken at
 * levels widened from 2.5% to Phi(-sqrt(G / (G - 1)) t) with t the 97.5% quantile of Student's t on
 * G - 1 degrees of freedom. The plain percentile interval is too short by that factor, which shows
 * at 60 groups. BCa was measured against it on the same simulated studies and covers less where
 * there is no difference (91.6% against 94.9% at 60 groups), which is where a false claim would be
 * made; the studentised interval divides by zero in resamples that miss the few groups that differ.
 * At 60 to 200 groups of which a tenth differ, this one covers 93.4 to 95.3%.
 *
 * Where all groups agree, resampling sees no spread at all; the interval is then Wilson's with the
 * groups as trials: 0 discordant groups of G still allow a difference of about 3.8 / G.
 *
 * The draws depend on the seed and the number of groups alone: the same for every cell of a table,
 * so swapping two arms mirrors the interval, and a row added elsewhere moves no number here.
 *
 * @param seed any text or number.
 * @see Hesterberg (2015), What teachers should know about the bootstrap, section 5.3 (expansion)
 */
export function seededBootstrap(seed: string | number, resamples = 2000): Bootstrap {
  const drawsByGroups = new Map<number, Draws>();

  function drawsOf(groups: number): Draws {
    return keptIn(drawsByGroups, groups, () => {
      const rng = seededRng(`bootstrap/${seed}/${groups}`);
      // Two bytes an index keep the draws of a usual table in the processor's cache.
      const indices = new (groups <= 2 ** 16 ? Uint16Array : Uint32Array)(groups * resamples);
      for (let i = 0; i < indices.length; i++) indices[i] = Math.floor(rng.next() * groups);
      const t = studentQuantile(0.975, groups - 1);
      return { indices, level: normalCdf(-t * Math.sqrt(groups / (groups - 1))) };
    });
  }

  function percentiles({ sums, counts }: Clusters, centre: number): Interval {
    const groups = sums.length;
    const { indices, level } = drawsOf(groups);
    const means = new Float64Array(resamples);
    for (let r = 0, k = 0; r < resamples; r++) {
      // Two running sums at a time, since each waits for its own last addition: a third faster.
      let sum = 0;
      let count = 0;
      let otherSum = 0;
      let otherCount = 0;
      const end = k + groups;
      for (; k + 1 < end; k += 2) {
        const g = indices[k] as number;
        const h = indices[k + 1] as number;
        sum += sums[g] as number;
        count += counts[g] as number;
        otherSum += sums[h] as number;
        otherCount += counts[h] as number;
      }
      if (k < end) {
        const g = indices[k++] as number;
        sum += sums[g] as number;
        count += counts[g] as number;
      }
      means[r] = (sum + otherSum) / (count + otherCount);
    }
    means.sort();
    const low = sortedQuantile(means, level);
    // The upper end is found on the mirrored sample, so that it mirrors the lower one to the last bit.
    const high = -sortedQuantile(means.map((mean) => -mean).reverse(), level);
    return [Math.min(low, centre), Math.max(high, centre)];
  }

  return {
    resamples,
    mean(clusters) {
      const centre = meanOf(clusters);
      const groups = clusters.sums.length;
      if (centre === undefined || groups < 2) return undefined;
      return allAlike(clusters)
        ? wilsonInterval(centre * groups, groups)
        : percentiles(clusters, centre);
    },
    difference(clusters) {
      const centre = meanOf(clusters);
      const groups = clusters.sums.length;
      if (centre === undefined || groups < 2) return undefined;
      if (!allAlike(clusters)) return percentiles(clusters, centre);
      const margin = wilsonInterval(0, groups)[1];
      return [Math.max(-1, centre - margin), Math.min(1, centre + margin)];
    },
  };
}

interface Draws {
  /** Drawn groups, one resample after the other. */
  readonly indices: Uint16Array | Uint32Array;
  /** The widened level of the lower percentile. */
  readonly level: number;
}

function allAlike({ sums, counts }: Clusters): boolean {
  const first = (sums[0] ?? 0) / (counts[0] ?? 1);
  return sums.every((sum, g) => Math.abs(sum / (counts[g] ?? 1) - first) < 1e-12);
}

/** The quantile at `level` of an ascending sample, interpolated between order statistics at k / (n + 1). */
function sortedQuantile(sorted: Float64Array, level: number): number {
  const position = Math.min(Math.max(level * (sorted.length + 1) - 1, 0), sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}
