import type { Edit } from "../../../contracts/index.ts";

const bullet =
  /^[-*] \*\*(.+?)\*\*\.? When ([\s\S]+?): ([\s\S]+?) Why: ([\s\S]+?) Unless: ([\s\S]+?) Check: ([\s\S]+)$/;

/** Whether a text is one bullet that states when, what, why, unless and how to check. */
export function isRule(text: string): boolean {
  const trimmed = text.trim();
  return bullet.test(trimmed) && !/\n\s*[-*] /.test(trimmed);
}

/** Operations that add text beside what is there. */
const additive: ReadonlySet<string> = new Set([
  "insert_after",
  "insert_before",
  "append_to_section",
  "add_section",
]);

/** Whether an edit adds a rule, as against linking a file, replacing words or moving files. */
export function addsRule(edit: Pick<Edit, "op" | "content">): boolean {
  return additive.has(edit.op) && !linksFile(edit.content ?? "");
}

/** Whether an edit only adds text, so that it can stand elsewhere as well. */
export function isAdditive(edit: Pick<Edit, "op">): boolean {
  return additive.has(edit.op);
}

/** Whether a text links a file of the skill. */
export function linksFile(text: string): boolean {
  return /\]\((?:\.\/)?(?:references|scripts|assets)\/[^)\s]+\)/.test(text);
}
