import { z } from "zod";
import type { Json, Tool } from "../../../contracts/index.ts";
import { isJsonObject, readReply } from "../../../lenient-json.ts";
import { jsonSchemaOf } from "../../reply.ts";
import type { FixRecord } from "./fix-check.ts";
import { analystReply, causeList, lessonSchema, readLessons } from "./lesson.ts";

/** What an agentic analyst hands in. */
export const handInArguments = z.object({ causes: causeList, memories: z.array(lessonSchema) });

/** Ends the analysis; what does not fit is said back, as it is for any tool. */
export function handInTool(record: FixRecord, stepCount: number): Tool {
  let unproven = 0;
  return {
    spec: {
      name: "submit",
      description:
        "Hand in the analysis. This ends it. Empty lists say that no explanation was found.",
      parameters: jsonSchemaOf(handInArguments),
    },
    async run(args) {
      if (Array.isArray(args["memories"]) && args["memories"].length === 0)
        return { kind: "end", submission: args };
      if (record.passed === undefined) {
        unproven++;
        // Once is a slip, twice is an analyst that will not prove anything.
        if (unproven > 1) return { kind: "end", submission: args };
        return {
          kind: "observation",
          text: "Not taken: no fix has passed yet. Use try_fix first, or submit empty lists to give up.",
        };
      }
      const { items, faults } = readLessons(args["memories"], { steps: stepCount });
      if (items.length > 0) return { kind: "end", submission: args };
      const text = faults.map((fault) => `${fault.where}: ${fault.problem}`).join("\n");
      return { kind: "observation", text: `Not taken:\n${text}` };
    },
  };
}

/** The arguments of `submit`, or the JSON of an answer given as text (the text protocol allows both). */
export function handedIn(submission: Json): {
  readonly causes: readonly string[];
  readonly memories?: unknown;
} {
  const reading = isJsonObject(submission)
    ? undefined
    : readReply(String(submission), ["memories"]);
  const given = reading === undefined ? submission : reading.kind === "read" ? reading.value : {};
  return analystReply.omit({ fix: true }).extend({ memories: z.unknown() }).parse(given);
}
