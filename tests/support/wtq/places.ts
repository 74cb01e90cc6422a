import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The directory with recorded verdicts of the official evaluator, or undefined where there is none. */
export function goldenFile(name: string): string | undefined {
  return present(resolve(process.env["T2S_GOLDEN_DIR"] ?? "../shared/golden", name));
}

/** The directory with the real WikiTableQuestions, or undefined where there is none. */
export function realWtq(): string | undefined {
  return present(resolve(process.env["T2S_DATA_DIR"] ?? "../shared/data", "wtq"));
}

function present(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
