import type {
  Desk,
  Recalled,
  SeenTrajectory,
  Studied,
  Subject,
} from "../../../harness/contracts/index.ts";
import { referenceItems } from "../../../harness/models/rule-based/kit.ts";
import { habits } from "./habits/all.ts";
import { likeness } from "./likeness.ts";
import { type PageReader, pageReader } from "./page-reader.ts";
import { play } from "./play.ts";
import { documentProblem, questionOf } from "./problem.ts";
import { heardOf } from "./reading-aloud.ts";
import { startTesseract } from "./tesseract.ts";

/** From this likeness on, an answer passes for a printed one. */
const near = 0.5;

/** Questions about the picture of one page of a document. */
export const documents: Subject = documentsReadBy(pageReader(startTesseract));

/** The subject with a reader of its own. */
export function documentsReadBy(reader: PageReader): Subject {
  return {
    name: "documents",
    material: "the page",
    habits,
    knows: {
      small: ["without-caption", "closing-name"],
      large: ["without-caption", "closing-name", "row-and-column", "whole-caption"],
    },
    recognises: (text) =>
      /\bThe page is the picture in this message\b|\babout one page of a document\b/.test(text),
    play: (turn) => play(turn, reader),
    recall,
    study: (desk) => study(desk, reader),
    same: (a, b) => likeness(a.join(" "), b.join(" ")) === 1,
    agrees: (items, reference) =>
      referenceItems(reference).some((item) => likeness(items.join(" "), item) >= near),
  };
}

function recall(seen: SeenTrajectory): Recalled {
  return {
    problem: documentProblem(questionOf(seen.task), heardOf(seen.text)),
    answered: seen.submitted,
  };
}

/** An analyst who is shown the picture reads it; otherwise there is what the agent said of it. */
async function study({ task, images, trajectory }: Desk, reader: PageReader): Promise<Studied> {
  const [image] = images;
  const page = image === undefined ? heardOf(trajectory.text) : await reader(image);
  return { problem: documentProblem(questionOf(task), page), next: undefined };
}
