import type { Clock, Row } from "../../harness/contracts/index.ts";
import type { RunEvents } from "../../harness/study/runner.ts";

/** What a progress line is made of. */
export interface Progress extends RunEvents {
  /** Names what is going on now, and how many units it has if that is known. */
  stage(name: string, units: number | undefined): void;
  /** Prints the last state and stops. */
  close(): void;
}

/** Where progress goes: a terminal line that is rewritten, or plain lines from time to time. */
export interface ProgressOutput {
  readonly terminal: boolean;
  /** Width of a terminal: a line that wraps cannot be written over. */
  readonly columns?: () => number;
  write(text: string): void;
}

const plainEveryMs = 5_000;
const terminalEveryMs = 150;

/**
 * Shows stages, units done, stored and to run, rate, tokens, cost and time left.
 *
 * @param costOf USD of a row; undefined where it is unknown, which makes the sum unknown.
 */
export function createProgress(
  output: ProgressOutput,
  clock: Clock,
  costOf: (row: Row) => number | undefined,
): Progress {
  let name = "";
  let expected: number | undefined;
  let done = 0;
  let stored = 0;
  let failed = 0;
  const doneBy = new Map<string, number>();
  let tokens = 0;
  let cost: number | undefined = 0;
  let startedAt = clock.ticksMs();
  let printedAt = startedAt;
  let printed = "";

  const line = (): string => {
    const seconds = (clock.ticksMs() - startedAt) / 1000;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = expected === undefined ? undefined : Math.max(0, expected - done - stored);
    const parts = [`${name}: ${done} done`];
    if (stored > 0) parts.push(`${stored} stored`);
    if (left !== undefined) parts.push(`${left} to run`);
    if (failed > 0) parts.push(`${failed} ungraded`);
    if (done > 0) parts.push(`${rate.toFixed(rate < 10 ? 1 : 0)}/s`);
    parts.push(`${short(tokens)} tokens`, cost === undefined ? "cost unknown" : usd(cost));
    if (left !== undefined && left > 0 && rate > 0) parts.push(`${duration(left / rate)} left`);
    return parts.join(", ") + (expected === undefined ? byStage(doneBy) : "");
  };
  const show = (force: boolean): void => {
    if (name === "") return;
    const now = clock.ticksMs();
    if (!force && now - printedAt < (output.terminal ? terminalEveryMs : plainEveryMs)) return;
    printedAt = now;
    const text = line();
    if (text === printed) return;
    printed = text;
    const room = (output.columns?.() ?? Infinity) - 1;
    output.write(output.terminal ? `\r\x1b[2K${text.slice(0, room)}` : `${text}\n`);
  };

  return {
    stage(next, units) {
      if (name !== "") {
        show(true);
        if (output.terminal) output.write("\n");
      }
      name = next;
      expected = units;
      done = 0;
      stored = 0;
      failed = 0;
      doneBy.clear();
      startedAt = clock.ticksMs();
      printed = "";
    },
    onStored() {
      stored++;
      show(false);
    },
    onFinish(row) {
      done++;
      doneBy.set(row.stage, (doneBy.get(row.stage) ?? 0) + 1);
      if (row.grade?.kind === "ungraded") failed++;
      tokens += row.spent.inputTokens + row.spent.outputTokens;
      const paid = costOf(row);
      cost = cost === undefined || paid === undefined ? undefined : cost + paid;
      show(false);
    },
    close() {
      if (name === "") return;
      show(true);
      if (output.terminal) output.write("\n");
      name = "";
    },
  };
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
