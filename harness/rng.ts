import { createHash } from "node:crypto";
import type { Rng } from "./contracts/index.ts";

/**
 * A seeded generator (xoshiro128**), the same on every machine.
 *
 * @param seed any text or number; streams of different seeds are unrelated.
 */
export function seededRng(seed: string | number): Rng {
  const hash = createHash("sha256").update(String(seed)).digest();
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) state[i] = hash.readUInt32LE(i * 4);
  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  return {
    next() {
      const [a = 0, b = 0, c = 0, d = 0] = state;
      const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
      const t = b << 9;
      const c1 = c ^ a;
      const d1 = d ^ b;
      state[1] = b ^ c1;
      state[0] = a ^ d1;
      state[2] = c1 ^ t;
      state[3] = rotate(d1, 11);
      return result / 2 ** 32;
    },
    fork: (label) => seededRng(`${seed}/${label}`),
  };
}

/** A new array in random order (Fisher-Yates). */
export function shuffled<Item>(items: readonly Item[], rng: Rng): Item[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(rng.next() * (i + 1));
    [result[i], result[j]] = [result[j] as Item, result[i] as Item];
  }
  return result;
}

/** A whole number from `low` to `high`, both included. */
export function between(rng: Rng, low: number, high: number): number {
  return low + Math.floor(rng.next() * (high - low + 1));
}

/** One of the items. */
export function pick<Item>(rng: Rng, items: readonly Item[]): Item {
  const item = items[Math.floor(rng.next() * items.length)];
  if (item === undefined) throw new Error("there is nothing to pick from");
  return item;
}
