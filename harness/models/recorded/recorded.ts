import type { CallContext, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { ModelFault, messageOf } from "../../errors.ts";
import type { CassetteAnswer, Recording } from "./recording.ts";
import { requestDigest } from "./request-digest.ts";

/**
 * A model whose answers are written down as they are given.
 *
 * What is written is what the loop gets: the last reply after all retries. Faults that would not
 * come again are not answers and are left out.
 */
export function recorded(model: Model, recording: Recording): Model {
  const keep = async (request: ModelRequest, context: CallContext, answer: CassetteAnswer) => {
    const { unit, call } = context;
    const digest = requestDigest(request, model.identity);
    try {
      await recording.write({ unit, call, model: model.id, request: digest, answer });
    } catch (error) {
      throw new ModelFault({
        kind: "permanent",
        message: `the call cannot be recorded: ${messageOf(error)}`,
        fix: "Make room for the recording, or run without --record.",
      });
    }
  };
  return {
    ...model,
    async complete(request, context): Promise<Reply> {
      let reply: Reply;
      try {
        reply = await model.complete(request, context);
      } catch (error) {
        if (error instanceof ModelFault && error.kind === "context-length")
          await keep(request, context, { kind: "context-length", message: error.message });
        throw error;
      }
      await keep(request, context, { kind: "reply", reply });
      return reply;
    },
  };
}
