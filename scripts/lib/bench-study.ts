import path from "node:path";
import { runStudy, tableInputOf } from "../../harness/study/execute.ts";
import { untilStopped } from "./interrupt.ts";
import { exitCodes } from "./main.ts";
import { openWithProgress } from "./open-with-progress.ts";
import { defaultRuns, shown } from "./places.ts";
import { makeResultDir } from "./result-dir.ts";
import type { SessionFlags } from "./session.ts";

/** The flags of `npm run bench`. */
export interface BenchFlags extends SessionFlags {
  readonly out?: string;
  readonly plan?: true;
  readonly json?: true;
}

/** Runs, or plans, a study. @returns the exit code. */
export async function bench(config: string, flags: BenchFlags): Promise<number> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { progress, spending, session } = await openWithProgress(config, flags);
  const { context, runner, store } = session;
  try {
    for (const note of session.notes) say(note);
    const trials = context.study.gateTrials;
    if (flags.plan && trials !== undefined) {
      const { planGateTrials } = await import("./gate-trials.ts");
      process.stdout.write(planGateTrials(session, trials));
      return exitCodes.ok;
    }
    if (flags.plan) {
      const { showPlan } = await import("./show-plan.ts");
      process.stdout.write(await showPlan(session, flags.json === true));
      return exitCodes.ok;
    }
    const out = path.resolve(flags.out ?? path.join(defaultRuns, context.study.study));
    makeResultDir(out, "--out");
    makeResultDir(session.storeDir, "--store");
    return await untilStopped(session.controller, say, async () => {
      await session.checkModels();
      if (trials !== undefined) {
        const { gateTrials } = await import("./gate-trials.ts");
        const isJson = flags.json === true;
        const text = await gateTrials(out, session, trials, progress.stage, isJson);
        progress.close();
        process.stdout.write(text);
        say(`Rates: ${shown(out)}`);
        return;
      }
      const cells = await runStudy(context, runner, progress.stage);
      progress.close();
      const input = tableInputOf(context, runner, cells, session.costOf);
      const { writeRun } = await import("./write-run.ts");
      process.stdout.write(
        await writeRun(
          out,
          session,
          { cells, input, spent: spending.byStage() },
          flags.json ? "json" : "terminal",
        ),
      );
      if (store.damaged() > 0)
        say(
          `${store.damaged()} torn or damaged lines of the store were passed over; their units ran again.`,
        );
      say(`Tables, skills and manifest: ${shown(out)}`);
    });
  } finally {
    progress.close();
    await session.close();
  }
}
