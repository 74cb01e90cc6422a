import type { AgentTurn, RoleTurn } from "../../../harness/contracts/index.ts";
import { because, say, solve, submit } from "../../../harness/models/rule-based/kit.ts";
import type { PageReader } from "./page-reader.ts";
import { documentProblem, questionOf } from "./problem.ts";
import { readAloud } from "./reading-aloud.ts";

/** Reads the page, says what it read, and answers, all in one turn: a second look would show it no more. */
export async function play(
  { task, images, observed, habits }: AgentTurn,
  readPage: PageReader,
): Promise<RoleTurn> {
  const [image] = images;
  const page = image === undefined ? "" : await readPage(image);
  const { items, used } = solve(documentProblem(questionOf(task), page), habits);
  const words = [readAloud(page), because(used, "I read it off the page.")];
  return say(words.join("\n\n"), [submit(items[0] ?? "unknown", observed.length)]);
}
