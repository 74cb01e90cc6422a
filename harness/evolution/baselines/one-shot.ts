import { seededRng } from "../../rng.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import {
  type Evolution,
  type EvolutionDeps,
  type EvolutionRequest,
  rollout,
  roundContext,
} from "../evolution.ts";
import { assertAccount } from "../record/account.ts";
import { unchanged } from "../record/over-rounds.ts";
import { provenanceFrom } from "../record/provenance.ts";
import { withheldEdit } from "../record/record.ts";
import { readTrajectory } from "../trajectory.ts";
import { runUnit } from "../unit.ts";
import { rewritten } from "./body.ts";
import {
  bodyLines,
  type OneShotFallback,
  type OneShotRun,
  oneShotAccount,
  sampledTasks,
} from "./one-shot-account.ts";
import { type OneShotResult, oneShotUnit } from "./one-shot-unit.ts";
import { type SampleLimits, sampleLimits, sampleOf } from "./sample.ts";

/** A request of an evolution, with what a one-shot call gets to see. */
export interface OneShotRequest extends EvolutionRequest {
  /** @default sampleLimits */
  readonly sample?: Partial<SampleLimits>;
}

/** Id of the one edit that a one-shot evolution makes: the whole body. */
const EDIT = "one-shot.e1";

/**
 * The one-shot baseline: one call sees a seeded sample of trajectories and S0, and writes the body anew.
 *
 * A body that breaks a rule of skills is sent back once; if it still does, or cannot be read, S0 is kept
 * and `withheld` says why. Every line resolves to the whole sample. Of the preset nothing is used.
 *
 * @throws when the account does not add up, which is our bug.
 */
export async function oneShot(request: OneShotRequest, deps: EvolutionDeps): Promise<Evolution> {
  const context = roundContext(request, deps);
  const { parent, seed } = request;
  const limits = { ...sampleLimits, ...request.sample };
  const rollouts = await rollout(context);
  const rng = seededRng(`one-shot ${seed}`);
  const sample = await Promise.all(
    sampleOf(rollouts, request.analysts, limits.trajectories, rng).map(
      async ({ task, row, side }) => ({
        trajectory: await readTrajectory(task, row, deps.runner),
        side,
      }),
    ),
  );
  const unit = () => oneShotUnit(sample, parent, limits.characters, context.by("one-shot"));
  const { row, result } =
    sample.length === 0
      ? { row: undefined, result: undefined }
      : await runUnit(deps.runner, unit());
  const isWritten = result?.end === "written" && result.body !== null;
  const skill = isWritten ? rewritten(parent, result.body) : parent;
  const fallback = fallbackOf(result, skill.digest === parent.digest);
  const run = { rollouts, sample, row, result, fallback, skill, parent };
  const account = oneShotAccount(run);
  assertAccount(account);
  return { skill, parent, account, levels: [], ...recordOfBody(run) };
}

function fallbackOf(
  result: OneShotResult | undefined,
  isSame: boolean,
): OneShotFallback | undefined {
  if (result === undefined) return "no-trajectories";
  if (result.end !== "written") return result.end;
  return isSame ? "same-body" : undefined;
}

/** Where the body came from, or why there is none. */
function recordOfBody({
  sample,
  result,
  fallback,
  skill,
  parent,
}: OneShotRun): Pick<Evolution, "provenance" | "withheld" | "changelog"> {
  const content = result?.body ?? "";
  if (fallback !== undefined) {
    const problems = (result?.problems ?? []).map(({ problem }) => problem).join("; ");
    const detail = problems || "There was no trajectory to learn from.";
    const edit = withheldEdit({ id: EDIT, content }, fallback, detail);
    const withheld = fallback === "same-body" ? [] : [edit];
    return { provenance: unchanged(parent).provenance, withheld, changelog: [] };
  }
  const tasks = sampledTasks(sample);
  const body = splitFrontMatter(skill.files.get("SKILL.md") ?? "").body.trim();
  const behind = sample.map(({ trajectory: { task, row, steps } }) => {
    return { id: "one-shot", task: task.id, row, steps: steps.map(({ number }) => number) };
  });
  const lines = bodyLines(skill).map((line) => ({ file: "SKILL.md", line, edit: EDIT }));
  const edit = { id: EDIT, file: "SKILL.md", op: "create", tasks, sources: [EDIT] } as const;
  return {
    provenance: provenanceFrom({ skill, parent }, lines, [
      { edit: { ...edit, content: body }, behind },
    ]),
    withheld: [],
    changelog: [`rewrite SKILL.md (${tasks.length} tasks): ${content.split("\n")[0] ?? ""}`],
  };
}
