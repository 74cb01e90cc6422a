import type { Row, Skill } from "../../contracts.ts";
import { seededRng } from "../../rng.ts";
import { splitFrontMatter } from "../../skills/front-matter.ts";
import { type Provenance, RULE_LENGTH } from "../../skills/provenance.ts";
import { lineCount } from "../../skills/size-budget.ts";
import { type Account, assertAccount } from "../account.ts";
import type { Rollout } from "../analyse.ts";
import type { Evolution, EvolutionDeps, EvolutionRequest } from "../evolve.ts";
import { readTrajectory } from "../trajectory.ts";
import { answeringBy } from "./answering.ts";
import { linesOf, noMerge, repliesOf, spentOf, trajectoriesOf } from "./counting.ts";
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

/** Why S0 was kept; undefined where a new body was written. */
type Fallback = Exclude<OneShotResult["end"], "written"> | "same-body" | "no-trajectories";

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

  const account = accountOf({ rollouts, sample, row, result, fallback, skill, parent });
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

function tasksOf(sample: readonly SampledTrajectory[]): string[] {
  return [...new Set(sample.map(({ trajectory }) => trajectory.task.id))].sort();
}

/** Lines of SKILL.md that the body holds, from 1. */
function bodyLines(skill: Skill): number[] {
  const text = skill.files.get("SKILL.md") ?? "";
  const total = lineCount(text);
  const body = splitFrontMatter(text).body.replace(/^\n+/, "");
  const count = lineCount(body);
  return Array.from({ length: count }, (_, i) => total - count + i + 1);
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

/**
 * The account in the terms of every evolution: the sample is what was analysed, and the trajectories
 * of it share one patch with one edit, the body.
 */
function accountOf(happened: {
  readonly rollouts: readonly Rollout[];
  readonly sample: readonly SampledTrajectory[];
  readonly row: Row | undefined;
  readonly result: OneShotResult | undefined;
  readonly fallback: Fallback | undefined;
  readonly skill: Skill;
  readonly parent: Skill;
}): Account {
  const { rollouts, sample, row, result, fallback, skill, parent } = happened;
  const trajectories = trajectoriesOf(rollouts);
  const seen = sample.length;
  const isWritten = fallback === undefined;
  const isUnfit = fallback === "unfit";
  const kept = isWritten ? 1 : 0;
  const reason =
    fallback === "same-body" ? "empty-patch" : isUnfit ? "all-edits-withheld" : fallback;
  return {
    trajectories,
    analyses: {
      notAsked: trajectories.total - trajectories.errored - seen,
      asked: seen,
      explained: seen,
      dropped: {},
      memories: 0,
    },
    patches: {
      made: kept,
      without:
        reason !== undefined && seen > 0
          ? { [reason]: seen }
          : seen > 1
            ? { "in-a-shared-patch": seen - 1 }
            : {},
    },
    proposed: {
      total: kept + (isUnfit ? 1 : 0),
      withheld: isUnfit ? { [result?.problems[0]?.kind ?? "format"]: 1 } : {},
      merged: kept,
    },
    fates: { kept, demoted: 0, quarantined: 0, withheld: 0, dropped: 0, lost: 0 },
    final: {
      total: kept,
      kept,
      demoted: 0,
      quarantined: 0,
      withheld: {},
      support: isWritten ? { [String(tasksOf(sample).length)]: 1 } : {},
    },
    merge: noMerge,
    replies: { "one-shot": repliesOf(result === undefined ? [] : [result]) },
    redactions: sample.reduce((sum, { trajectory }) => sum + trajectory.redactions, 0),
    lines: linesOf(skill, parent, isWritten ? bodyLines(skill).length : 0),
    identical: skill.digest === parent.digest,
    spent: {
      rollout: spentOf(rollouts.map((rollout) => rollout.row)),
      "one-shot": spentOf(row === undefined ? [] : [row]),
    },
  };
}
