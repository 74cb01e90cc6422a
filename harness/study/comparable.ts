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
  const names = [...new Set([...Object.keys(arm), ...Object.keys(baseline)])].sort();
  for (const name of names) {
    if (may.includes(name)) continue;
    const path = differenceAt(arm[name], baseline[name], name);
    if (path === undefined) continue;
    throw new InputError({
      where: comparison,
      field: path.path,
      problem: `the arms differ in what the study does not compare: ${say(path.a)} and ${say(path.b)}`,
      fix: "Give both arms the same value, or compare arms that share it.",
    });
  }
}

interface ArmDifference {
  readonly path: string;
  readonly a: Json | undefined;
  readonly b: Json | undefined;
}

function differenceAt(
  a: Json | undefined,
  b: Json | undefined,
  path: string,
): ArmDifference | undefined {
  if (isObject(a) && isObject(b)) {
    for (const name of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
      const found = differenceAt(a[name], b[name], `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    for (const [i, item] of a.entries()) {
      const found = differenceAt(item, b[i], `${path}.${i}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return a === b ? undefined : { path, a, b };
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function say(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
