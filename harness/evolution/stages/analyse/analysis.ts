import type { Row } from "../../../contracts/index.ts";
import { type ReplyTally, type RoleAnswer, tallyOf } from "../../unit.ts";
import type { AnswerDifference } from "./difference.ts";
import type { Lesson } from "./lesson.ts";

/** Why a trajectory taught nothing; each is a line of the account. */
export type DropReason =
  /** No fix passed the fix check. */
  | "no-fix-passed"
  /** The only fixes that passed were copies of the reference. */
  | "copied-reference"
  /** The analyst said that it found no explanation. */
  | "gave-up"
  | "out-of-turns"
  | "out-of-tokens"
  | "out-of-time"
  | "context-exceeded"
  | "malformed"
  | "refused"
  /** Its reply could not be read, after one repair. */
  | "unreadable"
  /** It was read, and there was no usable lesson in it. */
  | "no-memories"
  /** The agent took no step, so that no lesson could name one; known before any call. */
  | "no-steps"
  /** The episode ended for a reason of form, which no skill should teach; known before any call. */
  | "lost-to-form"
  /** A contrast did not say where its two episodes part. */
  | "no-divergence"
  /** Infrastructure failed; tried again next time. */
  | "broken";

/** What an analyst made of one trajectory. */
export interface Analysis extends Omit<ReplyTally, "notes"> {
  readonly task: string;
  /** Key of the rollout's row; of the failed one in a contrast. */
  readonly row: string;
  /** Key of the passed rollout's row in a contrast. */
  readonly passed?: string;
  /** `contrast`: a failed and a passed episode of one task together. */
  readonly side: "failure" | "success" | "contrast";
  readonly end:
    | { readonly kind: "explained" }
    | { readonly kind: "dropped"; readonly reason: DropReason };
  readonly causes: readonly string[];
  /** The lessons; at least one where it is explained. */
  readonly memories: readonly Lesson[];
}

/** The part of an analysis that its unit stores. */
export type AnalysisResult = Pick<Analysis, "end" | "causes" | "memories" | "faults" | "repairs">;

/** What all analysts found. */
export interface Analysed {
  /** Of the sides that were asked for; errors first, then successes, each in task order. */
  readonly findings: readonly TrajectoryFinding[];
  readonly analyses: readonly Analysis[];
  readonly rows: readonly Row[];
  /** Secrets taken out of the trajectories. */
  readonly redactions: number;
}

/** What became of one trajectory. */
export interface TrajectoryFinding {
  readonly analysis: Analysis;
  /** What code found of a failure before any call; absent where the part is off. */
  readonly difference?: AnswerDifference;
  /** What triage's one call made of a failure; absent where it was not asked. */
  readonly oneCall?: AnalysisResult;
  /** Episodes in which advice was tried. */
  readonly adviceEpisodes: number;
  readonly rows: readonly Row[];
  readonly redactions: number;
}

/** An analysis that taught nothing. */
export function droppedAnalysis(
  reason: DropReason,
  tally: Pick<Analysis, "faults" | "repairs"> = { faults: [], repairs: 0 },
): AnalysisResult {
  return { end: { kind: "dropped", reason }, causes: [], memories: [], ...tally };
}

/** The analysis of one call. @param reason why an answer that could be read is dropped all the same. */
export function callAnalysis(
  answer: RoleAnswer<Pick<Analysis, "causes" | "memories">>,
  reason?: DropReason,
): AnalysisResult {
  const { end, value } = answer;
  const tally = tallyOf(answer);
  if (end !== "answered") return droppedAnalysis(end, tally);
  if (reason !== undefined) return droppedAnalysis(reason, tally);
  if (value === undefined || value.memories.length === 0)
    return droppedAnalysis("no-memories", tally);
  const { causes, memories } = value;
  return { end: { kind: "explained" }, causes, memories, ...tally };
}

/** How many analyses were dropped, by why. */
export function dropReasons(analyses: readonly Pick<Analysis, "end">[]): readonly DropReason[] {
  return analyses.flatMap(({ end }) => (end.kind === "dropped" ? [end.reason] : []));
}
