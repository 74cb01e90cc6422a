import type { DirectForm, Image, Message, Skill, Task } from "../contracts/index.ts";
import { loadPrompt } from "../prompts.ts";
import { skillBody } from "../skills/read-skill.ts";
import { estimateTokens } from "../skills/token-estimate.ts";

const agent = loadPrompt(new URL("./prompts/agent.md", import.meta.url));
const directSkill = loadPrompt(new URL("./prompts/direct-skill.md", import.meta.url));
const leftOut = loadPrompt(new URL("./prompts/direct-skill-left-out.md", import.meta.url));

/** Estimated tokens of what a direct prompt holds beside the instructions, the skill's body and the question. */
export interface DirectBudget {
  /** Of the task's material. */
  readonly materialTokens: number;
  /** Of the skill's references together; apart from the material, so that no skill costs a task its material. */
  readonly referenceTokens: number;
}

/**
 * The system prompt of a direct episode: the domain's instructions, then the skill, so that all tasks of
 * an arm share it to its end. Without a skill there is no trace of one.
 */
export function directSystem(
  form: DirectForm,
  skill: Skill | undefined,
  budget: DirectBudget,
): string {
  const instructions = agent.fill({ instructions: form.instructions.trim() });
  if (skill === undefined) return instructions;
  const { shown, unavailable } = referencesWithin(skill, budget.referenceTokens);
  const body = [skillBody(skill), ...shown].join("\n\n");
  const sections = [instructions, directSkill.fill({ name: skill.name, body })];
  if (unavailable.length > 0) sections.push(leftOut.fill({ files: unavailable.join(", ") }));
  return sections.join("\n\n");
}

/** The user message of a direct episode, with the task's material cut to the budget. */
export function directMessage(form: DirectForm, task: Task, budget: DirectBudget): string {
  return form.message(task, cutToTokens(form.material?.(task) ?? "", budget.materialTokens));
}

/** The Markdown files of a skill beside SKILL.md, in order, as far as they fit whole; and the paths of all others. */
function referencesWithin(skill: Skill, tokens: number) {
  const shown: string[] = [];
  const unavailable: string[] = [];
  let left = tokens;
  for (const [path, text] of skill.files) {
    if (path === "SKILL.md") continue;
    const cost = path.endsWith(".md") ? estimateTokens(text) : Number.POSITIVE_INFINITY;
    if (cost > left) {
      unavailable.push(path);
      continue;
    }
    left -= cost;
    shown.push(`<file path="${path}">\n${text.trim()}\n</file>`);
  }
  return { shown, unavailable };
}

/**
 * The beginning of a text in whole lines, with a last line that says how many are missing; of a first
 * line that is too long by itself nothing is left.
 *
 * @param tokens estimated ones of what is kept; the note is not counted.
 * @returns the text itself where it fits.
 */
export function cutToTokens(text: string, tokens: number): string {
  const lines = text.split(/(?<=\n)/);
  let kept = 0;
  for (let left = tokens; kept < lines.length; kept++) {
    left -= estimateTokens(lines[kept] ?? "");
    if (left < 0) break;
  }
  if (kept === lines.length) return text;
  const note = `[Cut off here: ${lines.length - kept} of ${lines.length} lines are not shown.]`;
  return `${lines.slice(0, kept).join("")}${note}\n`;
}

/** The messages that a direct episode begins with. */
export function directOpening(
  system: string,
  message: string,
  images: readonly Image[],
): Message[] {
  return [
    { role: "system", text: system },
    { role: "user", text: message, ...(images.length === 0 ? {} : { images }) },
  ];
}
