/** A file of a data set; its bytes are read when they are asked for and not kept. */
export interface SourceFile {
  /** SHA-256 of the bytes, as they were when the data set was opened. */
  readonly sha256: string;
  read(): Uint8Array;
}
