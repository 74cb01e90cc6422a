import type { RoleTurn, ToolCall } from "../../contracts/index.ts";

/** A call of the shell. */
export function bash(command: string, id: string): ToolCall {
  return { id, name: "bash", arguments: { command } };
}

/** The call that hands in an answer. @param number tells it from the calls of other turns. */
export function submit(answer: string, number: number): ToolCall {
  return { id: `s${number}`, name: "submit", arguments: { answer } };
}

/** A turn. */
export function say(text: string, calls: readonly ToolCall[]): RoleTurn {
  return { text, calls };
}

/**
 * What an agent says of the habits behind its answer; an analyst who compares two episodes reads it
 * with `keptInMind`.
 *
 * @param otherwise what it says where it had none.
 */
export function because(used: readonly string[], otherwise: string): string {
  return used.length > 0 ? `I keep in mind: ${used.join(", ")}.` : otherwise;
}

/** The habits that an agent says it kept in mind. */
export function keptInMind(text: string): string[] {
  return (/^I keep in mind: (.+)\.$/m.exec(text)?.[1] ?? "").split(", ");
}

/** A word of a shell command that stands for a text as it is. */
export function shellWord(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
