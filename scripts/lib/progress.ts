import type { Clock, Row } from "../../harness/contracts/index.ts";
import type { RunEvents } from "../../harness/study/runner.ts";
import type { CostOfRow } from "../../harness/study/spending.ts";

/** Where progress goes: a terminal line that is rewritten, or plain lines from time to time. */
export interface ProgressOutput {
  readonly terminal: boolean;
  /** Width of a terminal: a line that wraps cannot be written over. */
  readonly columns?: () => number;
  write(text: string): void;
}

/** Standard error, where progress goes. */
export const progressStream: ProgressOutput = {
  terminal: process.stderr.isTTY === true,
  columns: () => process.stderr.columns || Infinity,
  write: (text) => void process.stderr.write(text),
};

const plainEveryMs = 5_000;
const terminalEveryMs = 150;

/** What a stage has come to so far. */
interface StageCounts {
  readonly name: string;
  readonly expected: number | undefined;
  readonly startedAt: number;
  readonly doneBy: Map<string, number>;
  done: number;
  stored: number;
  failed: number;
}

/**
 * Shows stages, units done, stored and to run, rate, tokens, cost and time left.
 *
 * `costOf` is undefined where a cost is unknown, which makes the sum unknown.
 */
export class Progress implements RunEvents {
  readonly #output: ProgressOutput;
  readonly #clock: Clock;
  readonly #costOf: CostOfRow;
  #now: StageCounts | undefined;
  #tokens = 0;
  #cost: number | undefined = 0;
  #printedAt: number;
  #printed = "";

  constructor(output: ProgressOutput, clock: Clock, costOf: CostOfRow) {
    this.#output = output;
    this.#clock = clock;
    this.#costOf = costOf;
    this.#printedAt = clock.ticksMs();
  }

  /** Names what is going on now, and how many units it has if that is known. */
  stage(name: string, expected: number | undefined): void {
    this.close();
    const startedAt = this.#clock.ticksMs();
    this.#now = { name, expected, startedAt, doneBy: new Map(), done: 0, stored: 0, failed: 0 };
    this.#printed = "";
  }

  onStored(): void {
    if (this.#now !== undefined) this.#now.stored++;
    this.#show(false);
  }

  onFinish(row: Row): void {
    if (this.#now !== undefined) {
      this.#now.done++;
      this.#now.doneBy.set(row.stage, (this.#now.doneBy.get(row.stage) ?? 0) + 1);
      if (row.grade?.kind === "ungraded") this.#now.failed++;
    }
    this.#tokens += row.spent.inputTokens + row.spent.outputTokens;
    const paid = this.#costOf(row);
    this.#cost = this.#cost === undefined || paid === undefined ? undefined : this.#cost + paid;
    this.#show(false);
  }

  /** Prints the last state and stops. */
  close(): void {
    if (this.#now === undefined) return;
    this.#show(true);
    if (this.#output.terminal) this.#output.write("\n");
    this.#now = undefined;
  }

  #show(isForced: boolean): void {
    if (this.#now === undefined) return;
    const { terminal, columns } = this.#output;
    const ticks = this.#clock.ticksMs();
    if (!isForced && ticks - this.#printedAt < (terminal ? terminalEveryMs : plainEveryMs)) return;
    this.#printedAt = ticks;
    const text = this.#line(this.#now);
    if (text === this.#printed) return;
    this.#printed = text;
    const room = (columns?.() ?? Infinity) - 1;
    this.#output.write(terminal ? `\r\x1b[2K${text.slice(0, room)}` : `${text}\n`);
  }

  #line({ name, expected, startedAt, doneBy, done, stored, failed }: StageCounts): string {
    const seconds = (this.#clock.ticksMs() - startedAt) / 1000;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = expected === undefined ? undefined : Math.max(0, expected - done - stored);
    const cost = this.#cost;
    const parts = [`${name}: ${done} done`];
    if (stored > 0) parts.push(`${stored} stored`);
    if (left !== undefined) parts.push(`${left} to run`);
    if (failed > 0) parts.push(`${failed} ungraded`);
    if (done > 0) parts.push(`${rate.toFixed(rate < 10 ? 1 : 0)}/s`);
    parts.push(`${short(this.#tokens)} tokens`, cost === undefined ? "cost unknown" : usd(cost));
    if (left !== undefined && left > 0 && rate > 0) parts.push(`${duration(left / rate)} left`);
    return parts.join(", ") + (expected === undefined ? byStage(doneBy) : "");
  }
}

/** How far a part has come whose number of units nobody knows yet: such as ` (6 rollout, 2 analyse)`. */
function byStage(done: ReadonlyMap<string, number>): string {
  if (done.size === 0) return "";
  return ` (${[...done].map(([stage, units]) => `${units} ${stage}`).join(", ")})`;
}

/** Such as 12.3k or 4.5M. */
function short(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)}G`;
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)}M`;
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)}k` : String(Math.round(count));
}

export function usd(amount: number): string {
  return `USD ${amount.toFixed(amount !== 0 && amount < 1 ? 4 : 2)}`;
}

function duration(seconds: number): string {
  if (seconds >= 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return seconds >= 60 ? `${(seconds / 60).toFixed(1)} min` : `${Math.ceil(seconds)} s`;
}
