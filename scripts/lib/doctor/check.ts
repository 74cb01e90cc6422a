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
