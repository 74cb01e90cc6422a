import path from "node:path";
import type { Domain, Skill } from "../../harness/contracts/index.ts";
import { InputError, InputErrors } from "../../harness/errors.ts";
import { lintFiles } from "../../harness/skills/lint-skill.ts";
import { readSkill, readSkillFiles, skillOf } from "../../harness/skills/read-skill.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import type { StudyContext } from "../../harness/study/context.ts";

/**
 * The skills that a study names or one of its conditions uses: its own, otherwise the domain's.
 *
 * @throws {InputErrors} as `readOwnSkill`.
 */
export async function givenSkills(study: Study, domain: Domain): Promise<StudyContext["skills"]> {
  const uses = (name: string) => study.conditions.some((condition) => condition.startsWith(name));
  const isUsed = {
    "human-written": uses("human-written") || uses("deepening"),
    placebo: uses("placebo"),
  };
  const names = (["human-written", "placebo"] as const).filter(
    (name) => isUsed[name] || study.skills[name] !== undefined,
  );
  const read = names.map(async (name) => {
    const own = study.skills[name];
    const skill = own === undefined ? readSkill(domain.skills[name]) : readOwnSkill(own);
    return [name, await skill] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/**
 * Reads a skill that a study names in place of the domain's own.
 *
 * @param dir as it was written, from the working directory.
 * @throws {InputErrors} one line an error of the lint, with file, line and fix.
 */
async function readOwnSkill(dir: string): Promise<Skill> {
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
