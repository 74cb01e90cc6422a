import type { Edit, Patch, Skill } from "../contracts/index.ts";

/** Text in a Markdown code fence that nothing inside it can close. */
export function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** A value as a prompt shows it: indented JSON in a fence. */
export function fencedJson(value: unknown): string {
  return fenced(JSON.stringify(value, null, 1), "json");
}

/** The text files of a skill as a prompt shows them, each with its number of lines. */
export function skillListing(skill: Skill): string {
  const files = [...skill.files].filter(([path]) => !path.startsWith("assets/"));
  const parts = files.map(([path, text]) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    return `### ${path} (${lines} lines)\n\n${fenced(text, path.endsWith(".md") ? "markdown" : "")}`;
  });
  return `## The skill \`${skill.name}\`\n\n${parts.join("\n\n")}`;
}

/** Edits as a merge under the ledger is shown them, an edit a line: those that sound alike together, then the others. */
export function editListing(causes: readonly (readonly Edit[])[]): string {
  const alike = causes.filter(({ length }) => length > 1);
  const others = causes.filter(({ length }) => length === 1).flat();
  const groups = [
    ...alike.map((edits, i) => ({ group: i + 1, edits })),
    ...(others.length > 0 ? [{ group: "unlike", edits: others }] : []),
  ].map(({ group, edits }) => {
    const tasks = new Set(edits.flatMap((edit) => edit.tasks)).size;
    const lines = edits.map((edit) => JSON.stringify(editFields(edit, true)));
    return `{"group": ${JSON.stringify(group)}, "tasks": ${tasks}, "edits": [\n${lines.join(",\n")}\n]}`;
  });
  return `## The edits\n\n${fenced(`[${groups.join(",\n")}]`, "json")}`;
}

/** Patches as a prompt shows them. @param counted whether each edit says how many tasks support it. */
export function patchListing(patches: readonly Patch[], counted: boolean): string {
  const shown = patches.map(({ id, reasoning, edits, changelog }) => ({
    patch: id,
    reasoning,
    edits: edits.map((edit) => editFields(edit, counted)),
    changelog,
  }));
  return `## The patches\n\n${fencedJson(shown)}`;
}

function editFields({ sources: _, tasks, ...edit }: Edit, counted: boolean): object {
  if (counted) return { ...edit, tasks: tasks.length };
  const { id: __, ...plain } = edit;
  return plain;
}
