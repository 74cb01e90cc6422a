import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import type { SheetProgram } from "./bubblewrap-command.ts";

/** Where the parts of the `sheet` command lie in this installation. */
export function sheetProgram(): SheetProgram {
  return {
    node: execPath,
    command: fileURLToPath(new URL("./sheet-command.mjs", import.meta.url)),
    implementation: fileURLToPath(new URL("./sheet.mjs", import.meta.url)),
    parts: fileURLToPath(new URL("./sheet", import.meta.url)),
  };
}
