import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { accountText } from "../../harness/evolution/account-text.ts";
import type { Evolution } from "../../harness/evolution/evolve.ts";
import { PROVENANCE_FILE } from "../../harness/skills/provenance.ts";
import { writeSkill } from "../../harness/skills/read-skill.ts";
import type { ResolvedSkill } from "../../harness/study/skill-sources.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Writes a skill, and beside it what it came from: provenance, account, patches by level, what was
 * withheld, and the candidates it was chosen from.
 *
 * @param dir replaced as a whole; the skill lies in `<dir>/<its name>/`.
 * @returns the skill's directory.
 */
export async function writeEvolution(dir: string, resolved: ResolvedSkill): Promise<string> {
  const { skill, evolution, candidates } = resolved;
  if (skill === undefined) throw new Error("there is no skill to write");
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const skillDir = path.join(dir, skill.name);
  await writeSkill(skill, skillDir);
  if (evolution !== undefined) writeOrigins(dir, evolution);
  if (candidates !== undefined) writeJson(path.join(dir, "candidates.json"), candidates);
  return skillDir;
}

function writeOrigins(dir: string, evolution: Evolution): void {
  writeJson(path.join(dir, PROVENANCE_FILE), evolution.provenance);
  writeJson(path.join(dir, "account.json"), evolution.account);
  replaceFile(path.join(dir, "account.md"), accountOfEvolution(evolution));
  writeJson(path.join(dir, "withheld.json"), evolution.withheld);
  for (const [level, patches] of evolution.levels.entries())
    writeJson(path.join(dir, "patches", `level-${level}.json`), patches);
}

/** The account, what was kept with its support, and what was withheld and why. */
export function accountOfEvolution(evolution: Evolution): string {
  const { account, changelog, withheld, skill } = evolution;
  const kept = changelog.map((line) => `- ${line}`);
  const left = withheld.map(
    ({ edit, reason, detail, content }) =>
      `- ${edit}: ${reason}. ${detail} ${content.trim().split("\n")[0] ?? ""}`,
  );
  return `${accountText(account, `Evolution of ${skill.name}`)}
## Kept

${kept.join("\n") || "Nothing."}

## Withheld

${left.join("\n") || "Nothing."}
`;
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(file, `${JSON.stringify(value, null, 1)}\n`);
}
