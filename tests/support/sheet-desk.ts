import ExcelJS from "exceljs";
import { run } from "../../domains/shared/sheet/sheet.mjs";

/** Files in memory with a `sheet` command on them. */
export function sheetDesk() {
  const files = new Map<string, Uint8Array>();
  const sheet = (args: readonly string[], input = "") =>
    run(args, {
      read: async (path) => files.get(path),
      write: async (path, data) => {
        files.set(path, data);
      },
      stdin: async () => input,
    });
  return {
    files,
    run: sheet,
    /** Runs a command that is expected to work. @returns what it prints */
    async out(...args: string[]): Promise<string> {
      const { stdout, stderr, exitCode } = await sheet(args);
      if (exitCode !== 0) throw new Error(`sheet ${args.join(" ")}: ${stderr}`);
      return stdout;
    },
    /** Makes `b.xlsx` with another program. */
    async book(fill: (book: ExcelJS.Workbook) => void): Promise<void> {
      const workbook = new ExcelJS.Workbook();
      fill(workbook);
      files.set("b.xlsx", new Uint8Array(await workbook.xlsx.writeBuffer()));
    },
    /** Opens a file with another program. */
    async opened(path = "b.xlsx"): Promise<ExcelJS.Workbook> {
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(files.get(path)?.slice().buffer ?? new ArrayBuffer(0));
      return workbook;
    },
  };
}
