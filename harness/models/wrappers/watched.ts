import type { CallContext, Model, Reply } from "../../contracts/index.ts";

/** What happens to calls, for progress. Listeners decide nothing. */
export interface CallEvents {
  onSent(call: CallContext): void;
  /** @param reply undefined where there was none. */
  onEnded(call: CallContext, reply: Reply | undefined): void;
}

/** A model whose calls somebody hears of. */
export function watched(model: Model, events: CallEvents | undefined): Model {
  if (events === undefined) return model;
  return {
    ...model,
    async complete(request, context) {
      events.onSent(context);
      let reply: Reply | undefined;
      try {
        reply = await model.complete(request, context);
        return reply;
      } finally {
        events.onEnded(context, reply);
      }
    },
  };
}
