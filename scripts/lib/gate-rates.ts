import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError, messageOf } from "../../harness/errors.ts";
import type { Account } from "../../harness/evolution/record/account.ts";
import type { GateDecision } from "../../harness/evolution/stages/gate/arms.ts";
import { defaultRuns, root, shown } from "./places.ts";

/** The file that an A/A study leaves, in a directory of `results/` or of `results/runs/`. */
export const RATE_FILE = "rate.json";

const rateFileSchema = z.looseObject({
  domain: z.string(),
  data: z.looseObject({ name: z.string() }),
  rows: z.array(
    z.looseObject({
      agent: z.looseObject({ digest: z.string(), label: z.string(), id: z.string() }),
      tasks: z.int(),
      repeats: z.int(),
      threshold: z.number(),
      trials: z.int().positive(),
      rate: z.number(),
      ci95: z.tuple([z.number(), z.number()]),
    }),
  ),
});

type Rate = z.infer<typeof rateFileSchema>["rows"][number] & {
  readonly domain: string;
  /** Name of the data set it was measured on, which need not be the one of the gate it is said of. */
  readonly data: string;
};

/** Every rate that was measured, those of this machine's own runs first. */
function measuredRates(): readonly Rate[] {
  return [defaultRuns, path.join(root, "results")]
    .filter((dir) => existsSync(dir))
    .flatMap((dir) =>
      readdirSync(dir)
        .sort()
        .map((name) => path.join(dir, name, RATE_FILE)),
    )
    .filter((file) => existsSync(file))
    .flatMap(readRates);
}

function readRates(file: string): Rate[] {
  try {
    const { domain, data, rows } = rateFileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return rows.map((row) => ({ ...row, domain, data: data.name }));
  } catch (cause) {
    throw new InputError({
      where: shown(file),
      problem: `not what an A/A study writes: ${messageOf(cause).split("\n")[0] ?? ""}`,
      fix: "Delete it, or write it again with npm run bench -- configs/aa.yaml.",
      cause,
    });
  }
}

/** What is known of how often a gate like this one accepts a skill that is no better. */
export function falseAcceptText(
  { domain, model, tasks, repeats, threshold }: GateDecision,
  rates: readonly Rate[],
): string {
  const found = rates.find(
    (rate) =>
      rate.domain === domain &&
      rate.agent.digest === model.digest &&
      rate.tasks === tasks &&
      rate.repeats === repeats &&
      rate.threshold === threshold,
  );
  if (found === undefined)
    return `False-accept rate on identical skills: not measured for ${model.id} on ${tasks} tasks; run configs/aa.yaml.`;
  const [low, high] = found.ci95.map(percent);
  return `Measured false-accept rate on identical skills: ${percent(found.rate)}% [${low}, ${high}] of ${found.trials} (${model.id}, ${model.label}; ${tasks} tasks of ${found.data}).`;
}

/** What the gates of a study's evolutions decided, and how far that can be believed: one line each, none without a gate. */
export function gateLines(accounts: readonly Account[]): string[] {
  const decisions = accounts.flatMap((account) =>
    (account.rounds ?? [account]).flatMap(({ gate }) => (gate ? [gate] : [])),
  );
  if (decisions.length === 0) return [];
  const accepted = decisions.filter((decision) => decision.accepted);
  const rates = measuredRates();
  return [
    `Gate: ${accepted.length} of ${decisions.length} candidates accepted on the select split; a skill whose candidate was rejected is its parent.`,
    ...new Set(accepted.map((decision) => falseAcceptText(decision, rates))),
  ];
}

/** A proportion in percent, with one digit after the point. */
export function percent(proportion: number): string {
  return (100 * proportion).toFixed(1);
}
