import type { CallContext, Model, ModelRequest, Reply } from "../../contracts/index.ts";
import { ModelFault } from "../../errors.ts";
import type { Cassettes } from "./cassettes.ts";
import { requestDifference, requestDigest } from "./request-digest.ts";

/**
 * A model that answers from recorded calls and from nothing else.
 *
 * @param of what the recorded model was; its identity is part of what is checked.
 * @returns a model whose `complete` throws a permanent `ModelFault` for a call that was not recorded,
 * or was recorded for another request; it names the unit and what differs.
 */
export function replayed(of: Omit<Model, "complete">, cassettes: Cassettes): Model {
  const { id, identity, protocol, label } = of;
  return {
    id,
    identity,
    protocol,
    label,
    async complete(request: ModelRequest, context: CallContext): Promise<Reply> {
      context.signal.throwIfAborted();
      const entries = await cassettes.entries(context.unit, context.call);
      const [latest] = entries;
      if (latest === undefined) throw miss(id, context, cassettes.callsOf(context.unit));
      const asked = requestDigest(request, identity);
      const match = entries.find((entry) => requestDifference(entry.request, asked) === undefined);
      if (match === undefined) {
        const difference = requestDifference(latest.request, asked);
        throw notRecorded(
          `call ${context.call} of unit ${context.unit} (model ${id}) was recorded for another request: it differs in ${difference}`,
        );
      }
      if (match.answer.kind === "reply") return match.answer.reply;
      throw new ModelFault({ kind: "context-length", message: match.answer.message });
    },
  };
}

function miss(model: string, context: CallContext, calls: number): ModelFault {
  const has =
    calls === 0
      ? "nothing of this unit is recorded, so its task, skill, model, seed or settings differ"
      : `${calls} calls of this unit are recorded`;
  return notRecorded(
    `call ${context.call} of unit ${context.unit} (model ${model}) is not recorded: ${has}`,
  );
}

function notRecorded(message: string): ModelFault {
  const fix = "Replay the study that was recorded, or record this one with --record.";
  return new ModelFault({ kind: "permanent", message, fix });
}
