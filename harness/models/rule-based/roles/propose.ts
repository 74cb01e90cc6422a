import { taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { subjectOfRules } from "../subjects.ts";
import { lessonsIn } from "../taught.ts";
import { fencesIn, lastJson } from "./fences.ts";
import { bulletOf, sayJson, type WordedLesson } from "./lessons.ts";

/** The part that proposes: one rule a lesson that the skill does not teach yet, in the section where rules stand. */
export const proposer: Role = (request, { subjects }) => {
  const text = taskText(request);
  const skill = skillText(text);
  const lessons = lessonList(lastJson(text));
  const subject = subjectOfRules(lessons.map(bulletOf).join("\n"), subjects);
  const known = new Set(lessonsIn(skill, subject).map(({ habit }) => habit));
  const edits = lessons.flatMap((lesson, i) => {
    const content = bulletOf(lesson);
    const teaches = lessonsIn(content, subject).map(({ habit }) => habit);
    // Among the edits that were rejected before, this very text stands as a JSON string.
    const isRejected = text.includes(JSON.stringify(content));
    if (
      isRejected ||
      skill.includes(content) ||
      (teaches.length > 0 && teaches.every((habit) => known.has(habit)))
    )
      return [];
    return [{ file: "SKILL.md", ...placeIn(skill), content, from: [i + 1] }];
  });
  return sayJson({
    reasoning:
      edits.length > 0 ? "The skill does not say this yet." : "The skill says this already.",
    edits,
    changelog: edits.map(
      ({ content }) => `Added: ${/\*\*(.+?)\*\*/.exec(content)?.[1] ?? "a rule"}`,
    ),
  });
};

/** The text of SKILL.md as a prompt lists it. */
export function skillText(text: string): string {
  return fencesIn(text).find((fence) => fence.above.startsWith("### SKILL.md"))?.body ?? "";
}

/** Where a new rule goes: a section of rules, else the first section, else a section of its own. */
export function placeIn(skill: string): { op: string; target_section: string } {
  const headings = skill.match(/^## .+$/gm) ?? [];
  const section =
    headings.find((heading) => /\b(?:rules?|habits|mind|keep)\b/i.test(heading)) ?? headings[0];
  if (section === undefined) return { op: "add_section", target_section: "## Rules" };
  return { op: "append_to_section", target_section: section.trim() };
}

function lessonList(value: unknown): Pick<WordedLesson, "title" | "when" | "do">[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: Readonly<Record<string, unknown>>) => {
    const text = (name: string) => (typeof item[name] === "string" ? String(item[name]) : "");
    return { title: text("title"), when: text("when"), do: text("do") };
  });
}
