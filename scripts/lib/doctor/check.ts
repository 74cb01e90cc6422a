import { InputError } from "../../../harness/errors.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Whether the default study, or what a flag asks for, cannot do without it. */
  readonly needed: boolean;
  /** What was found, as a clause. */
  readonly about: string;
  /** What to do, as a sentence; only where it is not ok. */
  readonly fix?: string;
}

/**
 * The check of what failed for a reason that the person can mend; another error is thrown on.
 *
 * @param prefix left out of the error's words.
 */
export function failedCheck(
  of: { readonly name: string; readonly needed: boolean },
  error: unknown,
  prefix = "",
): Check {
  if (!(error instanceof InputError)) throw error;
  const { message, fix } = error;
  const problem = message.slice(0, message.length - fix.length).replace(/\. ?$/, "");
  return { ...of, ok: false, about: problem.replace(prefix, ""), fix };
}
