import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick, seededRng, shuffled } from "../../../../harness/models/rule-based/kit.ts";
import { bookFile, type Sheet } from "./book.ts";
import type { Kind, Needs, Posed } from "./kinds.ts";
import { fields, ledgerOf, type Plan } from "./ledger.ts";
import { oneCellKinds } from "./one-cell.ts";
import { oneColumnKinds } from "./one-column.ts";
import { type Theme, themes } from "./themes.ts";
import { wholeSheetKinds } from "./whole-sheet.ts";

/** Every kind of task, by name. */
export const kinds: Readonly<Record<string, Kind>> = {
  ...oneCellKinds,
  ...oneColumnKinds,
  ...wholeSheetKinds,
};

// The tasks of one workbook. Together they name every kind once.
const pairs: readonly (readonly string[])[] = [
  ["total", "product"],
  ["count", "look-up-column"],
  ["count-from", "flag"],
  ["rank", "fill-summary"],
  ["running", "sort"],
  ["highest", "clean"],
  ["calendar", "share"],
  ["average", "copy-rows"],
  ["distinct", "remove-duplicates"],
  ["delete-rows", "group-totals"],
  ["look-up", "list-kinds"],
];
const ROUNDS = 6;

// Tasks with three cases each, as the set of 912 has them.
const tripleKinds = ["total", "product", "flag", "fill-summary", "sort", "delete-rows"];
const CASES = 3;

interface Listed extends Omit<Posed, "golden"> {
  readonly id: string;
}

/**
 * The files of the sample, by path: a set of single cases in upstream's verified layout, and under
 * `all_data_912_v0.1/` one of three cases a task.
 *
 * Answers come from the clean values that the workbooks were written from, never from written cells.
 * The tasks of one workbook stand together, and each half of the list has every kind equally often.
 */
export function buildSample(): ReadonlyMap<string, Uint8Array | string> {
  const files = new Map<string, Uint8Array | string>();
  const single: Listed[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, names] of pairs.entries()) {
      const rng = seededRng(`spreadsheet-sample/${round}/${index}`);
      const chosen = names.map(kindCalled);
      const theme = themeAt(round + index);
      const plan = planOf(theme, chosen, rng.fork("plan"));
      for (const kind of chosen) {
        const id = `${100 + round * pairs.length + index}-${1 + names.indexOf(kind.name)}`;
        const [task] = addTask(files, "", id, kind, plan, rng, ["init", "golden"], 1);
        if (task !== undefined) single.push(task);
      }
    }
  const triple = tripleKinds.flatMap((name, index) => {
    const rng = seededRng(`spreadsheet-sample/three/${index}`);
    const kind = kindCalled(name);
    const plan = planOf(themeAt(index), [kind], rng.fork("plan"));
    return addTask(
      files,
      "all_data_912_v0.1/",
      String(900 + index),
      kind,
      plan,
      rng,
      ["input", "answer"],
      CASES,
    );
  });
  files.set("dataset.json", datasetFile(single));
  files.set("all_data_912_v0.1/dataset.json", datasetFile(triple));
  return files;
}

function addTask(
  files: Map<string, Uint8Array | string>,
  root: string,
  id: string,
  kind: Kind,
  plan: Plan,
  rng: Rng,
  [input, golden]: readonly [string, string],
  cases: number,
): readonly Listed[] {
  const folder = `${root}spreadsheet/${id}`;
  const posed = Array.from({ length: cases }, (_, index) => {
    const ledger = ledgerOf(plan, rng.fork(`values ${index}`));
    const task = kind.pose(ledger, rng.fork(kind.name));
    files.set(`${folder}/${index + 1}_${id}_${input}.xlsx`, bookFile(ledger.book));
    files.set(`${folder}/${index + 1}_${id}_${golden}.xlsx`, bookFile(task.golden));
    return task;
  });
  const [first] = posed;
  if (
    posed.some(
      ({ instruction, answerPosition }) =>
        `${instruction}${answerPosition}` !== `${first?.instruction}${first?.answerPosition}`,
    )
  )
    throw new Error(`the cases of ${id} ask for different things`);
  return first === undefined ? [] : [{ ...first, id }];
}

function planOf(theme: Theme, chosen: readonly Kind[], rng: Rng): Plan {
  const needs = chosen.map((kind) => kind.needs(theme, rng));
  const all = <Item>(of: (need: Needs) => readonly Item[] | undefined) =>
    needs.flatMap((need) => of(need) ?? []);
  const without = new Set(all((need) => need.without));
  const extra = pick(rng, ["date", "status", "price"] as const);
  const wanted = new Set(["code", "who", "kind", "count", extra, ...all((need) => need.fields)]);
  const columns = fields.filter((field) => wanted.has(field));
  // The code stays first; a ledger that begins with anything else is rare.
  const [code = "code", ...others] = columns;
  const maybe = (chance: number) => rng.next() < chance;
  return {
    theme,
    columns: [code, ...shuffled(others, rng)],
    entries: between(rng, 8, 13),
    title: maybe(0.35),
    notes: maybe(0.35),
    totals: maybe(0.5) && !without.has("totals"),
    duplicates: needs.some((need) => need.duplicates),
    mess: {
      spelling: maybe(0.7),
      names: needs.some((need) => need.names),
      numbers: maybe(0.5),
      blanks: maybe(0.5),
      dates: maybe(0.5) && !without.has("text-dates"),
    },
    firstCode: between(rng, 101, 870),
    kind: pick(rng, theme.kind.values),
    status: pick(rng, theme.status.values),
    bound: between(rng, theme.count.low + 5, Math.floor((theme.count.low + theme.count.high) / 2)),
    added: all((need) => need.added),
    sheets: all<Sheet>((need) => need.sheets),
    labels: all((need) => need.labels),
  };
}

function datasetFile(tasks: readonly Listed[]): string {
  const rows = tasks.map(({ id, instruction, type, answerPosition }) => ({
    id,
    instruction,
    spreadsheet_path: `spreadsheet/${id}`,
    instruction_type: type,
    answer_position: answerPosition,
  }));
  return `${JSON.stringify(rows, null, 1)}\n`;
}

function kindCalled(name: string): Kind {
  const kind = kinds[name];
  if (kind === undefined) throw new Error(`there is no kind ${name}`);
  return kind;
}

function themeAt(index: number): Theme {
  const theme = themes[index % themes.length];
  if (theme === undefined) throw new Error("there are no themes");
  return theme;
}
