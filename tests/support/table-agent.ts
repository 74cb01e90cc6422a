import { wtq } from "../../domains/wtq/domain.ts";
import { sha256 } from "../../harness/canonical.ts";
import type { Answer, Received } from "./endpoint.ts";

/**
 * An agent for an endpoint to answer with, whose replies follow from the conversation alone: it lists
 * its files and reads the table, then submits. With a skill on tables in its prompt it is right;
 * without one, on about every second question.
 */
export async function tableAgent(): Promise<(request: Received) => Answer> {
  const { load } = await wtq.open(undefined);
  const answers = new Map<string, string>();
  for (const task of await load("pristine-unseen", { render: "csv" })) {
    const target = task.reference["target"] as readonly string[];
    answers.set(String(task.input["question"]), target.join("\n"));
  }
  return ({ body }) => {
    const messages = body.messages as { role: string; content: unknown }[];
    const tool = (name: string, args: object): Answer => {
      return { kind: "say", calls: [{ name, arguments: JSON.stringify(args) }] };
    };
    if (!messages.some(({ role }) => role === "tool"))
      return tool("bash", { command: "find . -type f | sort; head -3 table.csv" });
    const question = questionOf(messages);
    const right = answers.get(question);
    if (right === undefined) throw new Error(`no such question: ${question}`);
    const knows = skillNamed(messages) === "table-questions" || sha256(question) < "8";
    return tool("submit", { answer: knows ? right : "no idea" });
  };
}

/** The question of a conversation. */
export function questionOf(messages: readonly { role: string; content: unknown }[]): string {
  const asked = textOf(messages.find(({ role }) => role === "user")?.content);
  return /^Question: (.*)$/m.exec(asked)?.[1] ?? "";
}

/** The name of the skill in a conversation's prompt; undefined where there is none. */
export function skillNamed(
  messages: readonly { role: string; content: unknown }[],
): string | undefined {
  const system = textOf(messages.find(({ role }) => role === "system")?.content);
  return /<skill name="([^"]*)"/.exec(system)?.[1];
}

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}
