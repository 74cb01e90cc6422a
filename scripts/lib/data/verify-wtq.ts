import { createHash } from "node:crypto";
import { openSource } from "../../../domains/wtq/source.ts";
import type { Manifest } from "./manifest.ts";

/** How a data set on disk compares with its manifest. */
export interface VerifyReport {
  readonly name: string;
  /** Directory or archive; undefined where there is no data set. */
  readonly path: string | undefined;
  readonly ok: boolean;
  readonly right: number;
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
  /** Files that are read but for which no digest is known. */
  readonly unchecked: readonly string[];
}

/** Recomputes the digests of all files that the domain reads, in a directory tree or an archive. */
export async function verifyWtq(directory: string, manifest: Manifest): Promise<VerifyReport> {
  const source = await openSource(directory);
  const files = source?.files ?? new Map<string, Uint8Array>();
  const expected = [...manifest].filter(([path]) => path.includes("/"));
  const missing = expected.filter(([path]) => !files.has(path)).map(([path]) => path);
  const wrong = expected
    .filter(([path, sha256]) => {
      const bytes = files.get(path);
      return bytes !== undefined && createHash("sha256").update(bytes).digest("hex") !== sha256;
    })
    .map(([path]) => path);
  return {
    name: "wtq",
    path: source?.path,
    ok: missing.length === 0 && wrong.length === 0,
    right: expected.length - missing.length - wrong.length,
    missing,
    wrong,
    unchecked: [...files.keys()].filter((path) => !manifest.has(path)).sort(),
  };
}
