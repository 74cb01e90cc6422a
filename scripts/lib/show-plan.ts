import { points } from "../../harness/report/numbers.ts";
import { planStudy } from "../../harness/study/plan.ts";
import { renderGrid } from "./grid.ts";
import { usd } from "./progress.ts";
import type { Session } from "./session.ts";

/** The plan of a study as text, or as one JSON object. */
export async function showPlan(session: Session, json: boolean): Promise<string> {
  const { context, store, priceOf } = session;
  const plan = await planStudy(context, store, priceOf);
  const sum = (field: "units" | "stored" | "toRun" | "calls" | "inputTokens" | "outputTokens") =>
    plan.lines.reduce((total, line) => total + line[field], 0);
  const costs = plan.lines.map(({ costUsd }) => costUsd);
  const total = {
    ...{ units: sum("units"), stored: sum("stored"), toRun: sum("toRun"), calls: sum("calls") },
    ...{ inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") },
    costUsd: costs.includes(null) ? null : costs.reduce((a: number, b) => a + (b ?? 0), 0),
  };
  if (json) {
    const { study, data } = context;
    const about = {
      study: study.study,
      data: { name: data.name, real: data.real, digest: data.digest },
    };
    return `${JSON.stringify({ ...about, ...plan, total }, null, 2)}\n`;
  }
  const cost = (amount: number | null) => (amount === null ? "unknown" : usd(amount));
  const rows = [
    ...plan.lines,
    { stage: "total", bound: plan.lines.some(({ bound }) => bound), ...total },
  ];
  const grid = renderGrid(
    ["stage", "units", "stored", "to run", "model calls", "input tokens", "output tokens", "cost"],
    rows.map((line) => [
      line.stage,
      `${line.bound ? "up to " : ""}${line.units}`,
      String(line.stored),
      `${line.bound ? "up to " : ""}${line.toRun}`,
      String(line.calls),
      String(line.inputTokens),
      String(line.outputTokens),
      cost(line.costUsd),
    ]),
  );
  const power = plan.power.map(
    ({ split, tasks, groups, tests, minimumDetectableEffect, corrected, chances }) =>
      `${split}: ${tasks} tasks in ${groups} groups find a true difference of ${points(minimumDetectableEffect)} points with 80% power, or of ${points(corrected)} points where it is corrected for all ${tests} comparisons; one of ${chances.map(({ effect }) => points(effect)).join(", ")} points with ${chances.map((chance) => `${Math.round(chance.power * 100)}%`).join(", ")} (assuming that arms differ on a fifth of the episodes).`,
  );
  return `${[grid, ...power, plan.basis, "Nothing was run."].join("\n")}\n`;
}
