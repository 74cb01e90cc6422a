import type { Edit, Patch, Skill } from "../../contracts/index.ts";
import { fenced } from "../fence.ts";

/** The text files of a skill as a prompt shows them, each with its number of lines. */
export function skillListing(skill: Skill): string {
  const files = [...skill.files].filter(([path]) => !path.startsWith("assets/"));
  const parts = files.map(([path, text]) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    return `### ${path} (${lines} lines)\n\n${fenced(text, path.endsWith(".md") ? "markdown" : "")}`;
  });
  return `## The skill \`${skill.name}\`\n\n${parts.join("\n\n")}`;
}

/** Patches as the merge prompt shows them. @param counted whether each edit says how many tasks support it. */
export function patchListing(patches: readonly Patch[], counted: boolean): string {
  const shown = patches.map((patch) => ({
    patch: patch.id,
    reasoning: patch.reasoning,
    edits: patch.edits.map((edit) => ({ ...editFields(edit, counted) })),
    changelog: patch.changelog,
  }));
  return `## The patches\n\n${fenced(JSON.stringify(shown, null, 1), "json")}`;
}

function editFields({ sources: _, tasks, ...edit }: Edit, counted: boolean): object {
  if (!counted) {
    const { id: __, ...plain } = edit;
    return plain;
  }
  return { ...edit, tasks: tasks.length };
}
