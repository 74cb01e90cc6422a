import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { InputError, messageOf } from "../../harness/errors.ts";
import { type ModelsFile, readStudy, type Study } from "../../harness/study/config/read-study.ts";
import { domains } from "./domains.ts";
import type { SessionFlags } from "./flags.ts";
import { shown } from "./places.ts";

/**
 * A study file with `--models`, `--set` and `--seeds` applied.
 *
 * @throws {InputError} for a file that cannot be read, and all problems of one that can.
 */
export function readStudyFile(
  config: string,
  flags: Pick<SessionFlags, "models" | "set" | "seeds">,
): Study {
  const study = readStudy(
    {
      ...namedFile(config, "a study file, such as configs/wtq.yaml"),
      modelsFile: flags.models === undefined ? undefined : namedModels(flags.models),
      sets: flags.set,
    },
    domains,
  );
  return flags.seeds === undefined ? study : { ...study, seeds: [...flags.seeds] };
}

/**
 * A file that a person named, with its text.
 *
 * @param wanted what belongs there, for the message.
 * @throws {InputError} when it cannot be read.
 */
function namedFile(file: string, wanted: string): { readonly file: string; readonly text: string } {
  try {
    return { file: shown(path.resolve(file)), text: readFileSync(file, "utf8") };
  } catch (error) {
    throw new InputError({
      where: file,
      problem: existsSync(file) ? `cannot be read: ${messageOf(error)}` : "there is no such file",
      fix: `Name ${wanted}.`,
      cause: error,
    });
  }
}

/** The file of `--models`. */
export function namedModels(file: string): ModelsFile {
  return namedFile(file, "a models file, such as configs/models/qwen3.5.yaml");
}
