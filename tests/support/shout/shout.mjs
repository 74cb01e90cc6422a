import levenshtein from "fastest-levenshtein";
import { loud } from "./loud.mjs";

/**
 * `shout FILE [TO]`: a file's text, or standard input where FILE is -, in capitals, behind the number
 * of letters that this changed.
 *
 * @type {import("../../../harness/contracts/sandbox.ts").ShellCommandRun}
 */
export async function run([file = "-", to], shell) {
  const data =
    file === "-" ? new TextEncoder().encode(await shell.stdin()) : await shell.read(file);
  if (data === undefined)
    return { stdout: "", stderr: `shout: ${file}: no such file\n`, exitCode: 3 };
  const text = new TextDecoder().decode(data);
  const shouted = `${levenshtein.distance(text, loud(text))} ${loud(text)}`;
  if (to !== undefined) await shell.write(to, new TextEncoder().encode(shouted));
  return { stdout: to === undefined ? shouted : "", stderr: "", exitCode: 0 };
}
