import { isFormOutcome } from "../../harness/agent/form-watch.ts";

/** What was seen of one episode of a domain's sample. */
export interface Trial {
  readonly domain: string;
  readonly protocol: "native" | "text";
  /** Whether the domain's answers are texts, so that they can be asked for without tools. */
  readonly isTextual: boolean;
  readonly outcome: string;
  /** Whether the answer was stated in a reply and not handed in. */
  readonly isByText: boolean;
  readonly turns: number;
  /** Replies whose calls were understood from another form than the one asked for. */
  readonly recovered: number;
  readonly verdict: "passed" | "failed" | "ungraded";
}

/** Whether an episode went as it was asked to: nothing of its form got in the way. */
export function isSmooth({ outcome, recovered, isByText }: Trial): boolean {
  return !isFormOutcome(outcome) && recovered === 0 && !isByText;
}

/** What a trial came to, as a clause. */
export function trialText(trial: Trial): string {
  const { domain, protocol, outcome, turns, recovered, verdict } = trial;
  const ended = trial.isByText ? "stated its answer in the text" : outcome;
  const forms = recovered === 0 ? "" : ` (calls in another form: ${recovered})`;
  return `${domain} ${protocol} ${ended} after ${turns} turns${forms}, ${verdict}`;
}

/**
 * What suits a model, by what was seen of it.
 *
 * @param trials one or two a domain, one a protocol.
 * @param turns model calls that an episode was allowed.
 * @returns settings of a study with why, one an entry.
 */
export function adviceOf(trials: readonly Trial[], turns: number): readonly string[] {
  const direct = [...new Set(trials.map(({ domain }) => domain))].filter((domain) => {
    const own = trials.filter((trial) => trial.domain === domain);
    return own.every(
      (trial) => trial.isTextual && (trial.isByText || isFormOutcome(trial.outcome)),
    );
  });
  const ended = (outcome: string) => trials.some((trial) => trial.outcome === outcome);
  const longest = Math.max(0, ...trials.map((trial) => trial.turns));
  return [
    `protocol: ${smoothest(trials)}`,
    ...(direct.length > 0 ? [`interaction: direct for ${direct.join(", ")}`] : []),
    ended("out-of-turns") ? `agent.turns above ${turns}` : `agent.turns from ${longest} on`,
    ...(ended("cut-off") ? ["longer replies (max_tokens), since some were cut off"] : []),
  ];
}

/** The protocol with the larger share of smooth episodes; the first one played where they are equal. */
function smoothest(trials: readonly Trial[]): string {
  const share = (protocol: string) => {
    const own = trials.filter((trial) => trial.protocol === protocol);
    return own.filter(isSmooth).length / Math.max(1, own.length);
  };
  const [first = "native", second = first] = new Set(trials.map(({ protocol }) => protocol));
  return share(second) > share(first) ? second : first;
}
