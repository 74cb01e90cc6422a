import { deflateRawSync, inflateRawSync } from "node:zlib";
import { sha256 } from "../canonical.ts";
import type { Json, TranscriptRef } from "../contracts/index.ts";

/** A transcript ready to be appended: its bytes, and what its reference will say of them. */
export interface PackMember {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** Compresses a transcript. Level 1: transcripts are written once each and rarely read. */
export function packTranscript(transcript: Json): PackMember {
  const text = JSON.stringify(transcript);
  return { digest: sha256(text), bytes: deflateRawSync(text, { level: 1 }) };
}

/**
 * Reads a transcript back and checks it against its digest.
 *
 * @throws when the bytes are not the ones that were written.
 */
export function unpackTranscript(bytes: Uint8Array, ref: TranscriptRef): Json {
  const text = inflateRawSync(bytes).toString("utf8");
  if (sha256(text) !== ref.digest)
    throw new Error(`${ref.pack}: transcript ${ref.digest} is damaged`);
  return JSON.parse(text) as Json;
}
