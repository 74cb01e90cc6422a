import type { ModelRequest, Rng, RoleTurn, Size } from "../../contracts/index.ts";

export type { RoleTurn, Size } from "../../contracts/index.ts";

/** What the embedded model is made of when it answers one call. */
export interface Mind {
  readonly size: Size;
  /** Habits of all subjects that it has without reading a skill. */
  readonly knows: ReadonlySet<string>;
  /** Seeded with the request's seed and its first messages: the same conversation, the same draws. */
  readonly rng: Rng;
}

/** One of the parts the embedded model can play, recognised by the first line of the system prompt. */
export type Role = (request: ModelRequest, mind: Mind) => RoleTurn | Promise<RoleTurn>;
