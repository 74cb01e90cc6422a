import { z } from "zod";
import type { JsonObject, Model } from "../contracts/index.ts";
import { InputError, InputErrors } from "../errors.ts";
import { groupedBy } from "../grouped-by.ts";
import { openai } from "./openai/provider.ts";
import type { DeclaredModel, ModelDeps, ModelProvider, Surroundings } from "./provider.ts";
import { openCassettes } from "./recorded/cassettes.ts";
import { recorded } from "./recorded/recorded.ts";
import { openRecording } from "./recorded/recording.ts";
import { replayed } from "./recorded/replayed.ts";
import { builtin } from "./rule-based/provider.ts";

/** Every provider of models. Adding one is one entry here. */
const providers = [openai, builtin] as const;

type SchemasOf<Providers extends readonly { readonly schema: z.ZodType }[]> = {
  [Place in keyof Providers]: Providers[Place]["schema"];
};
const schemas = providers.map(({ schema }) => schema) as unknown as SchemasOf<typeof providers>;

/** The shape of a model under `models:` of a study. */
export const modelSchema = z.discriminatedUnion("provider", schemas);
export type ModelEntry = z.infer<typeof modelSchema>;

/** What a study may write in the field `provider`. */
export const providerNames: readonly string[] = providers.map(({ name }) => name);

function providerOf({ provider }: ModelEntry): ModelProvider<ModelEntry> {
  const found = providers.find(({ name }) => name === provider);
  return found as unknown as ModelProvider<ModelEntry>;
}

/** Makes ready what a study wrote of a model; see `ModelProvider.declare`. */
export function declareModel(id: string, entry: ModelEntry, at: Surroundings): DeclaredModel {
  return providerOf(entry).declare(id, entry, at);
}

/** Whether what a study wrote is a language model. */
export function isLanguageModel(entry: ModelEntry): boolean {
  return providerOf(entry).isLanguageModel;
}

/** What a study wrote of a model, without what is secret in it. */
export function publicEntry(entry: ModelEntry): JsonObject {
  return providerOf(entry).publicEntry(entry);
}

/** The models of a study, and what they have in common. */
export interface ModelRoom {
  readonly models: ReadonlyMap<string, Model>;
  /**
   * Contacts every endpoint once, within five seconds; does nothing where calls are replayed.
   *
   * @throws {InputErrors} one line a problem, with the models that have it.
   */
  check(): Promise<void>;
  /** Finishes the recording. */
  close(): Promise<void>;
}

/**
 * Opens the models of a study.
 *
 * @param declared by the id a study calls them by.
 * @param tapes a directory to write every answered call to, or one to answer every call from; then no
 * endpoint is contacted.
 * @throws {InputError} when a directory cannot be recorded to or replayed from.
 */
export async function openModels(
  declared: ReadonlyMap<string, DeclaredModel>,
  deps: ModelDeps,
  tapes: { readonly record?: string | undefined; readonly replay?: string | undefined } = {},
): Promise<ModelRoom> {
  if (tapes.record !== undefined && tapes.replay !== undefined) {
    throw new InputError({
      where: "--record and --replay",
      problem: "exclude each other",
      fix: "Record with one run, and replay with the next.",
    });
  }
  const cassettes = tapes.replay === undefined ? undefined : await openCassettes(tapes.replay);
  const recording = tapes.record === undefined ? undefined : await openRecording(tapes.record);
  const gates = new Map();
  const open = async (model: DeclaredModel): Promise<Model> => {
    if (cassettes !== undefined) return replayed(model, cassettes);
    const opened = await model.open({ gates, ...deps });
    return recording === undefined ? opened : recorded(opened, recording);
  };
  return {
    models: new Map(
      await Promise.all([...declared].map(async ([id, one]) => [id, await open(one)] as const)),
    ),
    check: () => (cassettes === undefined ? checkAll(declared, deps) : Promise.resolve()),
    async close() {
      await recording?.close();
      await cassettes?.close();
    },
  };
}

/** Checks all models, and says once what several have in common. */
async function checkAll(
  declared: ReadonlyMap<string, DeclaredModel>,
  { clock }: ModelDeps,
): Promise<void> {
  const failures = await Promise.all(
    [...declared].map(async ([id, model]) => {
      try {
        await model.check(clock);
        return [];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return [{ id, error, said: error.message.replace(`model ${id}: `, "") }];
      }
    }),
  );
  const problems = [...groupedBy(failures.flat(), ({ said }) => said)].map(([said, alike]) => {
    const [{ error }] = alike;
    const ids = alike.map(({ id }) => id);
    if (ids.length > 1) error.message = `models ${ids.join(", ")}: ${said}`;
    return error;
  });
  if (problems.length > 0) throw new InputErrors(problems);
}
