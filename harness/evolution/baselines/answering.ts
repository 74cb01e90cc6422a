import type { Clock, Model } from "../../contracts/index.ts";
import type { Answering } from "../unit.ts";

/** Who plays a role of a baseline: the model that `roles` names for it, otherwise the author. */
export function answeringBy(
  role: string,
  request: {
    readonly author: Model;
    readonly roles?: ReadonlyMap<string, Model>;
    readonly seed: number;
  },
  clock: Clock,
): Answering {
  const named = (name: string) => request.roles?.get(name) ?? request.author;
  return { model: named(role), repair: named("repair"), seed: request.seed, clock };
}
