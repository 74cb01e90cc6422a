import { Command } from "commander";
import { addSessionFlags, sessionFlags } from "./lib/flags.ts";
import { exitCodes, runMain } from "./lib/main.ts";

const command = new Command("bench")
  .usage("-- CONFIG [options]")
  .description(
    "Runs a study: evolves skills, evaluates every arm on held-out tasks, prints the table.",
  )
  .argument("<config>", "study file, such as configs/wtq.yaml")
  .option(
    "--out <dir>",
    "directory for the run's tables, skills and manifest (default results/runs/<study>)",
  )
  .option("--plan", "say what would run, with calls, tokens and cost; run nothing")
  .option("--json", "one JSON object on standard output, progress on standard error")
  .addHelpText(
    "after",
    `
Exit codes: 0 done, 1 our own fault, 2 bad input or endpoint, 3 stopped before the end (--max-cost or Ctrl-C).
Whatever was finished is stored; the same command continues.`,
  );
addSessionFlags(command);
command.exitOverride();

await runMain(async () => {
  command.parse(process.argv);
  const options = command.opts<{ out?: string; plan?: true; json?: true }>();
  const { bench } = await import("./lib/bench-study.ts");
  const config = command.args[0] ?? "";
  const code = await bench(config, { ...sessionFlags(command), ...options });
  return code ?? exitCodes.ok;
});
