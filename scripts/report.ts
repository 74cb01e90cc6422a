import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { InputError, messageOf } from "../harness/errors.ts";
import { type Format, formats } from "../harness/report/render.ts";
import { exitCodes, runMain } from "./lib/main.ts";

const program = new Command("report")
  .description("Prints the table of a finished study again, from its rows.")
  .argument("<run>", "directory of a run, or its rows.json")
  .addOption(
    new Option("--format <format>", "form of the table").choices(formats).default("terminal"),
  )
  .addHelpText(
    "after",
    "\nExit codes: 0 printed, 2 no such run or an option that is wrong.\n\nExample:\n  npm run report -- results/wtq-builtin --format md",
  )
  .exitOverride();

await runMain(async () => {
  program.parse(process.argv.slice(2), { from: "user" });
  const { format } = program.opts<{ format: Format }>();
  process.stdout.write(await report(program.args[0] ?? "", format));
  return exitCodes.ok;
});

/** Loads what it takes only after the arguments are read, so that `--help` is fast. */
async function report(run: string, format: Format): Promise<string> {
  const [{ readRows }, { buildTable }, { render }] = await Promise.all([
    import("../harness/report/rows-file.ts"),
    import("../harness/report/table.ts"),
    import("../harness/report/render.ts"),
  ]);
  const file = await rowsFileOf(run);
  return render(buildTable(readRows(await textOf(file), file), file), format);
}

async function rowsFileOf(run: string): Promise<string> {
  const found = await stat(run).catch((error: unknown) => {
    throw missing(run, error);
  });
  return found.isDirectory() ? join(run, "rows.json") : run;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    throw missing(file, error);
  });
}

function missing(where: string, cause: unknown): InputError {
  return new InputError({
    where,
    problem: `cannot be read (${messageOf(cause)})`,
    fix: "Give the directory of a finished run, such as results/wtq-builtin.",
    cause,
  });
}
