import { sha256 } from "../../../canonical.ts";
import type { Clock, Domain, Model, Runner, Skill } from "../../../contracts/index.ts";
import { InputError } from "../../../errors.ts";
import { withoutThoughts } from "../../../lenient-json.ts";
import { loadPrompt } from "../../../prompts.ts";
import type { Finding } from "../../../skills/finding.ts";
import { lintSkill } from "../../../skills/lint-skill.ts";
import { skillOf } from "../../../skills/read-skill.ts";
import { type ReplyValue, unusable } from "../../reply.ts";
import { withoutSecrets } from "../../screen.ts";
import { type Answering, askingUnit, type RoleAnswer, runUnit, type UnitOf } from "../../unit.ts";

const prompt = loadPrompt(new URL("../../prompts/draft.md", import.meta.url));

export interface DraftRequest {
  readonly domain: Domain;
  readonly author: Model;
  /** The model that repairs. @default the author */
  readonly repair?: Model;
  readonly seed: number;
}

/**
 * The skill an author writes from what it already knows (paper, section 2.1: creation): it sees no task and
 * no trajectory. Name and description are given by code, since evolution never changes them.
 *
 * @throws {InputError} when the author writes no usable skill, after one repair.
 */
export async function draftSkill(
  request: DraftRequest,
  deps: { readonly runner: Runner; readonly clock: Clock },
): Promise<Skill> {
  const { author, seed, domain } = request;
  const by = { model: author, repair: request.repair ?? author, seed, clock: deps.clock };
  const { result } = await runUnit(deps.runner, draftUnit(domain, by));
  const skill = result.body === null ? undefined : draftWith(domain, result.body);
  if (skill === undefined || lintErrors(skill).length > 0)
    throw new InputError({
      where: `model ${author.id}`,
      problem: `it wrote no usable draft of a skill for ${domain.name} (${result.end})`,
      fix: "Use another model for the role draft, or leave out the conditions that need a draft.",
    });
  return skill;
}

/** What a draft unit stores. */
interface DraftResult {
  readonly end: RoleAnswer<never>["end"];
  /** SKILL.md without its front matter; null where there is none. */
  readonly body: string | null;
  readonly faults: readonly string[];
  readonly repairs: number;
}

function draftUnit(domain: Domain, by: Answering): UnitOf<DraftResult> {
  return askingUnit(
    {
      stage: "draft",
      version: 1,
      inputs: { domain: domain.name, about: sha256(domain.about) },
      about: { domain: domain.name },
      prompt,
      user: `The tasks:\n\n${domain.about.trim()}`,
      read: (reply) => readDraft(reply, domain),
      worth: (body) => -lintErrors(draftWith(domain, body)).length,
      result: (answer) => ({
        end: answer.end,
        body: answer.value === undefined ? null : cleared(domain, answer.value),
        faults: [...(answer.repaired ?? []), ...answer.faults].map(({ problem }) => problem),
        repairs: answer.repaired ? 1 : 0,
      }),
    },
    by,
  );
}

function readDraft(reply: string, domain: Domain): ReplyValue<string> {
  const { text } = withoutSecrets(withoutThoughts(reply));
  const unfenced = /^```(?:markdown|md)?\n([\s\S]*)\n```$/.exec(text)?.[1] ?? text;
  // A front matter that was not asked for is overlooked; ours takes its place.
  const body = unfenced.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
  if (!/^#{1,3} \S/m.test(body)) return unusable("wrong-shape", "must be Markdown with headings");
  const faults = lintErrors(draftWith(domain, body)).map((finding) => ({
    kind: "format" as const,
    where: `line ${finding.line ?? 1}`,
    problem: finding.message,
  }));
  return { value: body, faults };
}

/** The draft as a skill; its front matter depends on the domain alone. */
function draftWith(domain: Domain, body: string): Skill {
  return skillOf(new Map([["SKILL.md", `${frontMatter(domain)}\n${body}\n`]]));
}

function frontMatter(domain: Domain): string {
  const about = domain.about.replace(/[<>]/g, "").replace(/\s+/g, " ").trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(about)?.[0] ?? about;
  const description = `How to work on tasks of this kind: ${sentence.slice(0, 800)} Read it before the first step.`;
  const name = domain.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `---\nname: ${name}-draft\ndescription: ${JSON.stringify(description)}\n---\n`;
}

function lintErrors(skill: Skill): readonly Finding[] {
  return lintSkill(skill).filter((finding) => finding.severity === "error");
}

/**
 * A draft without what still breaks the skill's rules after the repair: lines that a finding names,
 * and sections from the end on while it is too long.
 */
function cleared(domain: Domain, body: string): string {
  let text = body;
  // Each pass removes at least one line, so it ends.
  for (;;) {
    const [finding] = lintErrors(draftWith(domain, text));
    if (finding === undefined) return text;
    const lines = text.split("\n");
    const offset = frontMatter(domain).split("\n").length;
    const isTooLong = finding.rule === "size-budget";
    const lastSection = Math.max(
      0,
      lines.findLastIndex((line) => /^## /.test(line)),
    );
    const start = isTooLong ? lastSection : (finding.line ?? 0) - 1 - offset;
    if (start < 0 || lines.length <= 1) return text;
    lines.splice(start, isTooLong ? lines.length - start : 1);
    text = lines.join("\n").trimEnd();
  }
}
