import type { Row } from "../../harness/contracts/index.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import { createSpending, type Spending } from "../../harness/study/spending.ts";
import { systemClock } from "./clock.ts";
import { createProgress, type Progress } from "./progress.ts";
import { openSession, type Session, type SessionFlags } from "./session.ts";

/** Opens a study whose units are shown on standard error as they go. */
export async function openWithProgress(
  study: Study,
  flags: SessionFlags,
): Promise<{
  readonly progress: Progress;
  readonly spending: Spending;
  readonly session: Session;
}> {
  let costOf: (row: Row) => number | undefined = () => undefined;
  const output = {
    terminal: process.stderr.isTTY === true,
    columns: () => process.stderr.columns || Infinity,
    write: (text: string) => void process.stderr.write(text),
  };
  const progress = createProgress(output, systemClock, (row) => costOf(row));
  const spending = createSpending((row) => costOf(row));
  const session = await openSession(study, flags, {
    onStored(row) {
      spending.onStored?.(row);
      progress.onStored?.(row);
    },
    onFinish(row) {
      spending.onFinish?.(row);
      progress.onFinish?.(row);
    },
  });
  costOf = session.costOf;
  return { progress, spending, session };
}
