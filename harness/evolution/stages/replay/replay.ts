import type { Domain, DomainOptions, Row, Skill, Task } from "../../../contracts/index.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import { countBy } from "../../fault.ts";
import type { PatchOrigin } from "../../record/provenance.ts";
import { sideOf } from "../../trajectory.ts";
import type { Rollout } from "../analyse/analyse.ts";
import { neighbourhood } from "./neighbours.ts";

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
 * and the nearest tasks of the opposite outcome.
 *
 * A proven fix of one trajectory may still be no good as advice: the agent may not follow it, or follow it where
 * it does harm. An episode that infrastructure broke says nothing against a patch, which then goes on
 * with just enough credit.
 *
 * @param neighbours tasks of the opposite outcome a patch; 0 switches the part off.
 * @param rollout at the seed of the first rollouts, so that only the skill differs.
 */
export async function replay(
  origins: readonly PatchOrigin[],
  rollouts: readonly Rollout[],
  request: {
    readonly domain: Domain;
    readonly options: DomainOptions;
    readonly parent: Skill;
    readonly neighbours: number;
  },
  rollout: (task: Task, skill: Skill) => Promise<Row>,
): Promise<Replayed> {
  const { domain, options, parent, neighbours } = request;
  if (neighbours === 0) return { admitted: origins, keptOut: [], credits: new Map(), rows: [] };
  const byTask = new Map(rollouts.map((one) => [one.task.id, one] as const));
  const near = neighbourhood(
    new Map(rollouts.map(({ task }) => [task.id, domain.prompt(task, options)])),
  );
  const opposite = (side: "failure" | "success") =>
    rollouts.filter(({ row }) => sideOf(row) === side).map(({ task }) => task.id);
  const others = { failure: opposite("success"), success: opposite("failure") };

  const tried = await Promise.all(
    origins.map(async (origin) => {
      const source = byTask.get(origin.task);
      const side = source ? sideOf(source.row) : "errored";
      const skill = applyEdits(parent, origin.patch.edits).skill;
      const patch = origin.patch.id;
      if (source === undefined || side === "errored" || skill.digest === parent.digest) {
        const because = skill.digest === parent.digest ? "does not apply" : "not graded";
        return { origin, credit: creditOf(patch, because, []), rows: [] };
      }
      const beside = near(origin.task, others[side], neighbours);
      const [own, ...rest] = await Promise.all(
        [origin.task, ...beside].flatMap((id) => {
          const one = byTask.get(id);
          return one ? [rollout(one.task, skill)] : [];
        }),
      );
      const change = own === undefined ? undefined : transition(source.row, own);
      const around = rest.map((row, i) => {
        const before = byTask.get(beside[i] ?? "");
        return before === undefined ? undefined : transition(before.row, row);
      });
      const rows = own === undefined ? rest : [own, ...rest];
      return { origin, credit: creditOf(patch, change ?? "not graded", around), rows };
    }),
  );
  return {
    admitted: tried.filter(({ credit }) => isEnough(credit)).map(({ origin }) => origin),
    keptOut: tried.filter(({ credit }) => !isEnough(credit)),
    credits: new Map(tried.map(({ credit }) => [credit.patch, credit] as const)),
    rows: tried.flatMap(({ rows }) => rows),
  };
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

/** What the part did, for the account. */
export interface ReplayAccount {
  readonly tried: number;
  readonly admitted: number;
  /** Patches that stay out of the merge, by what decided their points. */
  readonly keptOut: Readonly<Record<string, number>>;
  /** Patches by points. */
  readonly points: Readonly<Record<string, number>>;
  /** Patches that break a neighbour, and that repair one. */
  readonly breaking: number;
  readonly repairing: number;
}

/** Counts the credits; undefined when the part was off. */
export function replayAccount(replayed: Replayed): ReplayAccount | undefined {
  const credits = [...replayed.credits.values()];
  if (replayed.rows.length === 0 && credits.length === 0) return undefined;
  return {
    tried: credits.length,
    admitted: replayed.admitted.length,
    keptOut: countBy(replayed.keptOut, ({ credit }) => credit.because),
    points: countBy(credits, ({ points }) => String(points)),
    breaking: credits.filter(({ because }) => because === "breaks a neighbour").length,
    repairing: credits.filter(({ repairs }) => repairs > 0).length,
  };
}
