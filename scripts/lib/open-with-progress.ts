import type { Row } from "../../harness/contracts.ts";
import { createSpending, type Spending } from "../../harness/study/spending.ts";
import { systemClock } from "./clock.ts";
import { createProgress, type Progress } from "./progress.ts";
import { openSession, type Session, type SessionFlags } from "./session.ts";

/** Opens a study whose units are shown on standard error as they go. */
export async function openWithProgress(
  config: string,
  flags: SessionFlags,
): Promise<{
  readonly progress: Progress;
  readonly spending: Spending;
  readonly session: Session;
}> {
  let costOf: (row: Row) => number | undefined = () => undefined;
  const output = {
    terminal: process.stderr.isTTY === true,
    write: (text: string) => void process.stderr.write(text),
  };
  const progress = createProgress(output, systemClock, (row) => costOf(row));
  const spending = createSpending((row) => costOf(row));
  const session = await openSession(config, flags, {
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
