import { describe, expect, test } from "vitest";
import { spreadsheet } from "../../../domains/spreadsheet/domain.ts";
import type { CellValue } from "../../../domains/spreadsheet/grading/cell-value.ts";
import { openWorkbook } from "../../../domains/spreadsheet/grading/read/workbook.ts";
import {
  type Sheet,
  type WrittenCell,
  workbookFile,
} from "../../../domains/spreadsheet/rule-agent/generate/workbook-file.ts";
import { openSources } from "../../../domains/spreadsheet/source.ts";
import { spreadsheetTask } from "../../../domains/spreadsheet/task.ts";
import type { Grade, Task } from "../../../harness/contracts/index.ts";
import { realSpreadsheets } from "../../support/spreadsheet/places.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const sampleDir = new URL("../../../domains/spreadsheet/sample", import.meta.url).pathname;
const real = realSpreadsheets();

const sets: readonly {
  readonly name: string;
  readonly dir: string | undefined;
  /** Tasks that nobody is graded on, and those that pass untouched. */
  readonly ungraded: readonly string[];
  readonly untouched: readonly string[];
  /** Of so many tasks, one has its answer changed. */
  readonly every: number;
}[] = [
  { name: "sample", dir: undefined, ungraded: [], untouched: [], every: 1 },
  {
    name: `real data${real === undefined ? " (skipped: none at T2S_DATA_DIR or ../shared/data)" : ""}`,
    dir: real,
    ungraded: ["56225", "56274"],
    untouched: ["73-45"],
    every: 10,
  },
];

for (const { name, dir, ungraded, untouched, every } of sets)
  describe.skipIf(name.startsWith("real") && dir === undefined)(name, () => {
    const opened = Promise.all([spreadsheet.open(dir), openSources(dir ?? sampleDir)]).then(
      async ([dataset, sources]) => ({
        tasks: await dataset.load("verified", {}),
        bytes: new Map(
          sources.flatMap(({ files }) => [...files.values()].map((it) => [it.sha256, it] as const)),
        ),
      }),
    );

    /** Ids of the tasks, by what an output gets. */
    async function outcomes(
      outputOf: (task: Task, read: (digest: string) => Uint8Array) => Uint8Array | undefined,
      chosen: (index: number) => boolean = () => true,
    ): Promise<Readonly<Record<string, readonly string[]>>> {
      const { tasks, bytes } = await opened;
      const read = (digest: string) => bytes.get(digest)?.bytes ?? new Uint8Array();
      const found: Record<string, string[]> = {};
      for (const task of tasks.filter((_, index) => chosen(index))) {
        const output = outputOf(task, read);
        if (output === undefined) continue;
        const grade = await graded(task, output);
        const key = grade.kind === "ungraded" ? "ungraded" : String(grade.score);
        found[key] = [...(found[key] ?? []), task.id];
      }
      return found;
    }

    test("the expected workbook scores 1 on every task that anybody can solve", async () => {
      const { tasks } = await opened;
      const { "1": right = [], ...others } = await outcomes((task, read) =>
        read(spreadsheetTask(task).reference.goldens[0]?.sha256 ?? ""),
      );
      expect(others).toEqual(ungraded.length === 0 ? {} : { ungraded });
      expect(right).toHaveLength(tasks.length - ungraded.length);
    }, 120_000);

    test("the untouched input scores 0, but for the tasks that are known", async () => {
      const { "0": wrong, ...others } = await outcomes((task, read) =>
        read(spreadsheetTask(task).input.workbooks[0]?.sha256 ?? ""),
      );
      expect(wrong?.length).toBeGreaterThan(100);
      expect(others).toEqual({
        ...(untouched.length === 0 ? {} : { "1": untouched }),
        ...(ungraded.length === 0 ? {} : { ungraded }),
      });
    }, 120_000);

    test("the expected workbook with one answer changed scores 0", async () => {
      const { "0": wrong, ...others } = await outcomes(
        (task, read) => {
          const golden = read(spreadsheetTask(task).reference.goldens[0]?.sha256 ?? "");
          const place = placeOfAnswer(task);
          return place && !ungraded.includes(task.id) ? changed(golden, place) : undefined;
        },
        (index) => index % every === 0,
      );
      expect(wrong?.length).toBeGreaterThan(30);
      expect(others).toEqual({});
    }, 120_000);
  });

async function graded(task: Task, output: Uint8Array): Promise<Grade> {
  const sandbox = fileSandbox({ "output.xlsx": output });
  return spreadsheet.grade(task, await spreadsheet.collect(task, "done", sandbox, {}));
}

/** The last cell that the reference tells of. */
function placeOfAnswer(task: Task): { sheet: string; cell: string } | undefined {
  const lines = spreadsheet.reveal(task).text.split("\n").slice(1);
  const found = lines
    .map((line) => /^(.+)!([A-Z]+\d+) = /.exec(line))
    .findLast((it) => it !== null);
  return found ? { sheet: found[1] ?? "", cell: found[2] ?? "" } : undefined;
}

/** A workbook with the same values, but for one. */
function changed(bytes: Uint8Array, place: { sheet: string; cell: string }): Uint8Array {
  const book: readonly Sheet[] = openWorkbook(bytes).sheets.map((sheet) => {
    const rows: WrittenCell[][] = [];
    const block = {
      firstRow: 1,
      lastRow: sheet.maxRow,
      firstColumn: 1,
      lastColumn: sheet.maxColumn,
    };
    sheet.eachCell(block, (row, column) => {
      while (rows.length < row) rows.push([]);
      const cells = rows[row - 1] ?? [];
      while (cells.length < column) cells.push(null);
      const value = cellOf(sheet.value(row, column));
      const isIt = sheet.name === place.sheet && place.cell === `${nameOf(column)}${row}`;
      cells[column - 1] = isIt ? "changed" : value;
    });
    return { name: sheet.name, rows };
  });
  return workbookFile(book);
}

function cellOf(value: CellValue): WrittenCell {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  return value.kind === "datetime" ? { serial: value.day + 25_569 } : null;
}

function nameOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? nameOf(rest) : ""}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}
