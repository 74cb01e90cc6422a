import path from "node:path";
import { inputsOf, recallTables, rememberFinished } from "./finished-study.ts";
import { untilStopped } from "./interrupt.ts";
import { exitCodes } from "./main.ts";
import type { openWithProgress } from "./open-with-progress.ts";
import { defaultRuns, defaultStore, shown as nameOf } from "./places.ts";
import { makeResultDir } from "./result-dir.ts";
import type { Session, SessionFlags } from "./session.ts";
import { readStudyFile } from "./study-file.ts";

type Opened = Awaited<ReturnType<typeof openWithProgress>>;

/** The flags of `npm run bench`. */
export interface BenchFlags extends SessionFlags {
  readonly out?: string;
  readonly json?: true;
}

/** Runs, or plans, a study; prints again what is done. @returns the exit code. */
export async function bench(config: string, flags: BenchFlags): Promise<number> {
  const study = readStudyFile(config, flags);
  if (study.paper !== undefined) (await import("./paper-table.ts")).checkPaperStudy(study);
  const out = path.resolve(flags.out ?? path.join(defaultRuns, study.study));
  const storeDir = path.resolve(flags.store ?? defaultStore);
  const isFresh = flags.plan || flags.record !== undefined || flags.replay !== undefined;
  const inputs = flags.plan ? "" : inputsOf(study, flags);
  const done = isFresh ? undefined : recallTables(out, storeDir, inputs);
  if (done !== undefined) {
    for (const note of done.notes) say(note);
    process.stdout.write(flags.json ? done.json : done.terminal);
    say(`Everything is stored, and nothing was run. Tables, skills and manifest: ${nameOf(out)}`);
    return exitCodes.ok;
  }
  const opened = await (await import("./open-with-progress.ts")).openWithProgress(study, flags);
  try {
    for (const note of opened.session.notes) say(note);
    return flags.plan
      ? await plan(opened.session, flags)
      : await run(opened, flags, { out, storeDir, inputs });
  } finally {
    opened.progress.close();
    await opened.session.close();
  }
}

async function plan(session: Session, flags: BenchFlags): Promise<number> {
  const trials = session.context.study.gateTrials;
  const text =
    trials === undefined
      ? await (await import("./show-plan.ts")).showPlan(session, flags.json === true)
      : (await import("./gate-trials.ts")).planGateTrials(session, trials);
  process.stdout.write(text);
  return exitCodes.ok;
}

async function run(
  { progress, spending, session }: Opened,
  flags: BenchFlags,
  at: { readonly out: string; readonly storeDir: string; readonly inputs: string },
): Promise<number> {
  const { context, runner, store } = session;
  const { out, storeDir, inputs } = at;
  const isJson = flags.json === true;
  makeResultDir(out, "--out");
  makeResultDir(storeDir, "--store");
  return untilStopped(session.controller, say, async () => {
    await session.checkModels();
    const trials = context.study.gateTrials;
    if (trials !== undefined) {
      const { gateTrials } = await import("./gate-trials.ts");
      const text = await gateTrials(out, session, trials, progress.stage, isJson);
      progress.close();
      process.stdout.write(text);
      say(`Rates: ${nameOf(out)}`);
      return;
    }
    const { runStudy } = await import("../../harness/study/execute.ts");
    const { tableInputOf } = await import("../../harness/study/table-facts.ts");
    const cells = await runStudy(context, runner, progress.stage);
    progress.close();
    const input = tableInputOf(context, runner, cells, session.costOf);
    const { writeRun } = await import("./write-run.ts");
    const finished = { cells, input, spent: spending.byStage() };
    const shown = await writeRun(out, session, finished, isJson ? "json" : "terminal");
    process.stdout.write(shown.text);
    const evolutions = new Set(cells.flatMap(({ resolved }) => resolved.evolution ?? []));
    const { gateLines } = await import("./gate-rates.ts");
    for (const line of gateLines([...evolutions].map(({ account }) => account))) say(line);
    if (store.damaged() > 0)
      say(
        `${store.damaged()} torn or damaged lines of the store were passed over; their units ran again.`,
      );
    const isWhole = input.arms.every((arm) =>
      arm.observations.every(({ score }) => score !== undefined),
    );
    if (isWhole)
      rememberFinished(out, storeDir, { inputs, notes: session.notes, files: shown.files });
    say(`Tables, skills and manifest: ${nameOf(out)}`);
  });
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
