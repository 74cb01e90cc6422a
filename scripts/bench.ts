import path from "node:path";
import { Command } from "commander";
import { addSessionFlags, readStudyFile, type SessionFlags } from "./lib/flags.ts";
import { exitCodes, runMain, tell, untilStopped } from "./lib/main.ts";
import { defaultRuns, defaultStore, makeResultDir, shown } from "./lib/places.ts";
import type { Session } from "./lib/session.ts";

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
  .option("--plan", "tell what would run, with calls, tokens and cost; run nothing")
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
  return bench(command.args[0] ?? "", command.opts<BenchFlags>());
});

/** The flags of `npm run bench`. */
interface BenchFlags extends SessionFlags {
  readonly out?: string;
  readonly json?: true;
}

/** Runs, or plans, a study; prints again what is done. @returns the exit code. */
async function bench(config: string, flags: BenchFlags): Promise<number> {
  const { recallTables, tableKey } = await import("./lib/known-tables.ts");
  const study = await readStudyFile(config, flags);
  if (study.paper !== undefined) (await import("./lib/paper-table.ts")).checkPaperStudy(study);
  const out = path.resolve(flags.out ?? path.join(defaultRuns, study.study));
  const key = flags.plan ? "" : tableKey(study, flags);
  const isFresh = flags.plan || flags.record !== undefined || flags.replay !== undefined;
  const storeDir = path.resolve(flags.store ?? defaultStore);
  const known = isFresh ? undefined : recallTables(out, storeDir, key, formatOf(flags));
  if (known !== undefined) {
    for (const note of known.notes) tell(note);
    process.stdout.write(known.text);
    tell(`Everything is stored, and nothing was run. Tables, skills and manifest: ${shown(out)}`);
    return exitCodes.ok;
  }
  const session = await (await import("./lib/session.ts")).openSession(study, flags);
  try {
    for (const note of session.notes) tell(note);
    if (flags.plan) return await plan(session, flags);
    makeResultDir(out, "--out");
    makeResultDir(storeDir, "--store");
    return await untilStopped(session.controller, async () => {
      await session.checkModels();
      if (study.gateTrials === undefined) await run(session, flags, { out, key });
      else await runTrials(session, flags, { out, trials: study.gateTrials });
    });
  } finally {
    await session.close();
  }
}

function formatOf(flags: BenchFlags): "terminal" | "json" {
  return flags.json ? "json" : "terminal";
}

async function plan(session: Session, flags: BenchFlags): Promise<number> {
  const trials = session.context.study.gateTrials;
  const text =
    trials === undefined
      ? await (await import("./lib/show-plan.ts")).showPlan(session, flags.json === true)
      : (await import("./lib/gate-trials.ts")).planGateTrials(session, trials);
  process.stdout.write(text);
  return exitCodes.ok;
}

/** Runs the study, prints its table as soon as it is there, then writes the run's directory. */
async function run(
  session: Session,
  flags: BenchFlags,
  at: { readonly out: string; readonly key: string },
): Promise<void> {
  const { context, runner, store, progress, notes } = session;
  const { runStudy } = await import("../harness/study/execute.ts");
  const { tableInputOf } = await import("../harness/study/table-facts.ts");
  const { buildTable } = await import("../harness/report/table.ts");
  const { renderTable } = await import("../harness/report/table-text.ts");
  const cells = await runStudy(context, runner, (name, units) => progress.stage(name, units));
  progress.close();
  const input = tableInputOf(context, cells, session.costOf);
  const table = buildTable(input);
  const format = formatOf(flags);
  const text = renderTable(table, format);
  process.stdout.write(text);

  const { writeRun } = await import("./lib/write-run.ts");
  const printed = { [format]: text };
  const beside = await writeRun(at.out, session, { cells, input, table, printed });
  if (format === "terminal") for (const [, more] of beside) process.stdout.write(`\n${more}`);
  const { gateLines } = await import("./lib/gate-rates.ts");
  const evolutions = new Set(cells.flatMap(({ resolved }) => resolved.evolution ?? []));
  for (const line of gateLines([...evolutions].map(({ account }) => account))) tell(line);
  if (store.damaged() > 0)
    tell(
      `${store.damaged()} torn or damaged lines of the store were passed over; their units ran again.`,
    );
  const scores = input.arms.flatMap(({ observations }) => observations.map(({ score }) => score));
  if (!scores.includes(undefined)) {
    const files = ["table.txt", ...beside.map(([file]) => file)];
    const { rememberTables } = await import("./lib/known-tables.ts");
    await rememberTables(store, { ...at, study: context.study.study }, { notes, files });
  }
  tell(`Tables, skills and manifest: ${shown(at.out)}`);
}

async function runTrials(
  session: Session,
  flags: BenchFlags,
  { out, trials }: { readonly out: string; readonly trials: number },
): Promise<void> {
  const { gateTrials } = await import("./lib/gate-trials.ts");
  const text = await gateTrials(out, session, trials, flags.json === true);
  session.progress.close();
  process.stdout.write(text);
  tell(`Rates: ${shown(out)}`);
}
