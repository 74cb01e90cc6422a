import { existsSync } from "node:fs";
import { Command } from "commander";
import { InputError } from "../harness/errors.ts";
import { graders } from "./lib/graders.ts";
import { linesOf } from "./lib/lines.ts";
import { exitCodes, runMain } from "./lib/main.ts";

const command = new Command("grade")
  .usage("-- DOMAIN CASES.jsonl")
  .description("Grades predictions made elsewhere, one verdict a line, in the order of the cases.")
  .argument("<domain>", `one of ${Object.keys(graders).join(", ")}`)
  .argument(
    "<cases>",
    "JSON lines; for wtq {id, target: [..], canon?: [..], prediction: [..]}; for math {id, gold, pred} or {id, gold, response}; - for standard input",
  )
  .option("--grader <name>", "math: default, math_dapo, hendrycks or verl_math")
  .addHelpText(
    "after",
    "\nPrints {id, passed, score, because} a line. Exit codes: 0 all graded, 2 bad input.",
  )
  .exitOverride();

await runMain(async () => {
  command.parse(process.argv);
  const [domain = "", file = ""] = command.args;
  const grader = graders[domain];
  if (grader === undefined) {
    throw new InputError({
      where: domain,
      problem: "there is no such domain",
      fix: `Choose from ${Object.keys(graders).join(", ")}.`,
    });
  }
  if (file !== "-" && !existsSync(file))
    throw new InputError({
      where: file,
      problem: "there is no such file",
      fix: "Name a file of JSON lines.",
    });

  const gradeCase = await grader();
  const options = command.opts<{ grader?: string }>();
  let pending = "";
  try {
    for await (const [number, line] of linesOf(file)) {
      if (line.trim() === "") continue;
      const where = `${file}:${number}`;
      pending += `${JSON.stringify(gradeCase(parse(line, where), where, options))}\n`;
      if (pending.length > 1 << 16) {
        process.stdout.write(pending);
        pending = "";
      }
    }
  } finally {
    process.stdout.write(pending);
  }
  return exitCodes.ok;
});

function parse(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new InputError({
      where,
      problem: "not a JSON object on one line",
      fix: "Write one case a line.",
      cause,
    });
  }
}
