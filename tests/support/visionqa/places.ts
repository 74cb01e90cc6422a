import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The recorded verdicts of the official script, or undefined where there are none. */
export function goldenAnls(): string | undefined {
  return present(resolve(process.env["T2S_GOLDEN_DIR"] ?? "../shared/golden", "anls.json"));
}

/** The directory with real document pages, or undefined where there is none. */
export function realPages(): string | undefined {
  return present(resolve(process.env["T2S_DATA_DIR"] ?? "../shared/data", "visionqa"));
}

function present(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
