import type { ExecResult, JsonObject, Sandbox, Tool } from "../contracts/index.ts";

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
