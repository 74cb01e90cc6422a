/**
 * Runs a domain's command as a program of its own, in sandboxes with real processes:
 *
 *     node command-program.mjs MODULE [ARGUMENT ...]
 *
 * The module is one of a `ShellCommand` (contracts/sandbox.ts). Plain JavaScript, because a bare
 * Node.js runs it.
 */

import { readFile, writeFile } from "node:fs/promises";
import { argv, exit, stderr, stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";

const [, , module = "", ...args] = argv;
/** @type {{ run: import("../contracts/sandbox.ts").ShellCommandRun }} */
const { run } = await import(module);
const result = await run(args, {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code === "ENOENT") return undefined;
      throw error;
    }
  },
  write: (path, data) => writeFile(path, data),
  stdin: () => text(stdin),
});
stderr.write(result.stderr);
stdout.write(result.stdout, () => exit(result.exitCode));
