import type { Json, Skill } from "../../contracts/index.ts";
import { isJsonObject } from "../../lenient-json.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { skillOf } from "../../skills/read-skill.ts";
import type { Fault } from "../fault.ts";
import { redact } from "../screen.ts";
import { lintFaults } from "./read-body.ts";

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

/**
 * Reads memory items of a reply, item by item.
 *
 * @returns the good items, at most three, and a fault for each other one.
 */
export function readItems(value: Json | undefined): {
  readonly items: readonly MemoryText[];
  readonly faults: readonly Fault[];
} {
  if (!Array.isArray(value))
    return {
      items: [],
      faults: [{ kind: "wrong-shape", where: "memories", problem: "must be a list of items" }],
    };
  const items: MemoryText[] = [];
  const faults: Fault[] = [];
  for (const [i, raw] of (value as readonly Json[]).entries()) {
    const where = `memories[${i}]`;
    const reading = readItem(raw, where);
    if ("kind" in reading) faults.push(reading);
    else if (items.length < ITEM_LIMIT) items.push(reading);
    else faults.push({ kind: "too-many", where, problem: `at most ${ITEM_LIMIT} items` });
  }
  return { items, faults };
}

function readItem(raw: Json, where: string): MemoryText | Fault {
  if (!isJsonObject(raw)) return { kind: "wrong-shape", where, problem: "must be an object" };
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" ? redact(value.replaceAll("\r\n", "\n").trim()).text : "";
  };
  const line = (name: string) => text(name).replace(/\s+/g, " ");
  const item = {
    title: line("title").replace(/^#+\s*/, ""),
    description: line("description"),
    content: text("content"),
  };
  const missing = (["title", "description", "content"] as const).find((name) => item[name] === "");
  if (missing) return { kind: "wrong-shape", where, problem: `needs "${missing}" as text` };
  const lines = item.content.split("\n").length;
  const characters = item.title.length + item.description.length + item.content.length;
  if (lines > ITEM_LINES || characters > ITEM_CHARS)
    return {
      kind: "too-long",
      where,
      problem: `${lines} lines and ${characters} characters; at most ${ITEM_LINES} and ${ITEM_CHARS}`,
    };
  if (splitFrontMatter(item.content).yaml !== undefined)
    return { kind: "other-skill", where, problem: "the content has the front matter of a skill" };
  const found = lintFaults(memorySkill(item))[0];
  return found === undefined ? item : { ...found, where };
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
