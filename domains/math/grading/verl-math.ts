import { unboxed } from "./boxed.ts";
import { byText, type Grader } from "./grader.ts";
import { lastBox, sameNormalised } from "./hendrycks.ts";

/**
 * The reward `math_reward` of verl: Hendrycks' rules, except that `\boxed ` with a space wins over
 * every brace, and that a doubled backslash before a percent sign goes with it.
 */
export const verlMath: Grader = {
  extract: (response) => {
    const box = lastVerlBox(response);
    if (box === undefined) return undefined;
    return box.startsWith(spaced) ? box.slice(spaced.length) : unboxed(box);
  },
  equivalent: (answer, reference) => byText(sameNormalised(answer, reference, dropPercent)),
};

const spaced = "\\boxed ";

/** What the reward takes for the last box, with the command in front. */
export function lastVerlBox(response: string): string | undefined {
  const at = response.lastIndexOf(spaced);
  if (at < 0) return lastBox(response);
  const rest = response.slice(at + spaced.length);
  const dollar = rest.indexOf("$");
  return spaced + (dollar < 0 ? rest : rest.slice(0, dollar));
}

function dropPercent(text: string): string {
  return text.replaceAll("\\\\%", "").replaceAll("\\%", "");
}
