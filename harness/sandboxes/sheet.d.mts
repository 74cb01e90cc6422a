/** Where workbooks lie. */
export interface SheetFiles {
  /** @returns the bytes, or undefined where there is no file. */
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, data: Uint8Array): Promise<void>;
}

export function runSheet(
  args: readonly string[],
  files: SheetFiles,
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>;
