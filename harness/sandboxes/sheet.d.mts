/** Where workbooks lie, and what else the command may ask of the shell it runs in. */
export interface SheetFiles {
  /** @returns the bytes, or undefined where there is no file. */
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, data: Uint8Array): Promise<void>;
  /** What stands on standard input; without it there is nothing there. */
  input?(): Promise<string>;
  /**
   * Lets LibreOffice calculate a workbook; absent where it is not.
   *
   * @returns the calculated workbook.
   */
  libreoffice?(data: Uint8Array): Promise<Uint8Array>;
}

export function runSheet(
  args: readonly string[],
  files: SheetFiles,
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>;
