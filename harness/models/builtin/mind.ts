import type { ModelRequest, Rng, ToolCall } from "../../contracts.ts";

/** The sizes of the embedded model. */
export type Size = "small" | "large";

/** What the embedded model is made of when it answers one call. */
export interface Mind {
  readonly size: Size;
  /** Habits of all subjects that it has without reading a skill. */
  readonly knows: ReadonlySet<string>;
  /** Seeded with the request's seed and its first messages: the same conversation, the same draws. */
  readonly rng: Rng;
}

/** What a role says in one turn. */
export interface RoleTurn {
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

/** One of the parts the embedded model can play, recognised by the first line of the system prompt. */
export type Role = (request: ModelRequest, mind: Mind) => RoleTurn | Promise<RoleTurn>;
