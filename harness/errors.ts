/**
 * Something the person running us can fix: a config, a data file, a key, an endpoint.
 *
 * Raised at the edges (loaders, config, models). The scripts print it as one line without a stack
 * trace and exit with code 2. A failing episode is never one of these: it is an `Outcome`.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
  /** What to do about it; the message ends with it. */
  readonly fix: string;

  /**
   * @param at `where` is a file, `file:line`, a flag or an endpoint; `field` the path inside it, if
   * any; `problem` what is wrong; `fix` what to do about it, as a sentence.
   */
  constructor(at: {
    where: string;
    field?: string;
    problem: string;
    fix: string;
    cause?: unknown;
  }) {
    const place = at.field ? `${at.where}: ${at.field}` : at.where;
    super(`${place}: ${at.problem}. ${at.fix}`, { cause: at.cause });
    this.fix = at.fix;
  }
}

/** Several problems of one input, reported together, one a line. */
export class InputErrors extends InputError {
  override readonly name = "InputErrors";
  readonly problems: readonly InputError[];

  /** @param problems at least one; each becomes a line of the message. */
  constructor(problems: readonly InputError[]) {
    super({ where: "", problem: "", fix: "" });
    this.problems = problems;
    this.message = problems.map((problem) => problem.message).join("\n");
  }
}

/**
 * Why a model gave no reply.
 *
 * - `transient`: worth trying again (429, 5xx, time-out, cut connection, unreadable or empty body);
 * - `permanent`: every further call would fail the same way (401, 403, 404, bad request);
 * - `context-length`: this conversation is too long for the model, which ends the episode.
 */
export class ModelFault extends Error {
  override readonly name = "ModelFault";
  readonly kind: "transient" | "permanent" | "context-length";
  /** HTTP status, where the endpoint gave one. */
  readonly status: number | undefined;
  /** How long the endpoint asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What the person can do about it. */
  readonly fix: string;

  constructor(fault: {
    kind: ModelFault["kind"];
    message: string;
    fix?: string;
    status?: number | undefined;
    retryAfterMs?: number | undefined;
    cause?: unknown;
  }) {
    super(fault.message, { cause: fault.cause });
    this.kind = fault.kind;
    this.status = fault.status;
    this.retryAfterMs = fault.retryAfterMs;
    this.fix = fault.fix ?? "";
  }

  /** The same fault in other words, without its cause. */
  worded(message: string): ModelFault {
    const { kind, fix, status, retryAfterMs } = this;
    return new ModelFault({ kind, message, fix, status, retryAfterMs });
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Makes a missed case of a union a type error, and a loud one at run time. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}

/** Raised when the money a run may spend is used up; what is stored stays, and the run can go on later. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}
