import type { CallContext, Clock, Reply, Row } from "../../harness/contracts/index.ts";
import type { CallEvents } from "../../harness/models/wrappers/watched.ts";
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

const plainEveryMs = 30_000;
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
 * Shows stages, units done, stored and to run, rate, tokens, cost and time left, and what is under way: units
 * that a model was asked for, their turns, what it writes in a second, and its oldest call without a reply.
 *
 * `costOf` is undefined where a cost is unknown, which makes the sum unknown.
 */
export class Progress implements RunEvents, CallEvents {
  readonly #output: ProgressOutput;
  readonly #clock: Clock;
  readonly #costOf: CostOfRow;
  #now: StageCounts | undefined;
  readonly #underway = new Underway();
  #tokens = 0;
  #read = 0;
  #cached = 0;
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

  onSent(call: CallContext): void {
    this.#underway.sent(call, this.#clock.ticksMs());
    this.#show(false);
  }

  onEnded(call: CallContext, reply: Reply | undefined): void {
    this.#underway.ended(call, reply, this.#clock.ticksMs());
    this.#show(false);
  }

  /** Told every second or so: waiting is progress too. */
  tick(): void {
    this.#show(false);
  }

  onFinish(row: Row): void {
    this.#underway.finished(row.key);
    if (this.#now !== undefined) {
      this.#now.done++;
      this.#now.doneBy.set(row.stage, (this.#now.doneBy.get(row.stage) ?? 0) + 1);
      if (row.grade?.kind === "ungraded") this.#now.failed++;
    }
    const { inputTokens, outputTokens, cachedInputTokens = 0 } = row.spent;
    this.#tokens += inputTokens + outputTokens;
    this.#read += inputTokens;
    this.#cached += cachedInputTokens;
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
    if (done > 0) parts.push(rateText(rate));
    parts.push(this.#usage(), cost === undefined ? "cost unknown" : usd(cost));
    if (left !== undefined && left > 0 && rate > 0) parts.push(`${duration(left / rate)} left`);
    const stages = expected === undefined ? byStage(doneBy) : "";
    return parts.join(", ") + stages + this.#underway.text(this.#clock.ticksMs());
  }

  #usage(): string {
    const tokens = `${short(this.#tokens)} tokens`;
    if (this.#cached === 0) return tokens;
    return `${tokens} (${Math.round((100 * this.#cached) / this.#read)}% of those read cached)`;
  }
}

/** How far a part has come whose number of units nobody knows yet: such as ` (6 rollout, 2 analyse)`. */
function byStage(done: ReadonlyMap<string, number>): string {
  if (done.size === 0) return "";
  return ` (${[...done].map(([stage, units]) => `${units} ${stage}`).join(", ")})`;
}

/** Units a second, or a minute where they are slow. */
function rateText(rate: number): string {
  if (rate < 0.1) return `${(rate * 60).toFixed(1)}/min`;
  return `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
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

/** Over how long what a model writes in a second is taken. */
const recentMs = 60_000;

/** What was begun with a model and is not finished. */
class Underway {
  /** Turns by the key of the unit. */
  readonly #turns = new Map<string, number>();
  readonly #sentAt = new Map<CallContext, number>();
  #written: { readonly at: number; readonly tokens: number }[] = [];
  #since: number | undefined;

  sent(call: CallContext, at: number): void {
    this.#since ??= at;
    this.#sentAt.set(call, at);
    this.#turns.set(call.unit, this.#turns.get(call.unit) ?? 0);
  }

  ended(call: CallContext, reply: Reply | undefined, at: number): void {
    this.#sentAt.delete(call);
    if (reply === undefined) return;
    this.#turns.set(call.unit, (this.#turns.get(call.unit) ?? 0) + 1);
    this.#written.push({ at, tokens: reply.usage?.outputTokens ?? 0 });
  }

  finished(unit: string): void {
    this.#turns.delete(unit);
  }

  /** Such as `; 4 under way in 9 turns, 31 tokens/s, the oldest of 4 calls waits for 12 s`; empty where nothing is. */
  text(now: number): string {
    if (this.#turns.size === 0) return "";
    const turns = [...this.#turns.values()].reduce((sum, count) => sum + count, 0);
    this.#written = this.#written.filter(({ at }) => now - at <= recentMs);
    const tokens = this.#written.reduce((sum, reply) => sum + reply.tokens, 0);
    const seconds = Math.max(1000, Math.min(recentMs, now - (this.#since ?? now))) / 1000;
    const parts = [
      `${this.#turns.size} under way in ${turns} ${turns === 1 ? "turn" : "turns"}`,
      `${Math.round(tokens / seconds)} tokens/s`,
    ];
    const [oldest] = this.#sentAt.values();
    const count = this.#sentAt.size;
    const who = count === 1 ? "a call" : `the oldest of ${count} calls`;
    if (oldest !== undefined) parts.push(`${who} waits for ${duration((now - oldest) / 1000)}`);
    return `; ${parts.join(", ")}`;
  }
}
