import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { InputError, messageOf } from "../harness/errors.ts";
import { ladderFormats } from "../harness/report/ladder-formats.ts";
import { type Format, formats } from "../harness/report/render.ts";
import { exitCodes, runMain } from "./lib/main.ts";

/** `ladder` for a terminal, and `ladder-md`, `ladder-csv`, `ladder-json`. */
const ladders = Object.fromEntries(
  ladderFormats.map((format) => [format === "terminal" ? "ladder" : `ladder-${format}`, format]),
);

const program = new Command("report")
  .description("Prints the table of a finished study again, from its rows.")
  .argument("<run>", "directory of a run, or its rows.json")
  .addOption(
    new Option("--format <format>", "form of the table")
      .choices([...formats, ...Object.keys(ladders)])
      .default("terminal"),
  )
  .addHelpText(
    "after",
    "\nExit codes: 0 printed, 2 no such run or an option that is wrong.\n\nExample:\n  npm run report -- results/wtq-builtin --format md",
  )
  .exitOverride();

await runMain(async () => {
  program.parse(process.argv.slice(2), { from: "user" });
  const { format } = program.opts<{ format: string }>();
  process.stdout.write(await report(program.args[0] ?? "", format));
  return exitCodes.ok;
});

/** Loads what it takes only after the arguments are read, so that `--help` is fast. */
async function report(run: string, format: string): Promise<string> {
  const { readRows } = await import("../harness/report/rows-file.ts");
  const file = await rowsFileOf(run);
  const input = readRows(await textOf(file), file);
  const ladderFormat = ladders[format];
  if (ladderFormat === undefined) {
    const { buildTable } = await import("../harness/report/table.ts");
    const { render } = await import("../harness/report/render.ts");
    return render(buildTable(input, file), format as Format);
  }
  const { buildLadder, hasLadder } = await import("../harness/report/ladder.ts");
  if (!hasLadder(input)) {
    throw new InputError({
      where: file,
      problem: "this study has no variants, so there is no ladder",
      fix: "Name variants in the study, as configs/ladder.yaml does, or choose another format.",
    });
  }
  const { renderLadder } = await import("../harness/report/ladder-render.ts");
  return renderLadder(buildLadder(input, file), ladderFormat);
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
