import path from "node:path";
import { type GateTrials, runGateTrials } from "../../harness/study/gate-trials.ts";
import { percent, RATE_FILE } from "./gate-rates.ts";
import { renderGrid } from "./grid.ts";
import { replaceFile } from "./places.ts";
import type { Session } from "./session.ts";

/**
 * Runs a study with `gateTrials`: writes `rate.json` and `table.md`.
 *
 * @returns what goes to standard output.
 */
export async function gateTrials(
  out: string,
  session: Session,
  trials: number,
  json: boolean,
): Promise<string> {
  const { context, runner, progress } = session;
  const rows = await runGateTrials(context, runner, trials, (name) =>
    progress.stage(name, undefined),
  );
  const select = context.splits.find(({ name }) => name === "select");
  const { study, data, domain } = context;
  const result = {
    study: study.study,
    domain: domain.name,
    data: { name: data.name, real: data.real, digest: data.digest },
    split: { from: select?.from, tasks: select?.tasks.length },
    rows,
  };
  const text = `${JSON.stringify(result, null, 2)}\n`;
  const about = `How often the gate accepts a skill against itself: ${data.name}${data.real ? "" : " (the shipped sample)"}, ${select?.tasks.length} tasks of ${select?.from}.`;
  replaceFile(path.join(out, RATE_FILE), text);
  replaceFile(path.join(out, "table.md"), `${about}\n\n${markdown(rows)}`);
  return json ? text : `${about}\n${renderGrid(header, rows.map(cells))}\n`;
}

/** What an A/A study would run at most: every trial's first runs, and repeats of every task. */
export function planGateTrials({ context }: Session, trials: number): string {
  const { study, splits } = context;
  const tasks = splits.find(({ name }) => name === "select")?.tasks.length ?? 0;
  const gates = study.conditions.length * study.users.length * trials;
  const first = gates * tasks * 2;
  const { gateRepeats } = context.presetOf(null);
  return `${gates} gates: ${first} first rollouts, and ${2 * gateRepeats} more for each task whose outcome differs (up to ${first * gateRepeats}). Nothing was run.\n`;
}

const header = [
  ...["agent", "skill", "tasks", "repeats", "z", "trials", "accepted"],
  ...["false-accept rate (95%)", "flips", "rollouts", "ungraded"],
];

function cells(row: GateTrials): string[] {
  const [low, high] = row.ci95.map(percent);
  return [
    `${row.agent.id}: ${row.agent.label}`,
    row.condition,
    ...[row.tasks, row.repeats, row.threshold, row.trials, row.accepted].map(String),
    `${percent(row.rate)}% [${low}, ${high}]`,
    row.flips.toFixed(1),
    row.rollouts.toFixed(0),
    String(row.ungraded),
  ];
}

function markdown(rows: readonly GateTrials[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  const rule = header.map((_, i) => (i < 2 ? "---" : "---:"));
  return `${[header, rule, ...rows.map(cells)].map(line).join("\n")}\n`;
}
