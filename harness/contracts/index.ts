/**
 * The nouns of the harness, as types: the table of contents. A domain needs only this folder and
 * `errors.ts`.
 */
export type * from "./domain.ts";
export type * from "./effects.ts";
export type * from "./episode.ts";
export type * from "./json.ts";
export type * from "./model.ts";
export type * from "./rule-agent.ts";
export type * from "./sandbox.ts";
export type * from "./skill.ts";
export type * from "./unit.ts";
