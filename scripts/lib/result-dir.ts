import { accessSync, constants, mkdirSync } from "node:fs";
import { InputError, messageOf } from "../../harness/errors.ts";

/**
 * Makes a directory that results go to, before anything is paid for that could not be written.
 *
 * @param flag what names it, for the message.
 * @throws {InputError} when it cannot be made or written.
 */
export function makeResultDir(dir: string, flag: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new InputError({
      where: flag,
      problem: `${dir} is no directory that can be written (${messageOf(cause)})`,
      fix: "Name another directory, or make this one writable.",
      cause,
    });
  }
}
