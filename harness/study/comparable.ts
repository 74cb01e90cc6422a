import type { Json, JsonObject } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Arm } from "./arms.ts";

/**
 * Refuses to start when two arms that a delta compares differ in more than their skill.
 *
 * @param factsOf everything that decides an arm's episodes; `skill` names where its skill comes from.
 * @throws {InputError} naming the path.
 */
export function assertComparable(arms: readonly Arm[], factsOf: (arm: Arm) => JsonObject): void {
  for (const arm of arms) {
    const { baseline } = arm;
    if (baseline === null) continue;
    const other = arms.find(
      ({ condition, author, user, split }) =>
        condition === baseline.condition &&
        author === baseline.author &&
        user === arm.user &&
        split === arm.split,
    );
    if (other === undefined) throw new Error(`no arm ${JSON.stringify(baseline)}`);
    const [facts, others] = [factsOf(arm), factsOf(other)];
    // On training tasks only those that the skill was learnt from are paired.
    const may = arm.train ? ["skill", "tasks"] : ["skill"];
    assertSameBut(`${facts["skill"]} against ${others["skill"]}`, facts, others, may);
  }
}

/**
 * Refuses a comparison whose arms differ in anything but what the study declares.
 *
 * @param comparison names both arms, for the message.
 * @param may top-level fields that may differ: what the comparison is about.
 * @throws {InputError} naming the path of the first undeclared difference and both values.
 */
export function assertSameBut(
  comparison: string,
  arm: JsonObject,
  baseline: JsonObject,
  may: readonly string[],
): void {
  const compared = (facts: JsonObject) =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => !may.includes(name)));
  const found = differenceAt(compared(arm), compared(baseline), []);
  if (found === undefined) return;
  throw new InputError({
    where: comparison,
    field: found.path.join("."),
    problem: `the arms differ in what the study does not compare: ${say(found.a)} and ${say(found.b)}`,
    fix: "Give both arms the same value, or compare arms that share it.",
  });
}

interface ArmDifference {
  readonly path: readonly string[];
  readonly a: Value;
  readonly b: Value;
}

type Value = Json | undefined;

function differenceAt(a: Value, b: Value, path: readonly string[]): ArmDifference | undefined {
  if (!isAlike(a, b)) return a === b ? undefined : { path, a, b };
  const [inA, inB] = [a, b] as [JsonObject, JsonObject];
  const names = [...new Set([...Object.keys(inA), ...Object.keys(inB)])];
  for (const name of Array.isArray(a) ? names : names.sort()) {
    const found = differenceAt(inA[name], inB[name], [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether both are objects, or lists of the same length: then the difference is inside. */
function isAlike(a: Value, b: Value): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length;
  return [a, b].every((one) => one !== null && typeof one === "object" && !Array.isArray(one));
}

function say(value: Value): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
