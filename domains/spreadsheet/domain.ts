import type { Domain, Need } from "../../harness/contracts/index.ts";
import { pathsFrom } from "../shared/episode.ts";
import { sheetCommand } from "../shared/sheet/command.ts";
import { collector, gradeEvidence } from "./collect.ts";
import { dataSets } from "./data-set.ts";
import { environment, recalculations } from "./environment.ts";
import { openCaseGrader } from "./grade-cases.ts";
import { graderNames } from "./grading/compare/compare-workbooks.ts";
import { Library } from "./library.ts";
import { openDataset, splits } from "./load.ts";
import { openpyxlWheels } from "./python-packages.ts";
import { revealer } from "./reveal.ts";
import { dataFolders } from "./source.ts";

const pathOf = pathsFrom(import.meta.url);
const library = new Library();

const openpyxl: Need = {
  capability: "openpyxl",
  proof: "python3 -c 'import openpyxl'",
  install: "apt install python3-openpyxl python3-pandas",
  neededBy: "language-model",
  wheels: openpyxlWheels,
};
const pandas: Need = {
  capability: "pandas",
  proof: "python3 -c 'import pandas'",
  install: "apt install python3-openpyxl python3-pandas",
  neededBy: "language-model",
  optional: true,
};
const libreoffice: Need = {
  capability: "libreoffice",
  proof: "command -v soffice || command -v libreoffice",
  install: "apt install libreoffice-calc",
  shows: ["/etc/libreoffice"],
};

/** SpreadsheetBench: workbooks that are changed as people asked on forums, graded by the cells that were to change. */
export const spreadsheet: Domain = {
  name: "spreadsheet",
  // Versions of `strict`, `upstream` and `reference`; the option says which of them it was.
  grader: "spreadsheet graders 1.1.1",
  metric: "soft score",
  passMetric: "hard score",
  metrics: ["recalculated soft score"],
  about: [
    "The tasks are to change Excel workbooks as an instruction in English asks: fill cells or columns, look values up,",
    "add up, count, clean, sort, filter, delete and summarise rows. The agent gets the instruction, the workbook as the",
    "file at spreadsheet_path with a glimpse of its first rows, and the answer_position that will be looked at. It works",
    "in a shell with a `sheet` command (and Python where it is there) and leaves the finished workbook at output_path.",
    "The work is right when every cell of the answer position has the expected value.",
  ].join("\n"),
  needs: (options) => [
    openpyxl,
    pandas,
    ...(options["recalculate"] === "libreoffice" ? [libreoffice] : []),
  ],
  commands: [sheetCommand],
  fix: "command",
  options: { grader: graderNames, recalculate: recalculations },
  splits,
  skills: {
    "human-written": pathOf("skills/xlsx"),
    placebo: pathOf("skills/garden-pond"),
  },
  dataFolders,
  open: (dataDir) => openDataset(dataDir, pathOf("sample"), library),
  ...environment(library),
  collect: collector(library),
  grade: gradeEvidence,
  reveal: revealer(library),
  ruleAgent: async () => (await import("./rule-agent/workbooks.ts")).workbooks,
  dataSets,
  openCaseGrader,
  caseHelp:
    "{id, answer, output, answer_position, answer_sheet?, input?}; --grader strict, upstream or reference; --root DIR",
  sample: {
    directory: pathOf("sample"),
    build: async () => (await import("./rule-agent/generate/build.ts")).buildSample(),
  },
};
