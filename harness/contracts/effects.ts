export interface Clock {
  /** Wall time, ISO 8601, for stamps on records. */
  nowIso(): string;
  /** Monotonic milliseconds, for measuring; the origin means nothing. */
  ticksMs(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Seeded draws. `fork` gives a stream of its own, so a new draw here moves no number there. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  fork(label: string): Rng;
}
