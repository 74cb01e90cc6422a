import { readFileSync } from "node:fs";
import { sha256 } from "./canonical.ts";

/** A prompt file: text with `{{name}}` placeholders, and a digest that goes into every key. */
export interface Prompt {
  readonly digest: string;
  /**
   * The text with every placeholder replaced; values are inserted as they are, never scanned again.
   *
   * @throws when a placeholder has no value or a value has no placeholder: both are our bugs.
   */
  fill(values: Readonly<Record<string, string>>): string;
}

/** Reads a prompt file once. @param url of a Markdown file, relative to the caller. */
export function loadPrompt(url: URL): Prompt {
  const text = readFileSync(url, "utf8").trimEnd();
  const names = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ""));
  return {
    digest: sha256(text),
    fill(values) {
      const unused = Object.keys(values).filter((name) => !names.has(name));
      if (unused.length > 0) throw new Error(`${url.pathname}: no place for ${unused.join(", ")}`);
      return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`${url.pathname}: no value for {{${name}}}`);
        return value;
      });
    },
  };
}
