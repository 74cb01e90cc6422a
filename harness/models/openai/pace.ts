import type { Usage } from "../../contracts/index.ts";
import type { OpenAiConfig } from "./config.ts";

/** For a call to an endpoint of which nothing is known: it may have to load the model. */
const firstMs = 600_000;
/** No call has less than the shortest time, however fast its endpoint was, and none more than the longest. */
const shortestMs = 60_000;
const longestMs = 3_600_000;
/** Times the endpoint's own time for a long reply, before it is given up. */
const patience = 4;
/** Written tokens of a reply that counts as long, until there was a longer one. */
const longReply = 4096;
/** What a call adds to the mean of the calls before it, about the last ten. */
const fading = 0.9;

/**
 * How long an endpoint takes for its work, and how long a call may therefore take.
 *
 * A server of one's own with all its slots busy takes minutes for a reply that another writes in seconds; it is
 * slow and not broken, and a call that is given up has to be made, and paid for, again.
 */
export class Pace {
  readonly #given: number | undefined;
  readonly #mostTokens: number;
  #ms = 0;
  #work = 0;
  #longest = longReply;

  constructor(config: Pick<OpenAiConfig, "timeoutMs" | "params" | "extraBody">) {
    this.#given = config.timeoutMs;
    const sent = { ...config.extraBody, ...config.params };
    const limits = [sent["max_tokens"], sent["max_completion_tokens"], sent["n_predict"]];
    this.#mostTokens = limits.find((limit) => typeof limit === "number" && limit > 0) as number;
    this.#mostTokens ??= Infinity;
  }

  /** Told of a reply that took `ms` milliseconds, sent to read. @param work what it took, as `workOf` gives it. */
  answered(ms: number, usage: Usage | undefined, work: number): void {
    this.#ms = this.#ms * fading + ms;
    this.#work = this.#work * fading + work;
    this.#longest = Math.max(this.#longest, usage?.outputTokens ?? 0);
  }

  /** Whole milliseconds that a call may take. @param failures attempts of it that failed; each doubles the time. */
  timeoutMs(failures = 0): number {
    if (this.#given !== undefined) return Math.ceil(this.#given);
    const long = Math.min(this.#longest, this.#mostTokens);
    const own = this.#work === 0 ? firstMs : (this.#ms / this.#work) * long * patience;
    return Math.ceil(Math.min(longestMs, Math.max(shortestMs, own) * 2 ** failures));
  }
}
