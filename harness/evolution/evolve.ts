import { seededRng } from "../rng.ts";
import {
  type Evolution,
  type EvolutionDeps,
  type EvolutionRequest,
  type RoundContext,
  rollout,
} from "./evolution.ts";
import { type EvolvedRound, recordOf } from "./record/record.ts";
import { evolveInRounds } from "./rounds.ts";
import { analyse } from "./stages/analyse/analyse.ts";
import { contrast } from "./stages/analyse/contrast.ts";
import { apply } from "./stages/apply/apply.ts";
import { chooseCandidate } from "./stages/apply/choose.ts";
import { gate } from "./stages/gate/gate.ts";
import { merge } from "./stages/merge/merge.ts";
import { propose } from "./stages/propose/propose.ts";
import { replay } from "./stages/replay/replay.ts";

/**
 * Evolves a skill from an agent's trajectories (paper, section 2). Every model call is made in a unit of
 * `runner`; the result depends on the request alone, whatever the order in which units finish.
 *
 * @throws when the account does not add up or a line does not resolve, which is our bug.
 */
export function evolve(request: EvolutionRequest, deps: EvolutionDeps): Promise<Evolution> {
  return evolveInRounds(request, deps, evolveOnce);
}

/** One round: every stage in order. */
async function evolveOnce(context: RoundContext): Promise<EvolvedRound> {
  const rollouts = await rollout(context);
  const analysed = await analyse(rollouts, context);
  const contrasted = await contrast(rollouts, context);
  const analyses = [...analysed.analyses, ...contrasted.analyses];
  const proposed = await propose(analyses, context);
  const replayed = await replay(proposed.origins, rollouts, context);
  const candidates = await Promise.all(
    mergeContexts(context).map(async (draw) => {
      const merged = await merge(replayed, draw);
      return apply(merged, replayed, draw);
    }),
  );
  const choice = await chooseCandidate(candidates, context);
  const made = { rollouts, analysed, contrasted, proposed, replayed, choice };
  return gate(recordOf(made, context), context);
}

/** A merge is a draw: each further one has an order and a seed of its own. */
function mergeContexts(context: RoundContext) {
  const rng = seededRng(`evolve ${context.seed}`);
  return Array.from({ length: context.preset.mergeSeeds }, (_, i) => ({
    ...context,
    rng: i === 0 ? rng : rng.fork(`merge ${i + 1}`),
    by: (role: Parameters<RoundContext["by"]>[0]) => {
      const plain = context.by(role);
      return { ...plain, seed: plain.seed + i };
    },
  }));
}
