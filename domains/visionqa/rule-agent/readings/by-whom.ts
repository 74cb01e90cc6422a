import { textOf } from "../page-text.ts";
import type { Reading } from "../thought.ts";

/** Who did something: what stands behind `done by` on the page, up to the end of the sentence. */
export const byWhom: Reading = ({ page, question }) => {
  const [who, verb] = question;
  if (who !== "who" || verb === undefined || !verb.endsWith("ed")) return undefined;
  for (const line of page) {
    const text = textOf(line);
    const name = new RegExp(`\\b${verb} by (.+?)[.,;]?$`, "i").exec(text)?.[1];
    if (name !== undefined) return { text: name, line: text };
  }
  return undefined;
};
