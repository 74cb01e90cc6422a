import { renameSync, writeFileSync } from "node:fs";

/** Writes a file so that a reader sees the old one or the new one, never half of it. */
export function replaceFile(file: string, text: string): void {
  const staged = `${file}.${process.pid}.tmp`;
  writeFileSync(staged, text);
  renameSync(staged, file);
}
