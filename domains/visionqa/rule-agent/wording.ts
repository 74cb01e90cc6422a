import type { HasHabit } from "../../../harness/models/rule-based/kit.ts";
import { amountsIn } from "./page-text.ts";
import type { Found } from "./places.ts";

/** Chooses what of a finding is handed in, and how it is written. */
export function worded(found: Found, on: HasHabit): string {
  const whole = found.line.join(" ");
  if (whole !== found.text && on("whole-line")) return whole;
  const isBare = found.captioned === undefined || on("without-caption");
  let answer = isBare ? found.text : (found.captioned ?? "");
  // Specks and edges of boxes are read as marks.
  answer = answer.replace(/^[^\p{L}\p{N}$(]+|[^\p{L}\p{N}).%]+$/gu, "");
  const [, corrected] = /^\S+ corr\W* (\S+)$/.exec(answer) ?? [];
  if (corrected !== undefined && on("corrections")) answer = corrected;
  const [amount = ""] = amountsIn(answer);
  const isRounded = /\.\d\d$/.test(amount) && on("round-amounts");
  return isRounded ? answer.replace(amount, amount.slice(0, -3)) : answer;
}
