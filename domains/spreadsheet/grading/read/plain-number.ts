const [zero, nine, minus, plus, point] = [0x30, 0x39, 0x2d, 0x2b, 0x2e];

/** Places in the bytes of the part. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Whether the bytes are a number in the plain form nearly all are in; others need a closer look. */
export function isPlainNumber(bytes: Buffer, { start, end }: Slice): boolean {
  const whole = behindDigits(bytes, bytes[start] === minus ? start + 1 : start, end);
  if (whole < 0 || whole - start > 4000) return false;
  let at = whole;
  if (at < end && bytes[at] === point) at = behindDigits(bytes, at + 1, end);
  if (at >= 0 && at < end && ((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1] === minus || bytes[at + 1] === plus;
    at = behindDigits(bytes, at + (sign ? 2 : 1), end);
  }
  return at === end;
}

/** The place behind the digits that stand here, or -1 where there are none. */
function behindDigits(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] ?? 0) >= zero && (bytes[at] ?? 0) <= nine) at++;
  return at > start ? at : -1;
}
