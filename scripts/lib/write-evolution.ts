import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Patch } from "../../harness/contracts/index.ts";
import type { Evolution } from "../../harness/evolution/evolution.ts";
import type { Account } from "../../harness/evolution/record/account.ts";
import { accountText } from "../../harness/evolution/record/account-text.ts";
import type { TracedSkill } from "../../harness/evolution/record/over-rounds.ts";
import { diffSkills } from "../../harness/skills/diff-skill.ts";
import { PROVENANCE_FILE } from "../../harness/skills/provenance.ts";
import { writeSkill } from "../../harness/skills/read-skill.ts";
import type { ResolvedSkill } from "../../harness/study/skill-sources.ts";
import { gateLines } from "./gate-rates.ts";
import { replaceFile } from "./places.ts";

/**
 * Writes a skill, and beside it what it came from: provenance, account, patches by level, what was
 * withheld, and the candidates it was chosen from.
 *
 * @param dir replaced as a whole; the skill lies in `<dir>/<its name>/`.
 * @returns the skill's directory.
 */
export async function writeEvolution(dir: string, resolved: ResolvedSkill): Promise<string> {
  const { skill, evolution, candidates, bank } = resolved;
  if (skill === undefined) throw new Error("there is no skill to write");
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const skillDir = path.join(dir, skill.name);
  await writeSkill(skill, skillDir);
  if (evolution !== undefined) await writeOrigins(dir, evolution);
  if (bank !== undefined) {
    writeJson(path.join(dir, "bank.json"), bank.bank);
    writeJson(path.join(dir, "account.json"), bank.account);
  }
  if (candidates !== undefined) writeJson(path.join(dir, "candidates.json"), candidates);
  return skillDir;
}

async function writeOrigins(dir: string, evolution: Evolution): Promise<void> {
  writeJson(path.join(dir, PROVENANCE_FILE), evolution.provenance);
  writeJson(path.join(dir, "account.json"), evolution.account);
  replaceFile(path.join(dir, "account.md"), accountOfEvolution(evolution));
  writeJson(path.join(dir, "withheld.json"), evolution.withheld);
  if (evolution.rounds === undefined) {
    writePatches(path.join(dir, "patches"), evolution);
    for (const candidate of evolution.rejected ?? [])
      await writeRejected(path.join(dir, "rejected"), candidate);
    return;
  }
  for (const [i, round] of evolution.rounds.entries())
    await writeEvolution(path.join(dir, "rounds", `r${i + 1}`), {
      skill: round.skill,
      evolution: round,
    });
}

/** A candidate that the gate rejected: as a skill and its provenance, so that blame reads it too. */
async function writeRejected(dir: string, { skill, provenance }: TracedSkill): Promise<void> {
  await writeSkill(skill, path.join(dir, skill.name));
  writeJson(path.join(dir, PROVENANCE_FILE), provenance);
}

/**
 * Patches by level under the names of the paper's released artefacts, so that both can be compared
 * one to one; beside the released fields an edit carries its id, sources and tasks.
 */
function writePatches(dir: string, { levels, parent, skill }: Evolution): void {
  let merges = 0;
  let dedupes = 0;
  for (const [level, patches] of levels.entries()) {
    // A merge makes patches of its own; putting together what says the same does not.
    const before = new Set(levels[level - 1]?.map(({ id }) => id));
    const isDedupe = patches.every(({ id }) => before.has(id) || id.startsWith("d"));
    const [folder, stem] =
      level === 0
        ? ["map_patches", "patch"]
        : isDedupe
          ? [`dedupe_level_${++dedupes}`, "patch"]
          : [`merge_level_${++merges}`, "merged"];
    for (const [i, patch] of patches.entries())
      writeJson(
        path.join(dir, folder, `${stem}_${String(i).padStart(4, "0")}.json`),
        released(patch),
      );
  }
  const last = levels.at(-1)?.[0];
  if (last !== undefined) writeJson(path.join(dir, "final_patch.json"), released(last));
  mkdirSync(dir, { recursive: true });
  replaceFile(
    path.join(dir, "applied_diffs.patch"),
    diffSkills(parent, skill)
      .files.map(({ patch }) => patch)
      .join(""),
  );
}

function released({ reasoning, edits, changelog }: Patch) {
  return { reasoning, edits, changelog_entries: changelog };
}

/** The account, what was kept with its support, and what was withheld and why. */
export function accountOfEvolution(evolution: Evolution): string {
  const { account, changelog, withheld, skill } = evolution;
  const kept = changelog.map((line) => `- ${line}`);
  const left = withheld.map(
    ({ edit, reason, detail, content }) =>
      `- ${edit}: ${reason}. ${detail} ${content.trim().split("\n")[0] ?? ""}`,
  );
  return `${accountText(account, `Evolution of ${skill.name}`)}${chanceOf(account)}
## Kept

${kept.join("\n") || "Nothing."}

## Withheld

${left.join("\n") || "Nothing."}
`;
}

/** What a reader should know of the gate that let a skill in. */
function chanceOf(account: Account): string {
  const lines = gateLines([account]);
  return lines.length === 0 ? "" : `\n${lines.join(" ")}\n`;
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(file, `${JSON.stringify(value, null, 1)}\n`);
}
