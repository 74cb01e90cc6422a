import type { Row } from "../../../contracts/index.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import type { Rollout, RoundContext } from "../../evolution.ts";
import type { PatchOrigin } from "../../record/provenance.ts";
import { sideOf } from "../../sides.ts";
import { neighbourhood } from "./bm25.ts";

/** Credit from which a patch goes into the merge. */
const ENOUGH_CREDIT = 2;

/** Points of what a patch did to its own task (SkillCAT, arXiv:2606.13317). */
const POINTS = {
  "fail to pass": 3,
  "pass to pass": 2,
  "fail to fail": 1,
  "pass to fail": 0,
} as const;

/** What a task did under the parent, and then under the parent with one patch. */
export type Transition = keyof typeof POINTS;

/** What a patch was worth when it was tried alone. */
export interface Credit {
  /** Id of the patch. */
  readonly patch: string;
  /** 0 to 3; a neighbour that it breaks leaves it 1 at most. */
  readonly points: number;
  /** Neighbours that fail without it and pass with it: they decide between equal points. */
  readonly repairs: number;
  /** What decided the points. */
  readonly because: Transition | "breaks a neighbour" | "does not apply" | "not graded";
}

/** Patches that were tried alone before any merge. */
export interface Replayed {
  /** Patches with enough credit, in the order given. */
  readonly admitted: readonly PatchOrigin[];
  readonly keptOut: readonly { readonly origin: PatchOrigin; readonly credit: Credit }[];
  /** One a patch; none when the part is off. */
  readonly credits: ReadonlyMap<string, Credit>;
  readonly rows: readonly Row[];
}

/**
 * Tries every patch alone before the merge: the parent with that patch runs the patch's own task again,
 * and the nearest tasks of the opposite outcome, as many as the preset's `replay` says; 0 tries none.
 *
 * Draws are those of the first rollouts, so only the skill differs. A broken episode says nothing.
 */
export async function replay(
  origins: readonly PatchOrigin[],
  rollouts: readonly Rollout[],
  context: RoundContext,
): Promise<Replayed> {
  if (context.preset.replay === 0)
    return { admitted: origins, keptOut: [], credits: new Map(), rows: [] };
  const neighbourhoods = neighbourhoodsOf(rollouts, context);
  const tried = await Promise.all(
    origins.map((origin) => tryAlone(origin, neighbourhoods, context)),
  );
  return {
    admitted: tried.filter(({ credit }) => isEnough(credit)).map(({ origin }) => origin),
    keptOut: tried.filter(({ credit }) => !isEnough(credit)),
    credits: new Map(tried.map(({ credit }) => [credit.patch, credit] as const)),
    rows: tried.flatMap(({ rows }) => rows),
  };
}

/** The rollouts, and for one of them the nearest ones of the opposite outcome. */
interface Neighbourhoods {
  readonly rolloutOf: (task: string) => Rollout | undefined;
  readonly oppositesOf: (rollout: Rollout) => readonly Rollout[];
}

function neighbourhoodsOf(
  rollouts: readonly Rollout[],
  { domain, options, preset }: RoundContext,
): Neighbourhoods {
  const byTask = new Map(rollouts.map((one) => [one.task.id, one] as const));
  const near = neighbourhood(
    new Map(rollouts.map(({ task }) => [task.id, domain.prompt(task, options)])),
  );
  return {
    rolloutOf: (task) => byTask.get(task),
    oppositesOf: ({ task, row }) => {
      const opposite = sideOf(row) === "failure" ? "success" : "failure";
      const ids = rollouts.filter((one) => sideOf(one.row) === opposite).map((one) => one.task.id);
      return near(task.id, ids, preset.replay).flatMap((id) => byTask.get(id) ?? []);
    },
  };
}

async function tryAlone(
  origin: PatchOrigin,
  { rolloutOf, oppositesOf }: Neighbourhoods,
  { parent, seed, repeat, deps }: RoundContext,
): Promise<{ origin: PatchOrigin; credit: Credit; rows: readonly Row[] }> {
  const { id: patch, edits } = origin.patch;
  const skill = applyEdits(parent, edits).skill;
  const source = rolloutOf(origin.task);
  if (skill.digest === parent.digest)
    return { origin, credit: creditOf(patch, "does not apply", []), rows: [] };
  if (source === undefined || sideOf(source.row) === "errored")
    return { origin, credit: creditOf(patch, "not graded", []), rows: [] };
  const tried = await Promise.all(
    [source, ...oppositesOf(source)].map(async ({ task, row }) => {
      const again = await deps.rollout(task, skill, seed, repeat);
      return { again, change: transition(row, again) };
    }),
  );
  const [own, ...around] = tried.map(({ change }) => change);
  const credit = creditOf(patch, own ?? "not graded", around);
  return { origin, credit, rows: tried.map(({ again }) => again) };
}

function isEnough({ points }: Credit): boolean {
  return points >= ENOUGH_CREDIT;
}

/** Points of a patch from what it did to its own task and to the neighbours. */
export function creditOf(
  patch: string,
  own: Transition | "does not apply" | "not graded",
  neighbours: readonly (Transition | undefined)[],
): Credit {
  const repairs = neighbours.filter((change) => change === "fail to pass").length;
  if (own === "does not apply") return { patch, points: 0, repairs, because: own };
  const points = own === "not graded" ? ENOUGH_CREDIT : POINTS[own];
  const breaks = neighbours.includes("pass to fail");
  if (breaks && points > 1) return { patch, points: 1, repairs, because: "breaks a neighbour" };
  return { patch, points, repairs, because: own };
}

/** Undefined where one of the two episodes was not graded. */
function transition(before: Row, after: Row): Transition | undefined {
  const [from, to] = [sideOf(before), sideOf(after)];
  if (from === "errored" || to === "errored") return undefined;
  return `${from === "success" ? "pass" : "fail"} to ${to === "success" ? "pass" : "fail"}`;
}

/** Patches of more credit first, those that repair more neighbours before others of the same; otherwise as they stand. */
export function byCredit<Item extends { readonly id: string }>(
  patches: readonly Item[],
  credits: ReadonlyMap<string, Credit>,
): Item[] {
  const worth = ({ id }: Item) => worthOf(credits.get(id));
  return [...patches].sort((a, b) => worth(b) - worth(a));
}

/** The best credit of the patches that proposed some edits; 0 where none was replayed. */
export function creditBehind(leaves: readonly string[], replayed: Replayed): number {
  const behind = replayed.admitted.filter(({ patch }) =>
    patch.edits.some(({ id }) => leaves.includes(id)),
  );
  return Math.max(0, ...behind.map(({ patch }) => worthOf(replayed.credits.get(patch.id))));
}

/** Points, and among equal points the repaired neighbours. */
function worthOf(credit: Credit | undefined): number {
  return credit === undefined ? 0 : credit.points + credit.repairs / 1000;
}
