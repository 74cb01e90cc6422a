/** The `sheet` command as a program of its own, for sandboxes with real processes. */

import { readFile, writeFile } from "node:fs/promises";
import { argv, exit, stderr, stdout } from "node:process";
import { runSheet } from "./sheet.mjs";

const result = await runSheet(argv.slice(2), {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code === "ENOENT") return undefined;
      throw error;
    }
  },
  write: (path, data) => writeFile(path, data),
});
stderr.write(result.stderr);
stdout.write(result.stdout, () => exit(result.exitCode));
