/** Calls in flight before anything is known of an endpoint: what a small server of one's own takes. */
const firstLimit = 4;
/**
 * Rounds of calls, and calls at least, that a rate is taken over. While the limit doubles a round will do; later
 * changes are smaller, and calls that were begun together also end together.
 */
const rounds = { first: 1, later: 3, leastCalls: 8 };
/**
 * How much of its fair share a change has to bring: with twice the calls in flight a rate has to grow by a
 * quarter, and with a third less of them it may fall by a twelfth. Servers that work on several calls at once
 * gain less with each further one, and a queue gains nothing.
 */
const share = 1 / 4;
const growth = { first: 2, later: 1.5 };
/** Rates that are taken at a limit before it is changed again: after the first failed change, and at most. */
const rest = { first: 4, most: 64 };

/** A limit, and the work that was done under it in a millisecond. */
interface Level {
  readonly limit: number;
  readonly rate: number;
}

/**
 * How many calls an endpoint gets at once, found by trying.
 *
 * It begins low and doubles for as long as the endpoint does more with more calls in flight. From then on it
 * tries half as many again and a third less, ever more seldom, and keeps what pays. An endpoint that
 * refuses calls (429) says by itself what is too much: the limit halves, and then grows by one a round.
 */
export class CallLimit {
  readonly #most: number;
  #limit: number;
  /** What the present limit is tried against; undefined while nothing is tried. */
  #before: Level | undefined;
  #factor: number = growth.first;
  #resting = 0;
  #rest = rest.first;
  #window: { readonly startedAt: number; calls: number; work: number } | undefined;
  #refusals = 0;

  /** @param most at least 1; the limit never grows beyond. */
  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(firstLimit, most);
  }

  /** Calls that may be in flight now. */
  get calls(): number {
    return Math.floor(this.#limit);
  }

  /** How often the limit was cut. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Told when a call uses the limit up. */
  filled(atMs: number): void {
    this.#window ??= { startedAt: atMs, calls: 0, work: 0 };
  }

  /**
   * Told of every answer.
   *
   * @param work what it took of the endpoint, in any unit.
   * @param isUsedUp whether the limit is used up: one that is not has not been tried.
   */
  answered(work: number, isUsedUp: boolean, atMs: number): void {
    if (!isUsedUp) {
      this.#window = undefined;
      return;
    }
    if (this.#refusals > 0) {
      this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit);
      return;
    }
    const window = this.#window;
    if (window === undefined || window.startedAt === atMs) return;
    window.calls++;
    window.work += work;
    const { first, later, leastCalls } = rounds;
    const wanted = this.#limit * (this.#factor === growth.first ? first : later);
    if (window.calls < Math.max(leastCalls, wanted)) return;
    this.#window = undefined;
    this.#judge(window.work / (atMs - window.startedAt));
  }

  /** Told of a call that was refused. @param refusalsAtStart when it was sent: those sent before a cut cut nothing more. */
  refused(refusalsAtStart: number): void {
    if (refusalsAtStart < this.#refusals || this.#limit <= 1) return;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    this.#refusals++;
  }

  #judge(rate: number): void {
    const before = this.#before;
    if (before !== undefined) {
      const change = this.#limit / before.limit - 1;
      if (rate < before.rate * (1 + change * share)) this.#turnBack(before.limit);
      else this.#goOn(rate);
    } else if (this.#resting > 0) this.#resting--;
    else this.#goOn(rate);
  }

  #goOn(rate: number): void {
    if (this.#before !== undefined) this.#rest = rest.first;
    const next = this.#limit * this.#factor;
    const limit = this.#factor > 1 ? Math.min(this.#most, Math.ceil(next)) : Math.floor(next);
    if (limit < 1 || limit === this.#limit) this.#turnBack(this.#limit);
    else {
      this.#before = { limit: this.#limit, rate };
      this.#limit = limit;
    }
  }

  #turnBack(limit: number): void {
    this.#limit = limit;
    this.#before = undefined;
    this.#factor = this.#factor > 1 ? 1 / growth.later : growth.later;
    this.#resting = this.#rest;
    this.#rest = Math.min(rest.most, this.#rest * 2);
  }
}
