import { type Finding, findingOf, type LintRule } from "./finding.ts";
import { readFrontMatter } from "./front-matter.ts";

/** What is wrong with a field, and what to do about it. */
type FieldFault = readonly [message: string, fix: string];

/**
 * Judges a SKILL.md's front matter by the Agent Skills specification and the checks of its validators.
 *
 * @param directoryName the directory the skill lies in, which its name must equal.
 */
export function lintFrontMatter(text: string, directoryName?: string): readonly Finding[] {
  const { frontMatter, problems } = readFrontMatter(text);
  const { fields, lineOf } = frontMatter;
  const file = "SKILL.md";
  const findings = problems.map(({ line, problem, fix }) =>
    findingOf("front-matter", { file, line }, problem, fix),
  );
  // Without readable fields, every further finding would only repeat the first.
  if (Object.keys(fields).length === 0 && findings.length > 0) return findings;
  const faults: readonly (readonly [LintRule, readonly FieldFault[]])[] = [
    ["name", nameFaults(fields["name"], directoryName)],
    ["description", descriptionFaults(fields["description"])],
    ["license", textFaults("license", fields["license"])],
    ["compatibility", textFaults("compatibility", fields["compatibility"], 500)],
    ["allowed-tools", textFaults("allowed-tools", fields["allowed-tools"])],
    ["metadata", metadataFaults(fields["metadata"])],
  ];
  const located = faults.flatMap(([rule, found]) =>
    found.map(([message, fix]) =>
      findingOf(rule, { file, line: lineOf.get(rule) ?? 1 }, message, fix),
    ),
  );
  return [...findings, ...located];
}

function nameFaults(name: unknown, directoryName: string | undefined): FieldFault[] {
  if (typeof name !== "string" || name === "")
    return [["name is not a text", "Write `name: ` and the directory's name."]];
  const named = `name "${name}"`;
  const faults: FieldFault[] = [];
  if (name.length > 64) faults.push(["name is longer than 64 characters", "Shorten it."]);
  if (!/^[a-z0-9-]+$/.test(name))
    faults.push([`${named} has other characters than a-z, 0-9 and -`, "Rename the skill."]);
  if (/^-|-$/.test(name)) faults.push([`${named} begins or ends with a hyphen`, "Take it away."]);
  if (name.includes("--")) faults.push([`${named} has two hyphens in a row`, "Keep one of them."]);
  if (directoryName !== undefined && name !== directoryName)
    faults.push([`${named} is not the directory's name "${directoryName}"`, "Rename one of them."]);
  return faults;
}

function descriptionFaults(description: unknown): FieldFault[] {
  if (typeof description !== "string" || description.trim() === "")
    return [["description is not a text", "Say what the skill does and when to use it."]];
  const faults = textFaults("description", description, 1024);
  if (/[<>]/.test(description))
    faults.push(["description has angle brackets", "Write it without < and >."]);
  return faults;
}

/** A field that may be left out and is otherwise one text. @param most characters. */
function textFaults(rule: LintRule, value: unknown, most = Number.POSITIVE_INFINITY): FieldFault[] {
  if (value === undefined) return [];
  if (typeof value !== "string" || value === "")
    return [[`${rule} is not a text`, "Write one text, or leave the key out."]];
  const isLong = [...value].length > most;
  return isLong ? [[`${rule} is longer than ${most} characters`, "Shorten it."]] : [];
}

function metadataFaults(metadata: unknown): FieldFault[] {
  if (metadata === undefined) return [];
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
    return [["metadata is not a mapping", 'Write `key: "text"` lines below it.']];
  return Object.entries(metadata)
    .filter(([, value]) => typeof value !== "string")
    .map(([key]) => [`metadata.${key} is not a text`, "Put quotes around the value."]);
}
