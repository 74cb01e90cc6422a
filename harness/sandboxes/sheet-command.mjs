/** The `sheet` command as a program of its own, for sandboxes with real processes. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, env, exit, stderr, stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { runSheet } from "./sheet.mjs";

const soffice = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find(existsSync);

/**
 * Opens a workbook in LibreOffice and saves it again, in a directory of its own.
 *
 * @param {string} program
 * @param {Uint8Array} data
 * @returns {Promise<Uint8Array>}
 */
async function calculatedBy(program, data) {
  const directory = await mkdtemp(join(tmpdir(), "recalc-"));
  try {
    const [input, output] = [join(directory, "book.xlsx"), join(directory, "out")];
    await writeFile(input, data);
    const profile = `-env:UserInstallation=file://${directory}/profile`;
    const convert = ["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML"];
    const args = [profile, ...convert, "--outdir", output, input];
    await promisify(execFile)(program, args, { env: { ...env, HOME: directory } });
    return await readFile(join(output, "book.xlsx"));
  } catch {
    throw new Error("LibreOffice could not calculate it");
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

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
  input: () => text(stdin),
  ...(soffice === undefined ? {} : { libreoffice: (data) => calculatedBy(soffice, data) }),
});
stderr.write(result.stderr);
stdout.write(result.stdout, () => exit(result.exitCode));
