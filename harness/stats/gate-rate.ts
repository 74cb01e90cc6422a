import { type Interval, wilsonInterval } from "./wilson.ts";

/** How often a gate accepts a skill that is no better, measured on a skill against itself. */
export interface GateRate {
  readonly trials: number;
  readonly accepted: number;
  /** `accepted / trials`. */
  readonly rate: number;
  /** Wilson's 95% interval; trials are independent of each other. */
  readonly ci95: Interval;
}

/** The false-accept rate over trials. @param accepts one entry a trial; at least one. */
export function gateRate(accepts: readonly boolean[]): GateRate {
  const trials = accepts.length;
  if (trials === 0) throw new Error("a rate needs a trial");
  const accepted = accepts.filter(Boolean).length;
  return { trials, accepted, rate: accepted / trials, ci95: wilsonInterval(accepted, trials) };
}
