import { z } from "zod";
import type { Skill } from "../../contracts/index.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { skillOf } from "../../skills/read-skill.ts";
import { type Fault, onOneLine, readSome, requiredText } from "../reply.ts";
import { lintFaults } from "./body.ts";

/** What one trajectory teaches, in the form of ReasoningBank (arXiv:2509.25140). */
export interface MemoryText {
  readonly title: string;
  readonly description: string;
  readonly content: string;
}

/** An item of the bank, with where it came from. */
export interface BankItem extends MemoryText {
  /** Such as `k12.2`: second item of the twelfth trajectory. */
  readonly id: string;
  /** The task's query, by which it is found again. */
  readonly query: string;
  readonly task: string;
  /** Key of the trajectory. */
  readonly row: string;
  readonly side: "failure" | "success";
}

/** Items a trajectory may give. */
export const ITEM_LIMIT = 3;

/** Lines and characters that one item may have; past them it is no memory of one strategy. */
const ITEM_LINES = 100;
const ITEM_CHARS = 6000;

/** An item as a reply has it. */
export const memoryTextSchema = z.object(
  {
    title: requiredText("title", (text) => onOneLine(text).replace(/^#+\s*/, "")),
    description: requiredText("description"),
    content: requiredText("content", (text) => text.replaceAll("\r\n", "\n").trim()),
  },
  { error: "must be an object" },
);

const soundMemoryText: z.ZodType<MemoryText> = memoryTextSchema.superRefine((item, ctx) => {
  const { kind, problem } = faultOfItem(item) ?? {};
  if (kind !== undefined)
    ctx.addIssue({ code: "custom", message: problem ?? "", params: { kind } });
});

/** The good memory items of a reply, at most three, and a fault for each other one. */
export function readMemoryTexts(list: unknown) {
  return readSome(list, "memories", soundMemoryText, ITEM_LIMIT);
}

function faultOfItem(item: MemoryText): Pick<Fault, "kind" | "problem"> | undefined {
  const { title, description, content } = item;
  const lines = content.split("\n").length;
  const characters = title.length + description.length + content.length;
  if (lines > ITEM_LINES || characters > ITEM_CHARS)
    return {
      kind: "too-long",
      problem: `${lines} lines and ${characters} characters; at most ${ITEM_LINES} and ${ITEM_CHARS}`,
    };
  if (splitFrontMatter(content).yaml !== undefined)
    return { kind: "other-skill", problem: "the content has the front matter of a skill" };
  return lintFaults(memorySkill(item))[0];
}

/** The item as the skill that an agent is given, so that a rollout needs nothing new. */
export function memorySkill({ title, description, content }: MemoryText): Skill {
  const about = `A lesson from an earlier task of this kind. ${description}`.replace(/[<>]/g, "");
  const body = `# ${title}\n\n${description}\n\n${content}\n`;
  return skillOf(
    new Map([
      [
        "SKILL.md",
        `---\nname: memory\ndescription: ${JSON.stringify([...about].slice(0, 1000).join(""))}\n---\n\n${body}`,
      ],
    ]),
  );
}
