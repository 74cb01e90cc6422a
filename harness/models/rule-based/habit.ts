export type { Habit, Rule } from "../../contracts/index.ts";

/** Ways of saying that something is not to be counted. */
export const drop =
  "skip|ignore|exclude|omit|drop|leave+out|disregard|discard|filter+out|not+count|never+count|not+include|never+include|set+aside";
