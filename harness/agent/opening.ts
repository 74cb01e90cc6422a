import type {
  Domain,
  DomainOptions,
  Image,
  Message,
  SandboxProvider,
  ShellFacts,
  Skill,
  Task,
} from "../contracts/index.ts";
import { loadPrompt } from "../prompts.ts";
import { fileBytes } from "../skills/binary-asset.ts";
import { skillBody } from "../skills/read-skill.ts";

const agent = loadPrompt(new URL("./prompts/agent.md", import.meta.url));
const agentShell = loadPrompt(new URL("./prompts/agent-shell.md", import.meta.url));
const agentSkill = loadPrompt(new URL("./prompts/agent-skill.md", import.meta.url));
const agentSkillFiles = loadPrompt(new URL("./prompts/agent-skill-files.md", import.meta.url));

/** What decides the system prompt, beside the skill. */
interface AgentSetting {
  readonly domain: Domain;
  readonly options: DomainOptions;
  readonly sandboxes?: Pick<SandboxProvider, "facts">;
}

/**
 * What an agent reads before its first turn: the system prompt, and the task as a user message.
 *
 * What is known of the shell stands after the instructions. Without a skill there is no trace of one. With one, the body of its SKILL.md stands in the system
 * prompt, and its other files are named by the paths that they have in the working directory.
 *
 * @param images pictures that go with the user message.
 * @see the paper, section 3.1
 */
export function agentOpening(
  { domain, options, sandboxes }: AgentSetting,
  task: Task,
  skill: Skill | undefined,
  images: readonly Image[] = [],
): Message[] {
  const sections = [agent.fill({ instructions: domain.instructions(options).trim() })];
  const facts = shellText(sandboxes?.facts);
  if (facts !== "") sections.push(agentShell.fill({ facts }));
  if (skill !== undefined) {
    sections.push(agentSkill.fill({ name: skill.name, body: skillBody(skill) }));
    const others = [...skill.files.keys()].filter((path) => path !== "SKILL.md");
    if (others.length > 0) {
      const files = others.map((path) => `- skill/${path}`).join("\n");
      sections.push(agentSkillFiles.fill({ files }));
    }
  }
  return [
    { role: "system", text: sections.join("\n\n") },
    {
      role: "user",
      text: domain.prompt(task, options),
      ...(images.length === 0 ? {} : { images }),
    },
  ];
}

/** What is there and what is not, a line each; empty where there is nothing to say. */
function shellText({ has, lacks }: ShellFacts = { has: [], lacks: [] }): string {
  return [
    ...(has.length === 0 ? [] : [`It has ${has.join(", ")}.`]),
    ...(lacks.length === 0 ? [] : [`It does not have ${lacks.join(", ")}: do without.`]),
  ].join("\n");
}

/** The files of a skill by the paths that they have in an episode's working directory. */
export function skillFiles(skill: Skill): Map<string, Uint8Array> {
  return new Map([...skill.files].map(([path, text]) => [`skill/${path}`, fileBytes(path, text)]));
}
