import type { Json, JsonObject } from "../../../contracts/index.ts";
import type { MemoryItem } from "./lesson.ts";

/** Why a trajectory taught nothing; each is a line of the account. */
export type DropReason =
  /** No fix passed the quality gate. */
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
  /** A contrast did not say where its two episodes part. */
  | "no-divergence"
  /** Infrastructure failed; tried again next time. */
  | "broken";

/** What an analyst made of one trajectory. */
export interface Analysis {
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
  /** At least one where it is explained. */
  readonly memories: readonly MemoryItem[];
  /** Kinds of what was wrong with its replies, for the account. */
  readonly faults: readonly string[];
  /** Repair calls made: 0 or 1. */
  readonly repairs: number;
}

/** The part of an analysis that is a unit's result. */
export type AnalysisResult = Pick<Analysis, "end" | "causes" | "memories" | "faults" | "repairs">;

/** An analysis as it is written to the journal. */
export function analysisJson(result: AnalysisResult): JsonObject {
  return result as unknown as JsonObject;
}

/** An analysis as it was written to the journal. */
export function analysisOf(result: JsonObject): AnalysisResult {
  return result as unknown as AnalysisResult;
}

/** Causes as plain sentences; a model may give them as objects with a title. */
export function causesIn(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).map((cause) =>
    typeof cause === "string" ? cause : JSON.stringify(cause),
  );
}
