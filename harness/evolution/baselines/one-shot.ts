import type { Skill } from "../../contracts/index.ts";
import { seededRng } from "../../rng.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { type Provenance, RULE_LENGTH } from "../../skills/provenance.ts";
import type { EvolutionDeps } from "../evolution-deps.ts";
import type { Evolution, EvolutionRequest } from "../evolve.ts";
import { assertAccount } from "../record/account.ts";
import { readTrajectory } from "../trajectory.ts";
import { answeringBy } from "./answering.ts";
import { bodyLines, type Fallback, oneShotAccount, tasksOf } from "./one-shot-account.ts";
import { type OneShotResult, oneShotUnit, type SampledTrajectory } from "./one-shot-unit.ts";
import { rewritten } from "./read-body.ts";
import { rolloutsOf } from "./rollouts.ts";
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
 * No analyst, no patch, no merge; name and description are kept by code. A body that breaks a rule
 * of skills is sent back once; if it still does, or cannot be read, S0 is kept and the reason stands
 * in `withheld` and in the account. Of the preset nothing is used.
 *
 * Every line of the new body resolves to all trajectories of the sample, since one call wrote it from
 * all of them.
 *
 * @throws when the account does not add up, which is our bug.
 */
export async function oneShot(request: OneShotRequest, deps: EvolutionDeps): Promise<Evolution> {
  const { parent, seed } = request;
  const limits = { ...sampleLimits, ...request.sample };
  const rollouts = await rolloutsOf(request, deps);
  const rng = seededRng(`one-shot ${seed}`);
  const sample = await Promise.all(
    sampleOf(rollouts, request.analysts, limits.trajectories, rng).map(
      async ({ task, row, side }): Promise<SampledTrajectory> => ({
        trajectory: await readTrajectory(task, row, deps.runner),
        side,
      }),
    ),
  );
  const by = answeringBy("one-shot", request, deps.clock);
  const row =
    sample.length === 0
      ? undefined
      : await deps.runner.run(oneShotUnit(sample, parent, limits.characters, by));
  const result = row?.result as unknown as OneShotResult | undefined;
  const written =
    result?.end === "written" && result.body !== null ? rewritten(parent, result.body) : undefined;
  const skill = written ?? parent;
  const fallback: Fallback | undefined =
    result === undefined
      ? "no-trajectories"
      : result.end !== "written"
        ? result.end
        : skill.digest === parent.digest
          ? "same-body"
          : undefined;

  const account = oneShotAccount({ rollouts, sample, row, result, fallback, skill, parent });
  assertAccount(account);
  return {
    skill,
    parent,
    account,
    provenance: provenanceOf(skill, parent, sample, fallback === undefined),
    levels: [],
    withheld:
      fallback === undefined || fallback === "same-body"
        ? []
        : [
            {
              edit: EDIT,
              reason: fallback,
              detail:
                (result?.problems ?? []).map(({ problem }) => problem).join("; ") ||
                "There was no trajectory to learn from.",
              content: result?.body ?? "",
            },
          ],
    changelog:
      fallback === undefined
        ? [`rewrite SKILL.md (${tasksOf(sample).length} tasks): ${firstLine(result?.body ?? "")}`]
        : [],
  };
}

function firstLine(body: string): string {
  return body.split("\n")[0] ?? "";
}

function provenanceOf(
  skill: Skill,
  parent: Skill,
  sample: readonly SampledTrajectory[],
  isWritten: boolean,
): Provenance {
  const digests = { skill: skill.digest, parent: parent.digest };
  if (!isWritten) return { ...digests, lines: [], edits: [] };
  const body = splitFrontMatter(skill.files.get("SKILL.md") ?? "").body.trim();
  return {
    ...digests,
    lines: bodyLines(skill).map((line) => ({ file: "SKILL.md", line, edit: EDIT })),
    edits: [
      {
        id: EDIT,
        rule: body.slice(0, RULE_LENGTH),
        tasks: tasksOf(sample),
        patches: sample.map(({ trajectory }) => ({
          id: "one-shot",
          task: trajectory.task.id,
          row: trajectory.row,
          steps: trajectory.steps.map(({ number }) => number),
        })),
      },
    ],
  };
}
