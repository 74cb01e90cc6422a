import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DomainOptions, Json } from "../../harness/contracts/index.ts";

/** Paths of what lies beside a module: `const pathOf = pathsFrom(import.meta.url)`. */
export function pathsFrom(module: string): (name: string) => string {
  return (name) => fileURLToPath(new URL(name, module));
}

/** Reads the prompts beside a module, `prompts/NAME.md`, without the end of the last line. */
export function promptsFrom(module: string): (name: string) => string {
  return (name) => readFileSync(new URL(`prompts/${name}.md`, module), "utf8").trimEnd();
}

/** The value of an option; the first one where it is not set. */
export function chosen<Value extends string>(
  options: DomainOptions,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  return values.find((value) => value === options[name]) ?? values[0];
}

/**
 * What an agent submitted, as text.
 *
 * @param longest characters past it are cut: they are more than any grader reads.
 */
export function submittedText(submission: Json, longest: number): string {
  const text = typeof submission === "string" ? submission : JSON.stringify(submission);
  return text.slice(0, longest);
}

/** Makes a value once as long as it is among the last `most` that were asked for; a failure is not kept. */
export function keepingLast<Value>(
  most: number,
): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return async (key, make) => {
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    try {
      return await value;
    } catch (error) {
      if (kept.get(key) === value) kept.delete(key);
      throw error;
    }
  };
}
