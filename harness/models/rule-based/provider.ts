import { z } from "zod";
import type { JsonObject } from "../../contracts/index.ts";
import type { ModelProvider } from "../provider.ts";
import { identityOf, label } from "./sizes.ts";

const schema = z.strictObject({
  provider: z.literal("builtin"),
  name: z.enum(["small", "large"]),
  params: z.record(z.string(), z.json()).optional(),
});

/** The rule-based agent that needs no key and no endpoint; it costs nothing, which is known. */
export const builtin: ModelProvider<z.infer<typeof schema>> & { readonly schema: typeof schema } = {
  name: "builtin",
  isLanguageModel: false,
  schema,
  declare(id, { name, params = {} }) {
    return {
      id,
      identity: identityOf(name, params),
      protocol: "native",
      label,
      episodes: 16,
      costOf: () => 0,
      async open({ subjects }) {
        const { ruleBasedModel } = await import("./model.ts");
        const none = () => Promise.reject(new Error("no subjects were given"));
        return ruleBasedModel({ id, name, params }, subjects ?? none);
      },
      check: async () => undefined,
      describe: async () => "rule-based, not a language model",
    };
  },
  publicEntry: (entry) => entry as JsonObject,
};
