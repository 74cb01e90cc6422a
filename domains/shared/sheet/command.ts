import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ShellCommand } from "../../../harness/contracts/index.ts";

const { resolve } = createRequire(import.meta.url);
/** What the module imports, and what that imports. */
const packages = [
  "csv-parse/sync",
  "fflate",
  "saxes",
  "xmlchars/xml/1.0/ed5",
  "xmlchars/xml/1.1/ed2",
  "xmlchars/xmlns/1.0/ed3",
];

/** `sheet`: reads and changes workbooks from the shell. */
export const sheetCommand: ShellCommand = {
  name: "sheet",
  module: fileURLToPath(new URL("./sheet.mjs", import.meta.url)),
  packages: Object.fromEntries(packages.map((name) => [name, resolve(name)])),
};
