import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The recorded verdicts of the published graders, or undefined where there are none. */
export function goldenMath(): string | undefined {
  return present(resolve(process.env["T2S_GOLDEN_DIR"] ?? "../shared/golden", "math.json"));
}

/** The directory with the real problem sets, or undefined where there is none. */
export function realMath(): string | undefined {
  return present(resolve(process.env["T2S_DATA_DIR"] ?? "../shared/data", "math"));
}

function present(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
