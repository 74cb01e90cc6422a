import type { Edit, EditOperation, Skill } from "../../harness/contracts/index.ts";
import { skillOf } from "../../harness/skills/read-skill.ts";

/** Front matter of the skills in tests. */
export const FRONT_MATTER = "---\nname: demo\ndescription: Shows things. Use it in tests.\n---\n";

/** A skill `demo` with this body and further files. */
export function demoSkill(body: string, files: Readonly<Record<string, string>> = {}): Skill {
  return skillOf(new Map([["SKILL.md", `${FRONT_MATTER}\n${body}`], ...Object.entries(files)]));
}

/** What SKILL.md of a `demoSkill` says after its front matter. */
export function bodyOf(skill: Skill): string {
  return (skill.files.get("SKILL.md") ?? "").slice(FRONT_MATTER.length + 1);
}

/** An edit of SKILL.md that one task supports, unless said otherwise. */
export function edit(
  id: string,
  op: EditOperation,
  fields: Partial<Omit<Edit, "id" | "op">> = {},
): Edit {
  return { id, op, file: "SKILL.md", sources: [id], tasks: ["t1"], ...fields };
}
