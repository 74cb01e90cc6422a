import type { Row } from "../../../contracts/index.ts";
import { countBy } from "../../fault.ts";
import { analysisOf } from "./analysis.ts";
import type { Difference, DifferenceKind } from "./difference.ts";

/**
 * Differences for which the one call is not worth its price: the agentic analyst is asked at once.
 *
 * Where nothing was handed in, or the right text stood nowhere in what the agent was shown, the answer
 * has yet to be found, and one who cannot look anything up does not find it.
 */
const beyondOneCall: ReadonlySet<DifferenceKind> = new Set(["no-steps", "no-answer", "not-shown"]);

/** Whether one call may explain a failure with such a difference, so that it is asked first. */
export function isForOneCall(kind: DifferenceKind): boolean {
  return !beyondOneCall.has(kind);
}

/** Failures that one call had to explain, for the account. */
export interface TriageAccount {
  /** Failures that had an error analysis. */
  readonly failures: number;
  /** Of these, those that went to the one call first. */
  readonly asked: number;
  /** The others, by the kind of their difference: no one call was worth its price. */
  readonly notAsked: Readonly<Record<string, number>>;
  readonly explained: number;
  /** Those that went on from the one call to the agentic analyst, by why. */
  readonly passedOn: Readonly<Record<string, number>>;
}

/** The account of triage. @param failures all that had an error analysis, with the one call's row where it was made. */
export function triageAccount(
  failures: readonly {
    readonly oneCall: Row | undefined;
    readonly difference: Difference | undefined;
  }[],
): TriageAccount {
  const asked = failures.flatMap(({ oneCall }) => (oneCall ? [analysisOf(oneCall.result)] : []));
  const passedOn = asked.flatMap(({ end }) => (end.kind === "dropped" ? [end.reason] : []));
  return {
    failures: failures.length,
    asked: asked.length,
    notAsked: countBy(
      failures.filter(({ oneCall }) => oneCall === undefined),
      ({ difference }) => difference?.kind ?? "unknown",
    ),
    explained: asked.length - passedOn.length,
    passedOn: countBy(passedOn, (reason) => reason),
  };
}
