import type {
  ExecResult,
  JsonObject,
  Message,
  Outcome,
  Sandbox,
  Tool,
  ToolCall,
} from "../contracts/index.ts";
import { messageOf } from "../errors.ts";

/**
 * The string a model meant, under the name we gave the argument or another.
 *
 * Models rename arguments; with one string among them there is no doubt which was meant.
 */
export function stringArgument(args: JsonObject, name: string): string | undefined {
  const named = args[name];
  if (typeof named === "string") return named;
  if (typeof named === "number" || typeof named === "boolean") return String(named);
  if (Array.isArray(named) && named.every((item) => typeof item !== "object"))
    return named.join("\n");
  const strings = Object.values(args).filter((value) => typeof value === "string");
  return strings.length === 1 ? strings[0] : undefined;
}

/** Runs a shell command in the episode's sandbox. */
export function bashTool(sandbox: Sandbox): Tool {
  return {
    spec: {
      name: "bash",
      description: "Run a shell command in the working directory and see what it prints.",
      parameters: {
        type: "object",
        properties: { command: { type: "string", description: "The command." } },
        required: ["command"],
      },
    },
    async run(args, signal) {
      const command = stringArgument(args, "command");
      if (command === undefined)
        return { kind: "observation", text: 'Error: bash needs {"command": "..."}.' };
      return { kind: "observation", text: observationOf(await sandbox.exec(command, { signal })) };
    },
  };
}

/** Ends the episode with an answer. */
export function submitTool(): Tool {
  return {
    spec: {
      name: "submit",
      description: "Submit the final answer. This ends the task.",
      parameters: {
        type: "object",
        properties: { answer: { type: "string", description: "The answer, one item a line." } },
        required: ["answer"],
      },
    },
    async run(args) {
      const answer = stringArgument(args, "answer");
      if (answer === undefined)
        return { kind: "observation", text: 'Error: submit needs {"answer": "..."}.' };
      return { kind: "end", submission: answer };
    },
  };
}

/** A command's result as the model reads it. */
export function observationOf(result: ExecResult): string {
  const parts = [result.stdout];
  if (result.stderr !== "") parts.push(`[stderr]\n${result.stderr}`);
  if (result.timedOut) parts.push("[timed out]");
  else if (result.exitCode !== 0) parts.push(`[exit code ${result.exitCode}]`);
  const text = parts.filter((part) => part !== "").join("\n");
  return text === "" ? "[no output]" : text;
}

/**
 * Makes the calls of a reply, in order, and puts what came of them into the conversation.
 *
 * @param observationChars that the model gets to see of an observation.
 * @returns how the episode ended, if it did. A fault of the sandbox ends it as broken.
 */
export async function useTools(
  calls: readonly ToolCall[],
  messages: Message[],
  at: {
    readonly tools: readonly Tool[];
    readonly observationChars: number;
    readonly signal: AbortSignal;
  },
): Promise<Outcome | undefined> {
  for (const call of calls) {
    const tool = toolNamed(call.name, at.tools);
    if (tool === undefined) {
      messages.push(unknownTool(call, at.tools));
      continue;
    }
    try {
      const result = await tool.run(call.arguments, at.signal);
      if (result.kind === "end") return { kind: "submitted", submission: result.submission };
      const text = trimObservation(result.text, at.observationChars);
      const images = result.images ? { images: result.images } : {};
      messages.push({ role: "tool", callId: call.id, text, ...images });
    } catch (error) {
      at.signal.throwIfAborted();
      return { kind: "broken", where: "sandbox", error: messageOf(error) };
    }
  }
  return undefined;
}

/** Puts what the model has to be told below the last observation, each note in brackets. */
export function addNotes(messages: Message[], notes: readonly (string | undefined)[]): void {
  const last = messages.pop();
  if (last === undefined) return;
  const told = notes.filter((note) => note !== undefined).map((note) => `[${note}]`);
  messages.push({ ...last, text: [last.text, ...told].join("\n\n") });
}

/** The tool that was meant; models vary the case of names. */
function toolNamed(name: string, tools: readonly Tool[]): Tool | undefined {
  const plain = name.trim().toLowerCase();
  return (
    tools.find((tool) => tool.spec.name === name) ??
    tools.find((tool) => tool.spec.name.toLowerCase() === plain)
  );
}

function unknownTool(call: ToolCall, tools: readonly Tool[]): Message {
  const names = tools.map((tool) => tool.spec.name).join(", ");
  const text = `Error: there is no tool named ${JSON.stringify(call.name.slice(0, 100))}. The tools are: ${names}.`;
  return { role: "tool", callId: call.id, text };
}

/**
 * Shortens what a tool printed to its beginning and its end, and says how much lies between.
 *
 * @param limit how many characters (UTF-16 code units) of the text to keep; the note is not counted.
 * @returns the text itself where it fits. A surrogate pair is never cut in two.
 */
export function trimObservation(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let head = Math.ceil(limit / 2);
  let tail = text.length - Math.floor(limit / 2);
  if (splitsPair(text, head)) head--;
  if (splitsPair(text, tail)) tail++;
  return `${text.slice(0, head)}\n[... ${tail - head} characters left out ...]\n${text.slice(tail)}`;
}

function splitsPair(text: string, at: number): boolean {
  return (
    isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) &&
    isBetween(text.charCodeAt(at), 0xdc00, 0xdfff)
  );
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}
