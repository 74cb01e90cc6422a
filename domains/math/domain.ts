import type { Domain } from "../../harness/contracts/index.ts";
import { pathsFrom } from "../shared/episode.ts";
import { mathSets } from "./data-set.ts";
import {
  aboutWith,
  answerIn,
  collect,
  direct,
  files,
  instructions,
  prompt,
  reveal,
  tools,
} from "./environment.ts";
import { GRADER, grade, openCaseGrader } from "./grading/grade.ts";
import { graderNames } from "./grading/graders.ts";
import { openDataset, splits } from "./load.ts";

const pathOf = pathsFrom(import.meta.url);

const python = {
  capability: "python",
  proof: "python3 -c 'print(1)'",
  install: "apt install python3",
};

/** Competition and school mathematics: one problem in words, answered with one number or expression. */
export const math: Domain = {
  name: "math",
  grader: GRADER,
  metric: "accuracy",
  about: aboutWith("reasons (a shell is there), and submits one final answer"),
  needs: (options) => (options["tools"] === "python" ? [python] : []),
  fix: "command",
  options: { grader: graderNames, tools },
  splits,
  skills: {
    "human-written": pathOf("skills/careful-answers"),
    placebo: pathOf("skills/houseplant-care"),
  },
  open: (dataDir) => openDataset(dataDir, pathOf("sample")),
  instructions,
  prompt,
  direct,
  files,
  answerIn,
  collect,
  grade,
  reveal,
  ruleAgent: async () => (await import("./rule-agent/mathematics.ts")).mathematics,
  dataSets: { math: mathSets },
  openCaseGrader,
  caseHelp: `{id, gold, pred} or {id, gold, response}; --grader ${graderNames.join(", ")}`,
  sample: {
    directory: pathOf("sample"),
    build: async () => (await import("./rule-agent/generate/build.ts")).buildSample(),
  },
};
