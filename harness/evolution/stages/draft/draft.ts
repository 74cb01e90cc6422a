import { sha256 } from "../../../canonical.ts";
import type {
  Clock,
  Domain,
  JsonObject,
  Model,
  Runner,
  Skill,
  Unit,
} from "../../../contracts/index.ts";
import { InputError } from "../../../errors.ts";
import { loadPrompt } from "../../../prompts.ts";
import type { Finding } from "../../../skills/finding.ts";
import { lintSkill } from "../../../skills/lint-skill.ts";
import { skillOf } from "../../../skills/read-skill.ts";
import { redact } from "../../screen.ts";
import { type Answering, ask, type Question, type Reading, repairInputs } from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";

const prompt = loadPrompt(new URL("../../prompts/draft.md", import.meta.url));

export interface DraftRequest {
  readonly domain: Domain;
  readonly author: Model;
  /** The model that repairs. @default the author */
  readonly repair?: Model;
  readonly seed: number;
}

/**
 * The skill an author writes from what it already knows (paper, section 2.1: creation): it is told
 * what kind of tasks a domain has, and sees no task and no trajectory.
 *
 * Name and description are given by code, since evolution never changes them.
 *
 * @throws {InputError} when the author writes no usable skill, after one repair.
 */
export async function draftSkill(
  request: DraftRequest,
  deps: { readonly runner: Runner; readonly clock: Clock },
): Promise<Skill> {
  const { author, seed, domain } = request;
  const by = { model: author, repair: request.repair ?? author, seed, clock: deps.clock };
  const row = await deps.runner.run(draftUnit(domain, by));
  const body = row.result["body"];
  const skill = typeof body === "string" ? draftOf(domain, body) : undefined;
  if (skill === undefined || errorsOf(skill).length > 0)
    throw new InputError({
      where: `model ${author.id}`,
      problem: `it wrote no usable draft of a skill for ${domain.name} (${String(row.result["end"])})`,
      fix: "Use another model for the role draft, or leave out the conditions that need a draft.",
    });
  return skill;
}

function draftUnit(domain: Domain, by: Answering): Unit {
  const question: Question<string> = {
    system: prompt.fill({}),
    user: `The tasks:\n\n${domain.about.trim()}`,
    read: (reply) => readDraft(reply, domain),
    worth: (body) => -errorsOf(draftOf(domain, body)).length,
  };
  return {
    stage: "draft",
    version: 1,
    inputs: {
      domain: domain.name,
      about: sha256(domain.about),
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
    },
    about: { domain: domain.name, model: by.model.id, seed: by.seed },
    async run(at) {
      const answer = await ask(question, by, at);
      const body = answer.value === undefined ? null : cleared(domain, answer.value);
      const result: JsonObject = {
        end: answer.end,
        body,
        faults: [...(answer.repaired ?? []), ...answer.faults].map((fault) => fault.problem),
        repairs: answer.repaired ? 1 : 0,
      };
      return answerResult(answer, result);
    },
  };
}

function readDraft(reply: string, domain: Domain): Reading<string> {
  const text = redact(reply.replace(/^[\s\S]*<\/think>/, "")).text.trim();
  const unfenced = /^```(?:markdown|md)?\n([\s\S]*)\n```$/.exec(text)?.[1] ?? text;
  // A front matter that was not asked for is overlooked; ours takes its place.
  const body = unfenced.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
  if (!/^#{1,3} \S/m.test(body))
    return {
      value: undefined,
      faults: [{ kind: "wrong-shape", where: "reply", problem: "must be Markdown with headings" }],
    };
  const faults = errorsOf(draftOf(domain, body)).map((finding) => ({
    kind: "format" as const,
    where: `line ${finding.line ?? 1}`,
    problem: finding.message,
  }));
  return { value: body, faults };
}

/** The draft as a skill; its front matter depends on the domain alone. */
function draftOf(domain: Domain, body: string): Skill {
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

function errorsOf(skill: Skill): readonly Finding[] {
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
    const findings = errorsOf(draftOf(domain, text));
    const finding = findings[0];
    if (finding === undefined) return text;
    const lines = text.split("\n");
    const offset = frontMatter(domain).split("\n").length;
    const start =
      finding.rule === "size-budget"
        ? Math.max(
            lines.findLastIndex((line) => /^## /.test(line)),
            0,
          )
        : (finding.line ?? 0) - 1 - offset;
    if (start < 0 || lines.length <= 1) return text;
    const count = finding.rule === "size-budget" ? lines.length - start : 1;
    lines.splice(start, count);
    text = lines.join("\n").trimEnd();
  }
}
