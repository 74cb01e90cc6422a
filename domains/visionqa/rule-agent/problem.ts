import type { Problem } from "../../../harness/contracts/index.ts";
import { habits } from "./habits/all.ts";
import { trace } from "./trace.ts";

/** The question of a task's text. */
export function questionOf(text: string): string {
  return /^Question:\s*(.*)$/m.exec(text)?.[1] ?? "";
}

/**
 * A question of a page.
 *
 * @param page what was read of it, laid out as text; empty where nothing was.
 */
export function documentProblem(question: string, page: string): Problem {
  return {
    habits,
    key: ["document", question, page].join("\n"),
    question,
    isSeen: page !== "",
    trace: (on) => trace(question, page, on),
  };
}
