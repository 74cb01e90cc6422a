import { readStudy, type Study } from "../../harness/study/config/read-study.ts";
import { domains } from "./domains.ts";
import { namedFile, namedModels } from "./named-file.ts";

/**
 * A study file with `--models`, `--set` and `--seeds` applied.
 *
 * @throws {InputError} for a file that cannot be read, and all problems of one that can.
 */
export function readStudyFile(
  config: string,
  flags: {
    readonly models?: string;
    readonly set: readonly string[];
    readonly seeds?: readonly number[];
  },
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
