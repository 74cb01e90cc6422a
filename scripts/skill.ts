import { basename, dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { blameSkill, blameText } from "../harness/skills/blame-skill.ts";
import { diffSkills } from "../harness/skills/diff-skill.ts";
import { lintFiles } from "../harness/skills/lint-skill.ts";
import { PROVENANCE_FILE, readProvenance } from "../harness/skills/provenance.ts";
import { readSkill, readSkillFiles } from "../harness/skills/read-skill.ts";
import { exitCodes, runMain } from "./lib/main.ts";

/** `npm run skill`: looks at skill directories. */
await runMain(async () => {
  let exitCode: number = exitCodes.ok;
  const program = new Command("skill")
    .description("Look at skill directories.")
    .exitOverride()
    .showHelpAfterError("(skill --help says what there is)");

  program
    .command("lint")
    .description("Check a skill by the Agent Skills rules and ours; exit code 1 on errors.")
    .argument("<dir>", "the skill's directory")
    .option("--json", "print {dir, errors, warnings, findings} instead of lines")
    .action(async (dir: string, options: { json?: boolean }) => {
      exitCode = await lint(dir, options.json === true);
    });
  program
    .command("diff")
    .description("Show how a second skill differs from a first.")
    .argument("<dir>", "the first skill's directory")
    .argument("<dir2>", "the second skill's directory")
    .option("--json", "print {added, removed, files} instead of a unified diff")
    .action(async (dir: string, dir2: string, options: { json?: boolean }) => {
      await diff(dir, dir2, options.json === true);
    });
  program
    .command("blame")
    .description(
      `Show which rule, tasks and trajectory steps every line comes from (reads ${PROVENANCE_FILE} beside the directory); exit code 1 when a line does not resolve.`,
    )
    .argument("<dir>", "an evolved skill's directory")
    .option("--json", "print {dir, parent, lines, problems} instead of text")
    .action(async (dir: string, options: { json?: boolean }) => {
      exitCode = await blame(dir, options.json === true);
    });

  await program.parseAsync(process.argv.slice(2), { from: "user" });
  return exitCode;
});

async function lint(dir: string, json: boolean): Promise<number> {
  const findings = lintFiles(await readSkillFiles(dir), { directoryName: basename(resolve(dir)) });
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  if (json) {
    print(JSON.stringify({ dir, errors, warnings, findings }));
  } else {
    for (const { severity, rule, file, line, message, fix } of findings) {
      const place = line === undefined ? join(dir, file) : `${join(dir, file)}:${line}`;
      print(`${place}: ${severity} ${rule}: ${message}. ${fix}`);
    }
    print(`${dir}: ${errors} errors, ${warnings} warnings`);
  }
  return errors > 0 ? exitCodes.failed : exitCodes.ok;
}

async function diff(dir: string, dir2: string, json: boolean): Promise<void> {
  const [before, after] = [await readSkill(dir), await readSkill(dir2)];
  const result = diffSkills(before, after);
  if (json) {
    print(JSON.stringify({ before: before.digest, after: after.digest, ...result }));
    return;
  }
  for (const { patch } of result.files) process.stdout.write(patch);
  const { length } = result.files;
  print(`${length} files differ, ${result.added} lines added, ${result.removed} removed`);
}

async function blame(dir: string, json: boolean): Promise<number> {
  const skill = await readSkill(dir);
  const provenance = await readProvenance(join(dirname(resolve(dir)), PROVENANCE_FILE));
  const result = blameSkill(skill, provenance);
  if (json) print(JSON.stringify({ dir, parent: provenance.parent, ...result }));
  else process.stdout.write(blameText(result));
  for (const problem of result.problems) process.stderr.write(`error: ${problem}\n`);
  return result.problems.length > 0 ? exitCodes.failed : exitCodes.ok;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
