import path from "node:path";
import type { Skill } from "../../harness/contracts/index.ts";
import { InputError, InputErrors } from "../../harness/errors.ts";
import { lintFiles } from "../../harness/skills/lint-skill.ts";
import { readSkillFiles, skillOf } from "../../harness/skills/read-skill.ts";

/**
 * Reads a skill that a study names in place of the domain's own.
 *
 * @param dir as it was written, from the working directory.
 * @throws {InputErrors} one line an error of the lint, with file, line and fix.
 */
export async function readOwnSkill(dir: string): Promise<Skill> {
  const files = await readSkillFiles(dir);
  const directoryName = path.basename(path.resolve(dir));
  const problems = lintFiles(files, { directoryName })
    .filter(({ severity }) => severity === "error")
    .map(({ file, line, rule, message, fix }) => {
      const place = path.join(dir, file);
      const where = line === undefined ? place : `${place}:${line}`;
      return new InputError({ where, field: rule, problem: message, fix });
    });
  if (problems.length > 0) throw new InputErrors(problems);
  return skillOf(files, dir);
}
