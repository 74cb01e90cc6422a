import Table from "cli-table3";

/** A plain table for the terminal: first column to the left, the others to the right. */
export function renderGrid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
