import type { AgentTurn, Problem, RoleTurn, Subject } from "../../../harness/contracts/index.ts";
import {
  because,
  noting,
  referenceItems,
  say,
  solve,
  submit,
} from "../../../harness/models/rule-based/kit.ts";
import { habits } from "./habits.ts";
import { type PageReader, pageReader } from "./page-reader.ts";
import { likeness, linesOfPage } from "./page-text.ts";
import { top } from "./places.ts";
import { questionIn } from "./questions.ts";
import { startTesseract } from "./tesseract.ts";
import { worded } from "./wording.ts";

/** From this likeness on, an answer passes for a printed one. */
const near = 0.5;

const small = ["without-caption"];
const large = [...small, "row-and-column", "whole-caption"];

/** Questions about the picture of one page of a document. */
export const documents: Subject = documentsReadBy(pageReader(startTesseract));

/** The subject with a reader of its own. */
export function documentsReadBy(reader: PageReader): Subject {
  return {
    name: "documents",
    material: "the page",
    habits,
    knows: { small, large },
    recognises: (text) =>
      /\bThe page is the picture in this message\b|\babout one page of a document\b/.test(text),
    play: (turn) => play(turn, reader),
    recall: ({ task, text, submitted }) => ({
      problem: documentProblem(questionOf(task), heardOf(text)),
      answered: submitted,
    }),
    // An analyst who is shown the picture reads it; otherwise there is what the agent said of it.
    async study({ task, images: [image], trajectory }) {
      const page = image === undefined ? heardOf(trajectory.text) : await reader(image);
      return { problem: documentProblem(questionOf(task), page), next: undefined };
    },
    same: (a, b) => likeness(a.join(" "), b.join(" ")) === 1,
    agrees: (items, reference) =>
      referenceItems(reference).some((item) => likeness(items.join(" "), item) >= near),
  };
}

/** Reads the page, says what it read, and answers, all in one turn: a second look would show it no more. */
async function play(
  { task, images: [image], observed, habits: on }: AgentTurn,
  readPage: PageReader,
): Promise<RoleTurn> {
  const page = image === undefined ? "" : await readPage(image);
  const { items, used } = solve(documentProblem(questionOf(task), page), on);
  const words = [readAloud(page), because(used, "I read it off the page.")];
  return say(words.join("\n\n"), [submit(items[0] ?? "unknown", observed.length)]);
}

/** The question of a task's text. */
function questionOf(text: string): string {
  return /^Question:\s*(.*)$/m.exec(text)?.[1] ?? "";
}

/**
 * A question of a page; the first thing on the page is the guess where nothing better is found.
 *
 * @param page what was read of it, laid out as text; empty where nothing was.
 */
export function documentProblem(text: string, page: string): Problem {
  const known = questionIn(text);
  const lines = linesOfPage(page);
  return {
    habits,
    key: ["document", text, page].join("\n"),
    question: text,
    isSeen: known !== undefined && lines.length > 0,
    trace(on) {
      const { asked, has } = noting(on);
      const guess = top(lines, has, "");
      // Nothing computes an answer from a picture.
      const command = () => undefined;
      if (guess === undefined) return { items: [], asked, command };
      if (known === undefined) return { items: [guess.text], asked, command };
      const found = known.question.at(lines, has, known.row) ?? guess;
      return { items: [worded(found, has)], asked, command };
    },
  };
}

const heading = "I read on the page:";
const fence = "~~~~";

/** What an agent says of a page, so that who sees only its words can work with them. */
export function readAloud(page: string): string {
  // A page may hold anything, the fence too.
  return `${heading}\n\n${fence}text\n${page.replace(/~{4,}/g, "~~~")}\n${fence}`;
}

/** What somebody else's agent said of a page; empty where it said nothing. */
export function heardOf(said: string): string {
  const start = said.indexOf(`${heading}\n`);
  const [, page = ""] = /~{4}text\n([\s\S]*?)\n?~{4}/.exec(said.slice(Math.max(0, start))) ?? [];
  return start < 0 ? "" : page;
}
