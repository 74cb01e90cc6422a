import type { Finding, LintRule } from "./finding.ts";
import { readFrontMatter } from "./front-matter.ts";

/**
 * Judges a SKILL.md's front matter by the Agent Skills specification and the checks of its validators.
 *
 * @param directoryName the directory the skill lies in, which its name must equal.
 */
export function lintFrontMatter(text: string, directoryName?: string): readonly Finding[] {
  const { frontMatter, problems } = readFrontMatter(text);
  const { fields, lineOf } = frontMatter;
  const findings: Finding[] = problems.map(({ line, problem, fix }) => ({
    severity: "error",
    rule: "front-matter",
    file: "SKILL.md",
    line,
    message: problem,
    fix,
  }));
  // Without readable fields, every further finding would only repeat the first.
  if (Object.keys(fields).length === 0 && findings.length > 0) return findings;
  const add = (rule: LintRule, message: string, fix: string): void => {
    findings.push({
      severity: "error",
      rule,
      file: "SKILL.md",
      line: lineOf[rule] ?? 1,
      message,
      fix,
    });
  };

  const name = fields["name"];
  if (typeof name !== "string" || name === "") {
    add("name", "name is not a text", "Write `name: ` and the directory's name.");
  } else {
    if (name.length > 64) add("name", "name is longer than 64 characters", "Shorten it.");
    if (!/^[a-z0-9-]+$/.test(name))
      add("name", `name "${name}" has other characters than a-z, 0-9 and -`, "Rename the skill.");
    if (/^-|-$/.test(name))
      add("name", `name "${name}" begins or ends with a hyphen`, "Take it away.");
    if (name.includes("--"))
      add("name", `name "${name}" has two hyphens in a row`, "Keep one of them.");
    if (directoryName !== undefined && name !== directoryName)
      add(
        "name",
        `name "${name}" is not the directory's name "${directoryName}"`,
        "Rename one of them.",
      );
  }

  const description = fields["description"];
  if (typeof description !== "string" || description.trim() === "") {
    add("description", "description is not a text", "Say what the skill does and when to use it.");
  } else {
    if (lengthOf(description) > 1024)
      add("description", "description is longer than 1024 characters", "Shorten it.");
    if (/[<>]/.test(description))
      add("description", "description has angle brackets", "Write it without < and >.");
  }

  for (const [rule, most] of [
    ["license", Number.POSITIVE_INFINITY],
    ["compatibility", 500],
    ["allowed-tools", Number.POSITIVE_INFINITY],
  ] as const) {
    const value = fields[rule];
    if (value === undefined) continue;
    if (typeof value !== "string" || value === "")
      add(rule, `${rule} is not a text`, "Write one text, or leave the key out.");
    else if (lengthOf(value) > most)
      add(rule, `${rule} is longer than ${most} characters`, "Shorten it.");
  }

  const metadata = fields["metadata"];
  if (metadata !== undefined) {
    if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
      add("metadata", "metadata is not a mapping", 'Write `key: "text"` lines below it.');
    else
      for (const [key, value] of Object.entries(metadata))
        if (typeof value !== "string")
          add("metadata", `metadata.${key} is not a text`, "Put quotes around the value.");
  }
  return findings;
}

function lengthOf(text: string): number {
  return [...text].length;
}
