import { z } from "zod";
import { modelSchema } from "../../models/registry.ts";
import { authoredConditions, plainConditions } from "../conditions.ts";
import { evolutionSchema } from "./preset-schema.ts";

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/i, "use letters, digits, '.', '_' and '-' only");

export const modelsSchema = z
  .record(name, modelSchema)
  .refine((models) => Object.keys(models).length > 0, "name at least one model");

/** How a task is put: to an agent with tools, or in one call without any. */
const interactionSchema = z.enum(["agent", "direct"]);

/** What a direct prompt may hold, in estimated tokens. */
const directSchema = z.strictObject({
  /** Of a task's material, as far as its domain has some; what is beyond is cut off, and the prompt says so. */
  materialTokens: z.number().int().positive().default(6000),
  /** Of a skill's references together; one that does not fit is named as unavailable. */
  referenceTokens: z.number().int().nonnegative().default(3000),
});

const splitShape = {
  from: z.string().min(1),
  skip: z.number().int().nonnegative().optional(),
  take: z.number().int().positive().optional(),
  /** @default the study's where the split is of its domain, and otherwise the domain's */
  interaction: interactionSchema.optional(),
};

/** What only splits that make columns have: evolution sees a split as its domain grades it. */
export const columnFields = ["domain", "measure", "samples"] as const;
const columnShape = {
  /** A domain other than the study's: how the skill does on tasks of another kind. */
  domain: z.string().min(1).optional(),
  /** What the column shows the mean of: the scores, the share of passed tasks, or a metric of the domain. @default score */
  measure: z.string().min(1).optional(),
  /** Episodes a task and seed: the columns show avg@k and pass@k. @default 1 */
  samples: z.number().int().min(2).max(64).optional(),
};

const unique = <Item extends z.ZodType>(item: Item, atLeast = 1) =>
  z
    .array(item)
    .min(atLeast)
    .superRefine((items, context) => {
      for (const [i, value] of items.entries()) {
        if (items.indexOf(value) < i)
          context.addIssue({
            code: "custom",
            path: [i],
            message: `${String(value)} is named twice`,
          });
      }
    });

const agentSchema = z.strictObject({
  /** Model calls an episode may make. */
  turns: z.number().int().positive().default(20),
  /** Input plus output tokens an episode may use; no limit where absent. */
  tokens: z.number().int().positive().optional(),
  /** Minutes an episode may take; no limit where absent. */
  minutes: z.number().positive().optional(),
  /** Characters of an observation that the model gets to see. */
  observationChars: z.number().int().min(200).default(8000),
  /** Unreadable replies in a row before the episode ends. */
  malformed: z.number().int().positive().default(3),
});

/** Options of a domain, by name, with their values; the first is the default. */
export type OptionValues = Readonly<Record<string, readonly string[]>>;

const optionShapeOf = (options: OptionValues) =>
  Object.fromEntries(
    Object.entries(options).map(([option, values]) => [option, z.enum(values).optional()]),
  );

/**
 * The shape of a study file for a domain with these options.
 *
 * An option may stand at the top, for all splits, or in a split, for that one.
 *
 * @param splitOptions the options of every split of the file, in its order: a split may name another
 * domain.
 */
export function studySchemaFor(
  options: OptionValues,
  splitOptions: Readonly<Record<string, OptionValues>> = {},
) {
  const optionShape = optionShapeOf(options);
  const splitOf = (own: OptionValues) =>
    z.strictObject({ ...splitShape, ...columnShape, ...optionShapeOf(own) });
  const named = Object.entries(splitOptions).filter(([split]) => name.safeParse(split).success);
  // A record keeps the order of the file, as does an object with its keys in that order.
  const splits = named.every(([, own]) => own === options)
    ? z.record(name, splitOf(options))
    : z.strictObject(Object.fromEntries(named.map(([split, own]) => [split, splitOf(own)])));
  return z.strictObject({
    study: name,
    domain: z.string().min(1),
    models: modelsSchema,
    splits,
    conditions: unique(z.enum([...plainConditions, ...authoredConditions])),
    authors: unique(z.string(), 0).default([]),
    users: unique(z.string()),
    /** Who uses a skill that an author wrote: every user, or the author alone. */
    pairing: z.enum(["all", "same-model"]).default("all"),
    seeds: unique(z.number().int()).default([41]),
    /** A preset's name, or a mapping over one: `{ preset: default, fanIn: 8 }`. */
    evolution: evolutionSchema,
    /** Rows of an ablation: every evolved condition once for each of these presets. */
    variants: z.record(z.string().min(1), evolutionSchema).optional(),
    /** Whether skills and their parents also run the tasks they were learnt from, to say how much of a gain holds elsewhere. */
    retention: z.boolean().default(false),
    /** An A/A study: so many gates of every condition's skill against itself, in place of the table. */
    gateTrials: z.number().int().positive().optional(),
    /** @default as the domain says for its options */
    interaction: interactionSchema.optional(),
    agent: agentSchema.prefault({}),
    direct: directSchema.prefault({}),
    sandbox: z.enum(["auto", "embedded", "bubblewrap", "docker", "host"]).default("auto"),
    /** Directories of skills to use in place of the domain's own. */
    skills: z
      .strictObject({ "human-written": z.string(), placebo: z.string() })
      .partial()
      .default({}),
    /** Models that play a role in place of the author: role -> model, or role -> author -> model. */
    roles: z
      .record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]))
      .default({}),
    /** The table of the paper that the study reproduces, to be printed side by side. */
    paper: z.enum(["table1", "table2", "table3", "table4", "table5", "table6"]).optional(),
    /** The embedding model of `reasoning-bank`; without one it retrieves by BM25. */
    embedder: z
      .strictObject({
        name: z.string().min(1),
        baseURL: z.url({ protocol: /^https?$/ }).optional(),
        apiKeyEnv: z.string().min(1).optional(),
        timeoutMs: z.number().int().positive().optional(),
      })
      .optional(),
    /** Episodes at a time. */
    concurrency: z.number().int().positive().optional(),
    ...optionShape,
  });
}

const splitSchema = z.object({ ...splitShape, ...columnShape });
/** A split of a study, without the options of its domain. */
export type SplitEntry = z.infer<typeof splitSchema>;
