import { readFileSync } from "node:fs";
import { type PaperTable, readPaperTable } from "../../../harness/report/paper/figures.ts";

const file = new URL("../../../configs/paper/figures.json", import.meta.url);
export const figuresText = readFileSync(file, "utf8");
export const paperTables = ["table1", "table2", "table3", "table4", "table5", "table6"] as const;

/** A table of the paper, from the figures that come with the project. */
export function published(table: (typeof paperTables)[number]): PaperTable {
  return readPaperTable(figuresText, "figures.json", table);
}

/** A table of two columns of one family and one of another, by two users, in round figures. */
export function smallPaperTable(over: object = {}): PaperTable {
  const column = { scale: "percent", decimals: 1, tasks: 100, runs: 1 };
  const figures = {
    averageRule: "Avg: the mean of two means.",
    source: "A paper, v1",
    models: { large: "Large-1", small: "Small-1" },
    benchmarks: {
      sheets: { ...column, name: "Sheets passed", family: "sheets" },
      shares: { ...column, name: "Share of cells", family: "sheets" },
      tables: { ...column, name: "Questions passed", family: "tables", runs: 4 },
    },
    tables: {
      table1: {
        title: "Made up",
        authorIsUser: false,
        columns: ["sheets", "shares", "tables"],
        rows: [
          {
            ...{ condition: "draft", study: "parametric", author: null, mode: null, against: null },
            cells: { large: [40, 60, 30], small: [20, 40, 10] },
            avg: 30,
          },
          {
            ...{ condition: "+error", study: "creation+error", author: "large" },
            ...{ mode: "creation", against: "parametric" },
            cells: { large: [10, 20, -10], small: [5, 5, 0] },
            avg: 2.5,
          },
        ],
        ...over,
      },
    },
  };
  return readPaperTable(JSON.stringify(figures), "figures.json", "table1");
}
