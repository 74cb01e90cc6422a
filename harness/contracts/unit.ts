import type { Grade, Spent } from "./episode.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * A piece of work with a stored result: a rollout, an analysis, a merge node.
 *
 * Its key is the SHA-256 of `stage`, `version` and `inputs`, so `inputs` holds everything that
 * decides the result (identities, digests, seed, settings) and nothing else.
 */
export interface Unit {
  readonly stage: string;
  /** Raised when the code of the stage changes what it does. */
  readonly version: number;
  readonly inputs: JsonObject;
  /** For people, in the journal: task, model, seed. Not part of the key. */
  readonly about: JsonObject;
  run(context: UnitContext): Promise<UnitResult>;
}

export interface UnitContext {
  readonly key: string;
  readonly signal: AbortSignal;
}

/** `grade` is there for units that a mean is taken over; an ungraded one is run again next time. */
export interface UnitResult {
  readonly result: JsonObject;
  readonly grade?: Grade;
  readonly spent: Spent;
  readonly elapsedMs: number;
  /** Kept beside the journal, compressed. */
  readonly transcript?: Json;
}

/** A finished unit, as it stands in the journal. */
export interface Row {
  readonly key: string;
  readonly stage: string;
  /** When it was finished, ISO 8601. */
  readonly at: string;
  readonly about: JsonObject;
  readonly result: JsonObject;
  readonly grade?: Grade;
  readonly spent: Spent;
  readonly elapsedMs: number;
  readonly transcript?: TranscriptRef;
}

/** Where a transcript lies: bytes of one compressed member of a pack file of the store. */
export interface TranscriptRef {
  /** SHA-256 of the uncompressed JSON. */
  readonly digest: string;
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

/** Runs units that are not stored, and gives back what is. */
export interface Runner {
  run(unit: Unit): Promise<Row>;
  /** The transcript of a row, or undefined where it has none. */
  transcript(row: Row): Promise<Json | undefined>;
}
