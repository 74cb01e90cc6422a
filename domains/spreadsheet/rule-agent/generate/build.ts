import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, seededRng, shuffled } from "../../../../harness/models/rule-based/kit.ts";
import { families } from "../families.ts";
import type { Family } from "../family.ts";
import { entriesOf, type Plan } from "./ledger.ts";
import { columnFor, type Posed, posed, sheetFor } from "./pose.ts";
import { fields, type Theme, themes } from "./themes.ts";
import { workbookFile } from "./workbook-file.ts";

/** The two families that ask something of one workbook. */
const pairs = [
  ["total", "sort"],
  ["count", "product"],
  ["count-from", "delete-rows"],
  ["average", "rank"],
  ["flag", "group-totals"],
] as const;
const workbooks = 66;

/** Families with a task of three cases, as the set of 912 has them. */
const tripleFamilies = ["total", "product", "flag", "rank", "sort", "delete-rows"] as const;

/** A task as `dataset.json` lists it. */
interface Listed {
  readonly id: string;
  readonly instruction: string;
  readonly spreadsheet_path: string;
  readonly instruction_type: string;
  readonly answer_position: string;
}

type Files = Map<string, Uint8Array | string>;

/**
 * The files of the sample, by path: a set of single cases in upstream's verified layout, and under
 * `all_data_912_v0.1/` one of three cases a task. The tasks of one workbook stand together.
 */
export function buildSample(): ReadonlyMap<string, Uint8Array | string> {
  const files: Files = new Map();
  const single = Array.from({ length: workbooks }, (_, index) => {
    const rng = seededRng(`spreadsheet-sample/${index}`);
    const asked = (pairs[index % pairs.length] ?? []).map(familyCalled);
    const plan = planOf(themeAt(index + Math.floor(index / pairs.length)), asked, rng.fork("plan"));
    return asked.map((family, at) => {
      const [task] = posedOn(plan, family, 1, rng);
      return added(files, `${100 + index}-${1 + at}`, family, task === undefined ? [] : [task]);
    });
  });
  const triple = tripleFamilies.map((name, index) => {
    const rng = seededRng(`spreadsheet-sample/three/${index}`);
    const family = familyCalled(name);
    const plan = planOf(themeAt(index), [family], rng.fork("plan"));
    return added(files, String(900 + index), family, posedOn(plan, family, 3, rng));
  });
  files.set("dataset.json", `${JSON.stringify(single.flat(), null, 1)}\n`);
  files.set("all_data_912_v0.1/dataset.json", `${JSON.stringify(triple, null, 1)}\n`);
  return files;
}

/** The cases of a task: the same is asked of workbooks of the same form with other values. */
function posedOn(plan: Plan, family: Family, cases: number, rng: Rng): readonly Posed[] {
  return Array.from({ length: cases }, (_, index) =>
    posed(family, plan, entriesOf(plan, rng.fork(`values ${index}`)), rng.fork(family.name)),
  );
}

/** Adds the workbooks of a task; the two layouts have their own names for them. */
function added(files: Files, id: string, { level }: Family, cases: readonly Posed[]): Listed {
  const [first] = cases;
  const isSingle = cases.length === 1;
  const folder = `${isSingle ? "" : "all_data_912_v0.1/"}spreadsheet/${id}`;
  const [input, golden] = isSingle ? ["init", "golden"] : ["input", "answer"];
  for (const [index, posed] of cases.entries()) {
    files.set(`${folder}/${index + 1}_${id}_${input}.xlsx`, workbookFile(posed.input));
    files.set(`${folder}/${index + 1}_${id}_${golden}.xlsx`, workbookFile(posed.golden));
  }
  return {
    id,
    instruction: first?.instruction ?? "",
    spreadsheet_path: `spreadsheet/${id}`,
    instruction_type: `${level === "cell" ? "Cell" : "Sheet"}-Level Manipulation`,
    answer_position: first?.answerPosition ?? "",
  };
}

function planOf(theme: Theme, asked: readonly Family[], rng: Rng): Plan {
  const left = pick(rng, ["date", "who"]);
  // The code stays first; a ledger that begins with anything else is rare.
  const [code, ...others] = fields.filter((field) => field !== left);
  const maybe = (chance: number) => rng.next() < chance;
  const [low, high] = theme.count;
  return {
    theme,
    columns: [code ?? "code", ...shuffled(others, rng)],
    added: asked.flatMap((family) => columnFor(family, theme)),
    sheets: asked.flatMap((family) => sheetFor(family, theme)),
    entries: between(rng, 8, 13),
    title: maybe(0.35),
    notes: maybe(0.35),
    totals: maybe(0.5) && !asked.some(({ noTotals }) => noTotals),
    mess: { spelling: maybe(0.7), numbers: maybe(0.5), blanks: maybe(0.5) },
    firstCode: between(rng, 101, 870),
    kind: pick(rng, theme.kinds),
    status: pick(rng, theme.statuses),
    bound: between(rng, low + 5, Math.floor((low + high) / 2)),
  };
}

function familyCalled(name: string): Family {
  const family = families.find((it) => it.name === name);
  if (family === undefined) throw new Error(`there is no family ${name}`);
  return family;
}

function themeAt(index: number): Theme {
  return themes[index % themes.length] ?? themes[0];
}
