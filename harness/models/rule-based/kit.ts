/*
 * What a domain writes its part of the rule-based agent with: the one file of the agent that a
 * domain may import.
 */

export { sha256 } from "../../canonical.ts";
export { between, pick, seededRng, shuffled } from "../../rng.ts";
export { type HabitText, habitsOf } from "./habits.ts";
export { remembered } from "./memory.ts";
export { type HasHabit, noting, solve } from "./solving.ts";
export { drop } from "./teaching.ts";
export { fillTemplate, type Slots, templateReader } from "./template.ts";
export { fold, referenceItems, sameAnswer } from "./text.ts";
export { bash, because, say, shellWord, submit } from "./turns.ts";
