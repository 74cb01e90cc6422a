import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../harness/errors.ts";
import { type SkillSource, sourceKey } from "../../harness/study/arms.ts";
import type { Method, Mode } from "../../harness/study/conditions.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import { studyWork } from "../../harness/study/work.ts";
import type { SessionFlags } from "./flags.ts";
import { say, untilStopped } from "./main.ts";
import { defaultRuns, makeResultDir, shown } from "./places.ts";
import { openSession } from "./session.ts";
import { readStudyFile } from "./study-file.ts";
import { accountOfEvolution, writeEvolution } from "./write-evolution.ts";

/** The flags of `npm run evolve`. */
export interface EvolveFlags extends SessionFlags {
  readonly author: string;
  readonly mode: Mode;
  readonly analysts: Method;
  readonly out?: string | undefined;
  readonly json: boolean;
}

/** Evolves the skill of one author at the study's first seed. @returns the exit code. */
export async function evolveOne(config: string, flags: EvolveFlags): Promise<number> {
  const { author, mode, analysts } = flags;
  const asked = readStudyFile(config, flags);
  checkEvolvable(asked, author);
  // The skill that it starts from is read where a condition uses it.
  const study = { ...asked, conditions: [`${mode}+${analysts}` as const] };
  const session = await openSession(study, flags);
  try {
    for (const note of session.notes) say(note);
    const source: SkillSource = { kind: "evolved", author, mode, method: analysts, variant: null };
    const seed = study.seeds[0] ?? 0;
    const name = `${sourceKey(source).replaceAll(" ", "-")}-seed-${seed}`;
    const out = path.resolve(flags.out ?? path.join(defaultRuns, study.study, "skills", name));
    refuseOthersFiles(out);
    makeResultDir(out, "--out");
    makeResultDir(session.storeDir, "--store");
    return await untilStopped(session.controller, async () => {
      await session.checkModels();
      session.progress.stage(`evolve ${sourceKey(source)}`, undefined);
      const resolved = await studyWork(session.context, session.runner).skillOf(source, seed);
      session.progress.close();
      const skillDir = await writeEvolution(out, resolved);
      if (resolved.evolution === undefined) throw new Error("an evolution without an account");
      const { account, withheld, skill, parent } = resolved.evolution;
      process.stdout.write(
        flags.json
          ? `${JSON.stringify({ skill: skill.digest, parent: parent.digest, dir: skillDir, account, withheld })}\n`
          : accountOfEvolution(resolved.evolution),
      );
      say(`Skill: ${shown(skillDir)}`);
      say(`Where each line comes from: npm run skill -- blame ${shown(skillDir)}`);
    });
  } finally {
    await session.close();
  }
}

/** @throws {InputError} for a study that cannot evolve a skill of this author. */
function checkEvolvable(study: Study, author: string): void {
  if (!study.authors.includes(author)) {
    throw new InputError({
      where: "--author",
      problem: `${author} is not an author of ${study.file}`,
      fix: `Choose from ${study.authors.join(", ") || "none: add authors to the study"}.`,
    });
  }
  if (study.splits["evolve"] !== undefined) return;
  throw new InputError({
    where: study.file,
    field: "splits.evolve",
    problem: "missing",
    fix: "Evolution needs a split called evolve.",
  });
}

/** What is written replaces the directory, so only an empty one or that of an earlier evolution will do. */
function refuseOthersFiles(out: string): void {
  if (!statSync(out, { throwIfNoEntry: false })?.isDirectory()) return;
  if (readdirSync(out).length === 0 || existsSync(path.join(out, "account.json"))) return;
  throw new InputError({
    where: "--out",
    problem: `${out} holds other files, which would be deleted`,
    fix: "Name a new directory, or that of an earlier evolution.",
  });
}
