import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { Command, Option } from "commander";
import { InputError } from "../harness/errors.ts";
import { type SkillSource, sourceKey } from "../harness/study/arms.ts";
import { type Method, type Mode, methods, modes } from "../harness/study/conditions.ts";
import type { Study } from "../harness/study/config/read-study.ts";
import { addSessionFlags, readStudyFile, type SessionFlags } from "./lib/flags.ts";
import { runMain, tell, untilStopped } from "./lib/main.ts";
import { defaultRuns, makeResultDir, shown } from "./lib/places.ts";

const command = new Command("evolve")
  .usage("-- CONFIG --author MODEL --mode creation --analysts error [options]")
  .description("Evolves one skill of a study and stops: the skill, its provenance and its account.")
  .argument("<config>", "study file, such as configs/wtq.yaml")
  .requiredOption("--author <model>", "the model that writes the skill, by its name in the study")
  .addOption(
    new Option("--mode <mode>", "from the human-written skill, or from the author's own draft")
      .choices(modes)
      .makeOptionMandatory(),
  )
  .addOption(
    new Option("--analysts <analysts>", "which analysts propose patches")
      .choices(methods)
      .makeOptionMandatory(),
  )
  .option("--out <dir>", "where to write (default results/runs/<study>/skills/<name>)")
  .option("--json", "the account as one JSON object on standard output")
  .addHelpText(
    "after",
    "\nExit codes: 0 done, 1 our own fault, 2 bad input or endpoint, 3 stopped before the end.",
  );
addSessionFlags(command);
command.exitOverride();

await runMain(async () => {
  command.parse(process.argv);
  return evolveOne(command.args[0] ?? "", command.opts<EvolveFlags>());
});

/** The flags of `npm run evolve`. */
interface EvolveFlags extends SessionFlags {
  readonly author: string;
  readonly mode: Mode;
  readonly analysts: Method;
  readonly out?: string;
  readonly json?: true;
}

/** Evolves the skill of one author at the study's first seed. @returns the exit code. */
async function evolveOne(config: string, flags: EvolveFlags): Promise<number> {
  const { author, mode, analysts } = flags;
  const { openSession } = await import("./lib/session.ts");
  const { studyWork } = await import("../harness/study/work.ts");
  const { accountOfEvolution, writeEvolution } = await import("./lib/write-evolution.ts");
  const asked = await readStudyFile(config, flags);
  checkEvolvable(asked, author);
  // The skill that it starts from is read where a condition uses it.
  const study = { ...asked, conditions: [`${mode}+${analysts}` as const] };
  const session = await openSession(study, flags);
  try {
    for (const note of session.notes) tell(note);
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
      tell(`Skill: ${shown(skillDir)}`);
      tell(`Where each line comes from: npm run skill -- blame ${shown(skillDir)}`);
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
