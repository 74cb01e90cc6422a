import { fileURLToPath } from "node:url";
import type { ShellCommand } from "../../../harness/contracts/index.ts";

/** `sheet`: reads and changes workbooks from the shell. */
export const sheetCommand: ShellCommand = {
  name: "sheet",
  module: fileURLToPath(new URL("./sheet.mjs", import.meta.url)),
  packages: {},
};
