import type { Domain } from "../../harness/contracts/index.ts";
import { pathsFrom } from "../shared/episode.ts";
import { docVqa } from "./data-set.ts";
import {
  aboutWith,
  answerIn,
  collect,
  direct,
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
  about: aboutWith("can look closer at regions of it, and submits"),
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
  direct,
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
