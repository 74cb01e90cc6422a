import type { ModelRequest, Rng, RoleTurn, Size, Subject } from "../../contracts/index.ts";

/** What the agent knows how to work on; the first one stands in where none recognises a text. */
export type Subjects = readonly [Subject, ...Subject[]];

/** What the rule-based agent is made of when it answers one call. */
export interface Mind {
  readonly size: Size;
  readonly subjects: Subjects;
  /** Habits of all subjects that it has without reading a skill. */
  readonly knows: ReadonlySet<string>;
  /** Seeded with the request's seed and its first messages: the same conversation, the same draws. */
  readonly rng: Rng;
}

/** One of the parts that the agent can play, recognised by the first line of the system prompt. */
export type Role = (request: ModelRequest, mind: Mind) => RoleTurn | Promise<RoleTurn>;

/** What a size knows of all subjects. */
export function allKnown(size: Size, subjects: Subjects): ReadonlySet<string> {
  return new Set(subjects.flatMap(({ knows }) => knows[size]));
}

/** What a mind knows of one subject. */
export function knownOf({ knows }: Mind, { habits }: Subject): ReadonlySet<string> {
  return new Set([...knows].filter((habit) => habits.has(habit)));
}
