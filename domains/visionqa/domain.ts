import type { Domain } from "../../harness/contracts/index.ts";
import { pathsFrom } from "../shared/episode.ts";
import { docVqa } from "./data-set.ts";
import {
  answerIn,
  collect,
  imageSides,
  instructions,
  pageOf,
  prompt,
  reveal,
  tools,
  viewTools,
} from "./environment.ts";
import { GRADER, grade, openCaseGrader } from "./grading/grade.ts";
import { imageShelf } from "./image-shelf.ts";
import { openDataset } from "./load.ts";
import { splits } from "./splits.ts";

const pathOf = pathsFrom(import.meta.url);
const shelf = imageShelf();

/** Questions about the picture of a document page, answered with a short text, graded by ANLS as DocVQA does. */
export const visionqa: Domain = {
  name: "visionqa",
  grader: GRADER,
  metric: "ANLS",
  passMetric: "accuracy@0.5",
  about: [
    "The tasks are questions in English about one page of a document, given as a picture: letters, forms,",
    "invoices, tables, receipts. Asked for are values beside a caption, cells of a table, totals, dates, names.",
    "The agent gets the question and the picture, can look closer at regions of it, and submits one short text.",
    "The closer the text is to one of the accepted answers, character by character, the better; it has to be",
    "given as it is printed on the page.",
  ].join("\n"),
  needs: () => [],
  fix: "advice",
  options: { tools, imageSide: imageSides },
  splits,
  skills: {
    "human-written": pathOf("skills/read-documents"),
    placebo: pathOf("skills/bread-baking"),
  },
  open: (dataDir) => openDataset(dataDir, pathOf("sample"), shelf),
  instructions,
  prompt,
  ...pageOf(shelf),
  tools: viewTools,
  answerIn,
  collect,
  grade,
  reveal,
  ruleAgent: async () => (await import("./rule-agent/documents.ts")).documents,
  dataSets: { visionqa: docVqa },
  openCaseGrader,
  caseHelp: "{id, answers: [..], prediction}",
  sample: {
    directory: pathOf("sample"),
    build: async () => (await import("./rule-agent/generate/build.ts")).buildSample(),
  },
};
