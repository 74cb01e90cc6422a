/**
 * A small deflater (RFC 1951): matches found by their first three bytes, one block, fixed codes.
 *
 * The library's output may change with its version, and the sample's bytes must not.
 */
export function deflated(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + (data.length >> 2) + 16);
  let bits = 0;
  let held = 0;
  let size = 0;
  const put = (value: number, width: number) => {
    held |= value << bits;
    bits += width;
    while (bits >= 8) {
      out[size++] = held & 0xff;
      held >>>= 8;
      bits -= 8;
    }
  };
  const symbol = (code: number) => {
    if (code < 144) put(reversed(0x30 + code, 8), 8);
    else if (code < 256) put(reversed(0x190 + code - 144, 9), 9);
    else if (code < 280) put(reversed(code - 256, 7), 7);
    else put(reversed(0xc0 + code - 280, 8), 8);
  };
  put(1, 1);
  put(1, 2);
  const seen = new Map<number, number[]>();
  const note = (at: number) => {
    if (at + 3 > data.length) return;
    const key = keyAt(data, at);
    const places = seen.get(key) ?? [];
    places.push(at);
    seen.set(key, places);
  };
  for (let at = 0; at < data.length; ) {
    const match = longestMatch(data, at, seen.get(keyAt(data, at)) ?? []);
    if (match === undefined) {
      symbol(data[at] ?? 0);
      note(at++);
      continue;
    }
    const [length, lengthExtra] = slot(lengths, match.length);
    symbol(257 + length);
    put(match.length - (lengths[length] ?? 0), lengthExtra);
    const [distance, distanceExtra] = slot(distances, match.distance);
    put(reversed(distance, 5), 5);
    put(match.distance - (distances[distance] ?? 0), distanceExtra);
    for (const end = at + match.length; at < end; ) note(at++);
  }
  symbol(256);
  put(0, 7);
  return out.slice(0, size);
}

const LONGEST = 258;
const FARTHEST = 32_768;
const TRIED = 64;

// The first value of every code; a code covers the values up to the next one's.
const lengths = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const distances = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12_289, 16_385, 24_577,
];

/** The code of a value, and how many further bits say where in the code's range it lies. */
function slot(firsts: readonly number[], value: number): readonly [code: number, extra: number] {
  const code = firsts.findLastIndex((first) => first <= value);
  if (firsts[code] === LONGEST) return [code, 0];
  const next = firsts === lengths && code === 27 ? 259 : (firsts[code + 1] ?? FARTHEST + 1);
  return [code, Math.log2(next - (firsts[code] ?? 0))];
}

function longestMatch(data: Uint8Array, at: number, places: readonly number[]) {
  let best: { length: number; distance: number } | undefined;
  for (let index = places.length - 1; index >= Math.max(0, places.length - TRIED); index--) {
    const from = places[index] ?? 0;
    if (at - from > FARTHEST) break;
    let length = 0;
    while (
      length < LONGEST &&
      at + length < data.length &&
      data[from + length] === data[at + length]
    )
      length++;
    if (length >= 3 && length > (best?.length ?? 0)) best = { length, distance: at - from };
  }
  return best;
}

function keyAt(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
}

function reversed(code: number, width: number): number {
  let result = 0;
  for (let bit = 0; bit < width; bit++) result |= ((code >> bit) & 1) << (width - 1 - bit);
  return result;
}
