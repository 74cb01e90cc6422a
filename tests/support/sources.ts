import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Source files below folders of the repository, by their path in it. */
export function sourcesBelow(
  roots: readonly string[],
  ending = /\.(ts|mjs)$/,
): ReadonlyMap<string, string> {
  return new Map(
    roots.flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: "utf8" })
        .filter((name) => ending.test(name))
        .map((name) => path.posix.join(root, name))
        .map((file) => [file, readFileSync(file, "utf8")] as const),
    ),
  );
}
