import { Command, Option } from "commander";
import { methods, modes } from "../harness/study/conditions.ts";
import { addSessionFlags, sessionFlags } from "./lib/flags.ts";
import { runMain } from "./lib/main.ts";

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
  const { evolveOne } = await import("./lib/evolve-one.ts");
  const options = command.opts();
  return evolveOne(command.args[0] ?? "", {
    ...sessionFlags(command),
    author: options["author"],
    mode: options["mode"],
    analysts: options["analysts"],
    out: options["out"],
    json: options["json"] === true,
  });
});
