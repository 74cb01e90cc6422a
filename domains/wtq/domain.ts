import type { Domain } from "../../harness/contracts/index.ts";
import { pathsFrom } from "../shared/episode.ts";
import { sheetCommand } from "../shared/sheet/command.ts";
import { wikiTableQuestions } from "./data-set.ts";
import {
  aboutWith,
  answerIn,
  collect,
  direct,
  fileRenderer,
  instructions,
  prompt,
  renders,
  reveal,
} from "./environment.ts";
import { GRADER, grade, openCaseGrader } from "./grading/grade.ts";
import { openDataset, splits } from "./load.ts";

const pathOf = pathsFrom(import.meta.url);

/** WikiTableQuestions: questions about one table, answered with a list of items, graded as upstream does. */
export const wtq: Domain = {
  name: "wtq",
  grader: GRADER,
  metric: "accuracy",
  about: aboutWith("the table as a file, works in a shell, and submits the answer as"),
  needs: () => [],
  commands: [sheetCommand],
  fix: "command",
  options: { render: renders },
  splits,
  skills: {
    "human-written": pathOf("skills/table-questions"),
    placebo: pathOf("skills/bicycle-care"),
  },
  open: (dataDir) => openDataset(dataDir, pathOf("sample")),
  instructions,
  prompt,
  direct,
  files: fileRenderer(),
  answerIn,
  collect,
  grade,
  reveal,
  ruleAgent: async () => (await import("./rule-agent/tables.ts")).tables,
  dataSets: { wtq: wikiTableQuestions },
  openCaseGrader,
  caseHelp: "{id, target: [..], canon?: [..], prediction: [..]}",
  sample: {
    directory: pathOf("sample"),
    build: async () => (await import("./rule-agent/generate/build.ts")).buildSample(),
  },
};
