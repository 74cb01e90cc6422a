import { stringArgument } from "../../../agent/tools.ts";
import type { Domain, JsonObject, Tool } from "../../../contracts/index.ts";
import type { GateRecord, GateTask } from "./fix-check.ts";
import { ADVICE_EPISODES, tryAdvice } from "./try-advice.ts";
import { tryCommand } from "./try-command.ts";

/** What of the gate decides an analysis, besides domain and task: nothing for commands, which came first. */
export function gateInputs({ domain }: GateTask): JsonObject {
  return domain.fix === "advice" ? { fix: "advice", episodes: ADVICE_EPISODES } : {};
}

/**
 * The tool with which an error analyst proves its explanation (paper, section 2.3).
 *
 * The harness tries the fix itself, without the reference, and grades what comes of it on the true
 * reference: a command in a fresh sandbox that has the task's input files, or advice in a new episode
 * of the same agent. What the analyst says or leaves behind decides nothing.
 */
export function tryFixTool(gate: GateTask, record: GateRecord): Tool {
  const kind = gate.domain.fix;
  return {
    spec: { name: "try_fix", ...specs[kind] },
    async run(args, signal) {
      const fix = stringArgument(args, kind);
      if (fix === undefined)
        return { kind: "observation", text: `Error: try_fix needs {"${kind}": "..."}.` };
      return { kind: "observation", text: await tryFix(fix, gate, record, signal) };
    },
  };
}

const specs: Readonly<Record<Domain["fix"], Omit<Tool["spec"], "name">>> = {
  command: {
    description:
      "Run a shell command in a fresh directory that has only the task's input files, and have what it prints graded as the answer.",
    parameters: {
      type: "object",
      properties: { command: { type: "string", description: "The command." } },
      required: ["command"],
    },
  },
  advice: {
    description:
      "Add advice to the agent's skill, have the agent do the same task anew with it, and have the answer graded.",
    parameters: {
      type: "object",
      properties: { advice: { type: "string", description: "The advice, in a few sentences." } },
      required: ["advice"],
    },
  },
};

/**
 * Tries a fix as the harness does it, and grades it; what was found goes into the record.
 *
 * @returns the observation for the analyst, which begins with the verdict.
 */
export function tryFix(
  fix: string,
  gate: GateTask,
  record: GateRecord,
  signal: AbortSignal,
): Promise<string> {
  return gate.domain.fix === "advice"
    ? tryAdvice(fix, gate, record, signal)
    : tryCommand(fix, gate, record, signal);
}
