import type { Finding, LintRule } from "./finding.ts";
import { readFrontMatter } from "./front-matter.ts";

/** Something wrong with one field. */
interface FieldFault {
  readonly rule: LintRule;
  readonly message: string;
  readonly fix: string;
}

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
  const faults = [
    ...nameFaults(fields["name"], directoryName),
    ...descriptionFaults(fields["description"]),
    ...textFaults("license", fields["license"]),
    ...textFaults("compatibility", fields["compatibility"], 500),
    ...textFaults("allowed-tools", fields["allowed-tools"]),
    ...metadataFaults(fields["metadata"]),
  ];
  const located = faults.map(
    ({ rule, message, fix }): Finding => ({
      severity: "error",
      rule,
      file: "SKILL.md",
      line: lineOf.get(rule) ?? 1,
      message,
      fix,
    }),
  );
  return [...findings, ...located];
}

function nameFaults(name: unknown, directoryName: string | undefined): FieldFault[] {
  const rule = "name";
  if (typeof name !== "string" || name === "")
    return [
      { rule, message: "name is not a text", fix: "Write `name: ` and the directory's name." },
    ];
  const named = `name "${name}"`;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [name.length > 64, "name is longer than 64 characters", "Shorten it."],
    [
      !/^[a-z0-9-]+$/.test(name),
      `${named} has other characters than a-z, 0-9 and -`,
      "Rename the skill.",
    ],
    [/^-|-$/.test(name), `${named} begins or ends with a hyphen`, "Take it away."],
    [name.includes("--"), `${named} has two hyphens in a row`, "Keep one of them."],
    [
      directoryName !== undefined && name !== directoryName,
      `${named} is not the directory's name "${directoryName}"`,
      "Rename one of them.",
    ],
  ];
  return checks.flatMap(([isWrong, message, fix]) => (isWrong ? [{ rule, message, fix }] : []));
}

function descriptionFaults(description: unknown): FieldFault[] {
  const rule = "description";
  if (typeof description !== "string" || description.trim() === "")
    return [
      {
        rule,
        message: "description is not a text",
        fix: "Say what the skill does and when to use it.",
      },
    ];
  const faults: FieldFault[] = [];
  if (lengthOf(description) > 1024)
    faults.push({
      rule,
      message: "description is longer than 1024 characters",
      fix: "Shorten it.",
    });
  if (/[<>]/.test(description))
    faults.push({
      rule,
      message: "description has angle brackets",
      fix: "Write it without < and >.",
    });
  return faults;
}

/** A field that may be left out and is otherwise one text. @param most characters. */
function textFaults(rule: LintRule, value: unknown, most = Number.POSITIVE_INFINITY): FieldFault[] {
  if (value === undefined) return [];
  if (typeof value !== "string" || value === "")
    return [
      { rule, message: `${rule} is not a text`, fix: "Write one text, or leave the key out." },
    ];
  if (lengthOf(value) <= most) return [];
  return [{ rule, message: `${rule} is longer than ${most} characters`, fix: "Shorten it." }];
}

function metadataFaults(metadata: unknown): FieldFault[] {
  const rule = "metadata";
  if (metadata === undefined) return [];
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
    return [
      { rule, message: "metadata is not a mapping", fix: 'Write `key: "text"` lines below it.' },
    ];
  return Object.entries(metadata)
    .filter(([, value]) => typeof value !== "string")
    .map(([key]) => ({
      rule,
      message: `metadata.${key} is not a text`,
      fix: "Put quotes around the value.",
    }));
}

function lengthOf(text: string): number {
  return [...text].length;
}
