import type { Rng } from "../../../../harness/contracts/index.ts";
import { seededRng } from "../../../../harness/models/rule-based/kit.ts";
import { families } from "../families.ts";
import type { Family } from "../family.ts";
import { ledgerEntries, type Plan, planFor } from "./ledger.ts";
import { posed } from "./pose.ts";
import { workbookFile } from "./workbook-file.ts";

/** Workbooks with two tasks each: of a family in the first half of the table, and of one in the second. */
const workbooks = 66;

/** Families with a task of three cases: their answers have as many rows in every case. */
const repeated = families.filter(({ place }) => place !== "summary");

type Files = Map<string, Uint8Array | string>;

/**
 * The files of the sample, by path: a set of single cases in upstream's verified layout, and under
 * `all_data_912_v0.1/` one of three cases a task. The tasks of one workbook stand together.
 */
export function buildSample(): ReadonlyMap<string, Uint8Array | string> {
  const files: Files = new Map();
  const half = families.length / 2;
  const single = Array.from({ length: workbooks }, (_, index) => {
    const rng = seededRng(`spreadsheet-sample/${index}`);
    const asked = families.filter((_, at) => at % half === index % half);
    const plan = planFor(asked, rng.fork("plan"));
    return asked.map((family, at) => {
      const names = ["init", "golden"] as const;
      return add(files, { family, plan, rng, id: `${100 + index}-${1 + at}`, cases: 1, names });
    });
  });
  const inner: Files = new Map();
  const triple = repeated.map((family, index) => {
    const rng = seededRng(`spreadsheet-sample/three/${index}`);
    const plan = planFor([family], rng.fork("plan"));
    const names = ["input", "answer"] as const;
    return add(inner, { family, plan, rng, id: String(900 + index), cases: 3, names });
  });
  files.set("dataset.json", `${JSON.stringify(single.flat(), null, 1)}\n`);
  inner.set("dataset.json", `${JSON.stringify(triple, null, 1)}\n`);
  for (const [path, content] of inner) files.set(`all_data_912_v0.1/${path}`, content);
  return files;
}

interface Wanted {
  readonly family: Family;
  readonly plan: Plan;
  readonly rng: Rng;
  readonly id: string;
  /** The same is asked of so many workbooks of the same form with other values. */
  readonly cases: number;
  /** What the input and the expected workbook are called. */
  readonly names: readonly [string, string];
}

/** Adds the workbooks of a task, and gives its entry in `dataset.json`. */
function add(files: Files, { family, plan, rng, id, cases, names }: Wanted) {
  const [first, ...others] = Array.from({ length: cases }, (_, index) =>
    posed(family, plan, ledgerEntries(plan, rng.fork(`values ${index}`)), rng.fork(family.name)),
  );
  if (first === undefined) throw new Error(`no case of ${id}`);
  for (const [index, { input, golden }] of [first, ...others].entries()) {
    const path = `spreadsheet/${id}/${index + 1}_${id}`;
    files.set(`${path}_${names[0]}.xlsx`, workbookFile(input));
    files.set(`${path}_${names[1]}.xlsx`, workbookFile(golden));
  }
  const isOfCells = family.place === "report" || family.place === "column";
  return {
    id,
    instruction: first.instruction,
    spreadsheet_path: `spreadsheet/${id}`,
    instruction_type: `${isOfCells ? "Cell" : "Sheet"}-Level Manipulation`,
    answer_position: first.answerPosition,
  };
}
