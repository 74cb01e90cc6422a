import { firstCharacter } from "../../shared/python-text.ts";
import { throughClosingBrace, unboxed } from "./boxed.ts";
import { byText, type Grader } from "./grader.ts";

/**
 * The grader of the MATH data set (Hendrycks et al., 2021): the answer is in the last box, and two
 * answers are the same when their normalised texts are.
 */
export const hendrycks: Grader = {
  extract: (response) => {
    const box = lastBox(response);
    return box === undefined ? undefined : unboxed(box);
  },
  equivalent: (answer, reference) => byText(sameNormalised(answer, reference, dropPercent)),
};

/** The last `\boxed`, else the last `\fbox`, with its braces; undefined where it is never closed. */
export function lastBox(response: string): string | undefined {
  const boxed = response.lastIndexOf("\\boxed");
  const start = boxed < 0 ? response.lastIndexOf("\\fbox") : boxed;
  return start < 0 ? undefined : throughClosingBrace(response, start);
}

/**
 * Whether two answers have one normal form; where a form cannot be made, whether they are one text.
 *
 * @param percent how percent signs are dropped, the one step in which the copies of this grader differ.
 */
export function sameNormalised(a: string, b: string, percent: (text: string) => string): boolean {
  const first = normalized(a, percent);
  const second = first === undefined ? undefined : normalized(b, percent);
  return first === undefined || second === undefined ? a === b : first === second;
}

/**
 * The normal form of an answer, or undefined where the published code stops with an exception
 * (two unit texts, a `\frac` or `\sqrt` with nothing after it).
 */
export function normalized(
  answer: string,
  percent: (text: string) => string = dropPercent,
): string | undefined {
  let text = answer
    .replaceAll("\n", "")
    .replaceAll("\\!", "")
    .replaceAll("\\\\", "\\")
    .replaceAll("tfrac", "frac")
    .replaceAll("dfrac", "frac")
    .replaceAll("\\left", "")
    .replaceAll("\\right", "")
    .replaceAll("^{\\circ}", "")
    .replaceAll("^\\circ", "")
    .replaceAll("\\$", "");

  const units = text.split("\\text{ ");
  if (units.length > 2) return undefined;
  text = percent(units[0] ?? "")
    .replaceAll(" .", " 0.")
    .replaceAll("{.", "{0.");
  if (text === "") return text;
  if (text.startsWith(".")) text = `0${text}`;

  const [left = "", right, ...further] = text.split("=");
  const short = [...left].length <= 2;
  if (right !== undefined && further.length === 0 && short) text = right;

  const rooted = bracedRoots(text);
  const fractions = rooted === undefined ? undefined : bracedFractions(rooted.replaceAll(" ", ""));
  if (fractions === undefined) return undefined;
  return slashAsFraction(fractions === "0.5" ? "\\frac{1}{2}" : fractions);
}

/** Drops `\%`, and then what the first pass made into one. */
function dropPercent(text: string): string {
  return text.replaceAll("\\%", "").replaceAll("\\%", "");
}

/** Puts braces around the one character that a `\sqrt` without braces applies to. */
function bracedRoots(text: string): string | undefined {
  const [before = "", ...roots] = text.split("\\sqrt");
  let result = before;
  for (const rest of roots) {
    const radicand = firstCharacter(rest);
    if (radicand === undefined) return undefined;
    result +=
      radicand === "{" ? `\\sqrt${rest}` : `\\sqrt{${radicand}}${rest.slice(radicand.length)}`;
  }
  return result;
}

/** Puts braces around the digits of `\frac12`; leaves everything as it was where one has a single digit. */
function bracedFractions(text: string): string | undefined {
  const [before = "", ...fractions] = text.split("\\frac");
  let result = before;
  for (const rest of fractions) {
    const numerator = firstCharacter(rest);
    if (numerator === undefined) return undefined;
    if (numerator === "{") {
      result += `\\frac${rest}`;
      continue;
    }
    const denominator = firstCharacter(rest.slice(numerator.length));
    if (denominator === undefined) return text;
    const tail = rest.slice(numerator.length + denominator.length);
    result +=
      denominator === "{"
        ? `\\frac{${numerator}}{${tail}`
        : `\\frac{${numerator}}{${denominator}}${tail}`;
  }
  return result;
}

// Python converts texts of up to 4,300 digits to integers and refuses longer ones.
const slash = /^(-?[1-9]\d{0,4299}|0)\/(-?[1-9]\d{0,4299}|0)$/;

/** Writes `a/b` of two plain integers as a `\frac`. */
function slashAsFraction(text: string): string {
  const match = slash.exec(text);
  return match === null ? text : `\\frac{${match[1]}}{${match[2]}}`;
}
