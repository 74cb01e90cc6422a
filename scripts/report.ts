import { Command, Option } from "commander";
import { InputError } from "../harness/errors.ts";
import { type Format, formats } from "../harness/report/formats.ts";
import { exitCodes, runMain } from "./lib/main.ts";

/** `ladder` for a terminal, and `ladder-md`, `ladder-csv`, `ladder-tex`, `ladder-json`. */
const ladders = Object.fromEntries(
  formats.map((format) => [format === "terminal" ? "ladder" : `ladder-${format}`, format]),
);

const formatOption = (choices: readonly string[]) =>
  new Option("--format <format>", "form of the table").choices(choices).default("terminal");

/** What a command prints; loaded only after the arguments are read, so that `--help` is fast. */
let text: () => Promise<string> = async () => "";

const program = new Command("report")
  .description("Prints tables of finished studies again, from their rows, and those of the paper.")
  .addHelpText(
    "after",
    `
Exit codes: 0 printed, 2 no such run or table or an option that is wrong.

Examples:
  npm run report -- results/wtq-builtin --format md
  npm run report -- paper table1
  npm run report -- paper table1 --run results/runs/paper-table1
  npm run report -- transfer results/runs/wtq results/runs/math --format csv`,
  )
  .exitOverride();

program
  .command("run", { isDefault: true })
  .description("the table of a finished study")
  .argument("<run>", "directory of a run, or its rows.json")
  .addOption(formatOption([...formats, ...Object.keys(ladders)]))
  .action((run: string, { format }: { format: string }) => {
    text = () => ofRun(run, format);
  });

program
  .command("paper")
  .description("a table of the paper; with --run, a finished study beside it")
  .argument("<table>", "table1 to table6")
  .option("--run <dir>", "directory of a run of configs/paper/<table>.yaml, or its rows.json")
  .option("--json", "short for --format json")
  .addOption(formatOption(formats))
  .action((table: string, options: { run?: string; json?: true; format: Format }) => {
    text = () => ofPaper(table, options.run, options.json ? "json" : options.format);
  });

program
  .command("transfer")
  .description("who gains from whose skill, always against the same user without one")
  .argument("<runs...>", "directories of runs, or their rows.json")
  .option("--json", "short for --format json")
  .addOption(formatOption(formats))
  .action((runs: string[], options: { json?: true; format: Format }) => {
    text = () => ofTransfer(runs, options.json ? "json" : options.format);
  });

await runMain(async () => {
  program.parse(process.argv.slice(2), { from: "user" });
  process.stdout.write(await text());
  return exitCodes.ok;
});

async function ofRun(run: string, format: string): Promise<string> {
  const { file, input } = await (await import("./lib/read-run.ts")).readRun(run);
  const ladderFormat = ladders[format];
  if (ladderFormat === undefined) {
    const { buildTable } = await import("../harness/report/table.ts");
    const { renderTable } = await import("../harness/report/table-text.ts");
    return renderTable(buildTable(input, file), format as Format);
  }
  const { buildLadder, hasLadder } = await import("../harness/report/ladder.ts");
  if (!hasLadder(input)) {
    throw new InputError({
      where: file,
      problem: "this study has no variants, so there is no ladder",
      fix: "Name variants in the study, as configs/ladder.yaml does, or choose another format.",
    });
  }
  const { renderLadder } = await import("../harness/report/ladder-text.ts");
  return renderLadder(buildLadder(input, file), ladderFormat);
}

async function ofPaper(name: string, run: string | undefined, format: Format): Promise<string> {
  const { paperTable } = await import("./lib/paper-table.ts");
  const paper = paperTable(name);
  if (run === undefined) {
    const { renderPrinted } = await import("../harness/report/paper/printed.ts");
    return renderPrinted(paper, format);
  }
  const { file, input } = await (await import("./lib/read-run.ts")).readRun(run);
  const { buildTable } = await import("../harness/report/table.ts");
  const { compareWithPaper } = await import("../harness/report/paper/compare.ts");
  const { renderCompared } = await import("../harness/report/paper/compared-text.ts");
  return renderCompared(compareWithPaper(paper, input, buildTable(input, file), file), format);
}

async function ofTransfer(runs: readonly string[], format: Format): Promise<string> {
  const { readRun } = await import("./lib/read-run.ts");
  const { buildTable } = await import("../harness/report/table.ts");
  const { buildTransfer } = await import("../harness/report/transfer/transfer.ts");
  const { renderTransfer } = await import("../harness/report/transfer/transfer-text.ts");
  const sources = await Promise.all(
    runs.map(async (run) => {
      const { file, input } = await readRun(run);
      return { input, table: buildTable(input, file), where: file };
    }),
  );
  return renderTransfer(buildTransfer(sources), format);
}
