import { stringArgument } from "../../../agent/tools.ts";
import type { Domain, Tool } from "../../../contracts/index.ts";
import type { FixCheck, FixRecord } from "./fix-check.ts";
import { tryAdvice } from "./try-advice.ts";
import { tryCommand } from "./try-command.ts";

/** What the tool says of itself and of its one argument, by what proves an explanation. */
const words: Readonly<Record<Domain["fix"], readonly [tool: string, argument: string]>> = {
  command: [
    "Run a shell command in a fresh directory that has only the task's input files, and have what it prints graded as the answer.",
    "The command.",
  ],
  advice: [
    "Add advice to the agent's skill, have the agent do the same task anew with it, and have the answer graded.",
    "The advice, in a few sentences.",
  ],
};

/** The tool with which an error analyst proves its explanation. */
export function tryFixTool(check: FixCheck, record: FixRecord): Tool {
  const kind = check.fix;
  const [description, ofArgument] = words[kind];
  const properties = { [kind]: { type: "string", description: ofArgument } };
  return {
    spec: {
      name: "try_fix",
      description,
      parameters: { type: "object", properties, required: [kind] },
    },
    async run(args, signal) {
      const fix = stringArgument(args, kind);
      if (fix === undefined)
        return { kind: "observation", text: `Error: try_fix needs {"${kind}": "..."}.` };
      return { kind: "observation", text: await tryFix(fix, check, record, signal) };
    },
  };
}

/** Tries a fix and notes in the record what was found. @returns the observation, which begins with the verdict. */
export function tryFix(
  fix: string,
  check: FixCheck,
  record: FixRecord,
  signal: AbortSignal,
): Promise<string> {
  return (check.fix === "advice" ? tryAdvice : tryCommand)(fix, check, record, signal);
}
