import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { sha256 } from "../canonical.ts";
import type { Need, Wheels } from "../contracts/index.ts";
import { InputError } from "../errors.ts";

/** What needs bring to a sandbox. */
export interface Provision {
  /** Directories of the machine to show beside the system's programs. */
  readonly shows: readonly string[];
  /** Archives of Python packages by file name, for a sandbox whose Python is its own. */
  readonly wheels: ReadonlyMap<string, Uint8Array>;
}

export const noProvision: Provision = { shows: [], wheels: new Map() };

/**
 * What needs ask to be shown, and the wheels among theirs that were fetched.
 *
 * @param dataDir directory of the data sets.
 * @throws {InputError} for a wheel that is not what it should be.
 */
export async function provisionFor(
  needs: readonly Need[],
  dataDir: string | undefined,
): Promise<Provision> {
  const wheels = new Map<string, Uint8Array>();
  for (const wanted of needs.flatMap(({ wheels }) => wheels ?? []))
    for (const [name, bytes] of await fetchedOf(wanted, dataDir)) wheels.set(name, bytes);
  return { shows: [...new Set(needs.flatMap(({ shows }) => shows ?? []))], wheels };
}

async function fetchedOf(
  { files, fetch }: Wheels,
  dataDir: string | undefined,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  if (dataDir === undefined) return [];
  const found: [string, Uint8Array][] = [];
  for (const { path, sha256: expected } of files) {
    const place = join(dataDir, path);
    const bytes = await readFile(place).catch(() => undefined);
    if (bytes === undefined) return [];
    if (sha256(bytes) !== expected)
      throw new InputError({
        where: place,
        problem: "its digest is not that of the published file",
        fix: `Fetch it again: ${fetch}.`,
      });
    found.push([basename(path), bytes]);
  }
  return found;
}
