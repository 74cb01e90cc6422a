import type { CallContext } from "../../contracts/index.ts";

/**
 * A call context that hears of time lost on the endpoint's account.
 *
 * Waiting for a slot, backing off and attempts that failed are not the agent's time.
 */
export interface PatientContext extends CallContext {
  /** @param ms milliseconds that passed before the attempt that was answered. */
  readonly waited?: (ms: number) => void;
  /** Attempts of this call that failed before. @default 0 */
  readonly failures?: number;
}
