import type { Json, JsonObject, Tool } from "../../../contracts/index.ts";
import { isJsonObject, readReply } from "../../../lenient-json.ts";
import type { GateRecord } from "./fix-check.ts";
import { memorySchema, readMemories } from "./lesson.ts";

/** Ends the analysis; what does not fit is said back, as it is for any tool. */
export function handInTool(record: GateRecord, stepCount: number): Tool {
  let unproven = 0;
  return {
    spec: {
      name: "submit",
      description:
        "Hand in the analysis. This ends it. Empty lists say that no explanation was found.",
      parameters: {
        type: "object",
        properties: {
          causes: { type: "array", items: { type: "string" } },
          memories: { type: "array", items: memorySchema },
        },
        required: ["causes", "memories"],
      },
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
      const { items, faults } = readMemories(args["memories"], stepCount);
      if (items.length > 0) return { kind: "end", submission: args };
      const text = faults.map((fault) => `${fault.where}: ${fault.problem}`).join("\n");
      return { kind: "observation", text: `Not taken:\n${text}` };
    },
  };
}

/** The arguments of `submit`, or the JSON of an answer given as text (the text protocol allows both). */
export function handedIn(submission: Json): JsonObject {
  if (isJsonObject(submission)) return submission;
  const reading = readReply(String(submission), ["memories"]);
  return reading.kind === "read" ? reading.value : {};
}
