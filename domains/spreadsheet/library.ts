/** A file of a data set. */
export interface SourceFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * The workbooks of opened data sets, by the digest of their bytes.
 *
 * Tasks name workbooks by digest, so that they are plain data and the same on every machine. The bytes
 * are kept here, and no path leads to the answers while agents work.
 */
export class Library {
  readonly #files = new Map<string, Uint8Array>();

  add(files: Iterable<SourceFile>): void {
    for (const { sha256, bytes } of files) this.#files.set(sha256, bytes);
  }

  /** @param file a workbook of an opened data set, with its path there. */
  read({ sha256, path }: { readonly sha256: string; readonly path: string }): Uint8Array {
    const bytes = this.#files.get(sha256);
    if (bytes === undefined) throw new Error(`no data set that was opened has ${path}`);
    return bytes;
  }
}
