import { digestOf } from "../../harness/canonical.ts";
import type {
  Edit,
  ExecResult,
  Json,
  Message,
  Model,
  ModelRequest,
  Reply,
  Row,
  Runner,
  Sandbox,
  SandboxProvider,
  Skill,
  Task,
  ToolCall,
  Unit,
} from "../../harness/contracts/index.ts";
import { skillOf } from "../../harness/skills/read-skill.ts";
import { said } from "./models.ts";

/** A runner that keeps rows in memory; an ungraded row is run again. `delay` decides in what order units finish. */
export function memoryRunner(
  delay: (unit: Unit) => number = () => 0,
): Runner & { readonly ran: string[]; readonly units: Unit[] } {
  const rows = new Map<string, Promise<Row>>();
  const transcripts = new Map<string, Json>();
  const ran: string[] = [];
  const units: Unit[] = [];
  const start = async (unit: Unit, key: string): Promise<Row> => {
    for (let i = delay(unit); i > 0; i--) await Promise.resolve();
    ran.push(unit.stage);
    units.push(unit);
    const { transcript, ...rest } = await unit.run({ key, signal: new AbortController().signal });
    if (transcript !== undefined) transcripts.set(key, transcript);
    // What is stored is JSON: a value that does not survive that must not be relied on.
    const plain = JSON.parse(JSON.stringify(rest)) as typeof rest;
    return { key, stage: unit.stage, at: "2000-01-01T00:00:00.000Z", about: unit.about, ...plain };
  };
  return {
    ran,
    units,
    async run(unit) {
      const key = digestOf([unit.stage, unit.version, unit.inputs]);
      const known = rows.get(key);
      if (known && (await known).grade?.kind !== "ungraded") return known;
      const row = start(unit, key);
      rows.set(key, row);
      return row;
    },
    transcript: async (row) => transcripts.get(row.key),
  };
}

/** What a role says to a request: a text, or a text with calls, or a fault. */
export type Part = (request: ModelRequest, turn: number) => string | Reply | Error;

/** A model that plays roles by the first line of its system prompt, and keeps which it was asked for. */
export function roleModel(
  parts: Readonly<Record<string, Part>>,
  id = "author",
): Model & { readonly asked: string[]; readonly requests: ModelRequest[] } {
  const asked: string[] = [];
  const requests: ModelRequest[] = [];
  return {
    id,
    identity: { provider: "scripted", id },
    protocol: "native",
    label: "scripted",
    asked,
    requests,
    async complete(request) {
      const role = /^# Role: ([a-z-]+)/.exec(request.messages[0]?.text ?? "")?.[1] ?? "none";
      const part = parts[role];
      if (!part) throw new Error(`no part for the role ${role}`);
      const turn = request.messages.filter((message) => message.role === "assistant").length;
      asked.push(role);
      requests.push(request);
      const answer = part(request, turn);
      if (answer instanceof Error) throw answer;
      return typeof answer === "string" ? said(answer) : answer;
    },
  };
}

/** A reply that calls one tool. */
export function calling(name: string, args: ToolCall["arguments"], text = ""): Reply {
  return said(text, [{ id: `${name}-${digestOf(args).slice(0, 8)}`, name, arguments: args }]);
}

/**
 * Sandboxes in memory with four commands: `cat FILE`, `echo TEXT`, `sum FILE` (adds the numbers in it) and
 * `fail`. Commands are separated by `;`.
 */
export function memorySandboxes(): SandboxProvider & {
  readonly opened: ReadonlyMap<string, Uint8Array | string>[];
  /** The names of the commands that each of them was opened with. */
  readonly commands: (readonly string[])[];
} {
  const opened: ReadonlyMap<string, Uint8Array | string>[] = [];
  const commands: (readonly string[])[] = [];
  return {
    name: "embedded",
    opened,
    commands,
    async open(files, given = []) {
      opened.push(files);
      commands.push(given.map(({ name }) => name));
      return memorySandbox(new Map(files));
    },
    async close() {},
  };
}

function memorySandbox(files: Map<string, Uint8Array | string>): Sandbox {
  const one = (command: string): ExecResult => {
    const [name, ...rest] = command.trim().split(/\s+/);
    const text = files.get(rest[0] ?? "");
    const result = (stdout: string, exitCode = 0) => ({
      exitCode,
      stdout,
      stderr: exitCode === 0 ? "" : "no such thing",
      timedOut: false,
    });
    if (name === "echo") return result(`${rest.join(" ").replace(/["']/g, "")}\n`);
    if (text === undefined || name === "fail") return result("", 1);
    if (name === "cat") return result(`${text}\n`);
    const numbers = String(text).match(/\d+/g) ?? [];
    return result(`${numbers.reduce((sum, number) => sum + Number(number), 0)}\n`);
  };
  return {
    async exec(command) {
      const results = command.split(";").map(one);
      const last = results[results.length - 1] as ExecResult;
      return { ...last, stdout: results.map(({ stdout }) => stdout).join("") };
    },
    read: async (path) => {
      const data = files.get(path);
      return typeof data === "string" ? new TextEncoder().encode(data) : data;
    },
    write: async (path, data) => void files.set(path, data),
    list: async () => [...files.keys()].sort(),
    close: async () => {},
  };
}

/** A unit for a finished rollout: the agent looks, and submits this. */
export function rolloutUnit(
  task: Task,
  skill: Skill | undefined,
  seed: number,
  submission: string,
): Unit {
  const passed = submission === String(task.reference["total"]);
  const messages: Message[] = [
    { role: "system", text: "# Role: agent\n\n<skill>secret words of the skill</skill>" },
    { role: "user", text: `Question: ${task.id}` },
    {
      role: "assistant",
      text: "I look.",
      calls: [{ id: "a", name: "bash", arguments: { command: "cat terms.txt" } }],
    },
    { role: "tool", callId: "a", text: String(task.input["terms"]) },
    {
      role: "assistant",
      text: "I answer.",
      calls: [{ id: "b", name: "submit", arguments: { answer: submission } }],
    },
  ];
  return {
    stage: "rollout",
    version: 1,
    inputs: { task: task.id, skill: skill?.digest ?? null, seed, submission },
    about: { task: task.id },
    async run() {
      return {
        result: { outcome: "submitted" },
        grade: {
          kind: "graded",
          score: passed ? 1 : 0,
          passed,
          because: passed ? "equal" : "other",
        },
        spent: { calls: 2, inputTokens: 10, outputTokens: 5, unmetered: 0, retries: [] },
        elapsedMs: 1,
        transcript: {
          messages: messages as unknown as Json,
          outcome: { kind: "submitted", submission },
          files: [["notes.txt", "left behind"]],
        },
      };
    },
  };
}

/** A skill with two sections and a fence. */
export function startSkill(): Skill {
  return skillOf(
    new Map([
      [
        "SKILL.md",
        "---\nname: adding\ndescription: Adds numbers. Use it for sums.\n---\n\n# Adding\n\n## Begin\n\n- Look at the file.\n\n## Rules\n\n- Add all terms.\n\n```sh\n# Finish\nsum terms.txt\n```\n",
      ],
    ]),
  );
}

/** A rule in the form of the default preset. */
export function rule(title: string, doing = "add them one by one"): string {
  return `- **${title}.** When there are terms: ${doing}.`;
}

/** An edit that appends a rule to the rules of `startSkill`. */
export function ruleEdit(id: string, content: string, tasks: readonly string[] = ["t1"]): Edit {
  return {
    id,
    file: "SKILL.md",
    op: "append_to_section",
    target_section: "## Rules",
    content,
    sources: [id],
    tasks,
  };
}

/** A memory item that passes. */
export function memory(title: string, steps: readonly number[] = [1]): Record<string, Json> {
  return {
    title,
    description: title,
    when: "there are terms",
    do: "add them one by one",
    why: "it is safe",
    unless: "there are none",
    check: "add again",
    steps,
  };
}
