import { Command } from "commander";
import { exitCodes, runMain } from "./lib/main.ts";

const command = new Command("doctor")
  .usage("-- [options]")
  .description("Says what works on this machine, and what to do about the rest.")
  .option(
    "--models <file>",
    "also call the models of this file, and play an episode of every sample with each",
  )
  .option("--data-dir <dir>", "directory of data sets (default T2S_DATA_DIR, else ./data)")
  .option("--store <dir>", "directory of the result store (default results/store)")
  .option("--json", "one JSON object {ok, checks: [{name, ok, needed, about, fix}]}")
  .addHelpText(
    "after",
    "\nExit codes: 0 everything needed works, 1 our own fault, 2 something needed is missing.",
  )
  .exitOverride();

await runMain(async () => {
  command.parse(process.argv);
  const { json, ...flags } = command.opts();
  const { examine } = await import("./lib/examine.ts");
  const checks = await examine(flags);
  const ok = checks.every((check) => check.ok || !check.needed);
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ ok, checks }, null, 2)}\n`);
  } else {
    for (const check of checks) {
      const mark = check.ok ? "ok     " : "missing";
      const fix = check.fix === undefined ? "" : ` ${check.fix}`;
      process.stdout.write(`${mark}  ${check.name}: ${check.about}.${fix}\n`);
    }
    process.stdout.write(
      ok
        ? "Everything that the default study needs works.\n"
        : "Something that is needed is missing; see above.\n",
    );
  }
  return ok ? exitCodes.ok : exitCodes.badInput;
});
