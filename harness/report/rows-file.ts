import { z } from "zod";
import { InputError, messageOf } from "../errors.ts";
import { observationsOf, type Panel, panelOf, scoreColumns } from "./score-columns.ts";
import { type ArmFacts, checkTableInput, type TableInput } from "./table-input.ts";

/**
 * `rows.json`: the facts of a study, enough to compute its table again in every format.
 *
 * A split's tasks are listed once, as a panel; an arm's scores stand in columns beside it (see
 * `score-columns.ts`). 60 arms of 600 episodes take about 65 kB.
 */
const count = z.int().min(0);
const spentSchema = z.strictObject({
  calls: count,
  inputTokens: count,
  outputTokens: count,
  unmetered: count,
  costUsd: z.number().min(0).nullable(),
});
const schema = z.strictObject({
  format: z.literal("trace2skill rows"),
  version: z.literal(1),
  study: z.string(),
  data: z.strictObject({ name: z.string(), real: z.boolean(), digest: z.string() }),
  models: z.array(z.strictObject({ name: z.string(), label: z.string() })),
  conditions: z.array(z.string()),
  splits: z.array(z.string()),
  asked: z
    .array(
      z.strictObject({
        split: z.string(),
        domain: z.string(),
        grader: z.string(),
        from: z.string(),
        options: z.record(z.string(), z.string()),
      }),
    )
    .optional(),
  seeds: z.array(z.int()),
  seed: z.number(),
  panels: z.record(
    z.string(),
    z.strictObject({
      groups: z.array(z.string()),
      /** Each with the place of its group in `groups`. */
      tasks: z.array(z.tuple([z.string(), count])),
    }),
  ),
  arms: z.array(
    z.strictObject({
      condition: z.string(),
      mode: z.enum(["deepening", "creation"]).nullable(),
      author: z.string().nullable(),
      user: z.string(),
      split: z.string(),
      metric: z.string(),
      baseline: z.strictObject({ condition: z.string(), author: z.string().nullable() }).nullable(),
      skills: z.array(z.string()).optional(),
      spent: spentSchema.optional(),
      variant: z.strictObject({ of: z.string(), name: z.string() }).optional(),
      making: z
        .strictObject({
          skills: z.int().min(1),
          rollouts: count,
          spent: spentSchema,
          seconds: z.number().min(0).exactOptional(),
        })
        .optional(),
      train: z.literal(true).optional(),
      /** One text a seed, in the order of `seeds`. */
      scores: z.array(z.string().regex(/^[01?.+]*$/)),
      between: z.array(z.number().min(0).max(1)).optional(),
    }),
  ),
});
type RowsFile = z.infer<typeof schema>;

/**
 * Writes the facts of a study as the text of `rows.json`: the same facts in any order of episodes
 * give the same text.
 *
 * @throws {InputError} as `checkTableInput`.
 */
export function writeRows(input: TableInput): string {
  checkTableInput(input, "rows.json");
  const panels: Record<string, Panel> = {};
  for (const split of input.splits) {
    panels[split] = panelOf(
      input.arms.filter((arm) => arm.split === split).flatMap((arm) => arm.observations),
    );
  }
  const { study, models, conditions, splits, seeds, seed } = input;
  const { name, real, digest } = input.data;
  const { arms, ...head } = {
    format: "trace2skill rows",
    version: 1,
    study,
    data: { name, real, digest },
    models: [...models],
    conditions: [...conditions],
    splits: [...splits],
    ...(input.asked === undefined ? {} : { asked: [...input.asked] }),
    seeds: [...seeds],
    seed,
    panels,
    arms: input.arms.map((arm) => ({
      condition: arm.condition,
      mode: arm.mode,
      author: arm.author,
      user: arm.user,
      split: arm.split,
      metric: arm.metric,
      baseline: arm.baseline,
      ...given(arm),
      ...scoreColumns(arm.observations, panels[arm.split] as Panel, seeds),
    })),
  } satisfies RowsFile;
  // One line an arm, so that a change of one arm is one line of a diff.
  const lines = arms.map((arm) => `  ${JSON.stringify(arm)}`).join(",\n");
  return `${JSON.stringify(head).slice(0, -1)},"arms":[\n${lines}\n]}\n`;
}

/**
 * Reads the text of a `rows.json`. Whether its facts agree with each other is for `buildTable` to say.
 *
 * @param where the file's name, for messages.
 * @throws {InputError} where it is not JSON, or not of this schema (with the field).
 */
export function readRows(text: string, where: string): TableInput {
  const parsed = schema.safeParse(parseJson(text, where));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw unreadable(where, issue?.message ?? "not a rows file", issue?.path.join("."));
  }
  const { format: _, version: __, panels, arms, asked, ...head } = parsed.data;
  return {
    ...head,
    ...(asked === undefined ? {} : { asked }),
    arms: arms.map(({ scores, between, skills, spent, variant, making, train, ...arm }, i) => {
      const panel = panels[arm.split];
      if (panel === undefined) {
        throw unreadable(where, `there is no panel "${arm.split}"`, `arms.${i}.split`);
      }
      const read = observationsOf({ scores, between }, panel, head.seeds);
      if (typeof read === "string") throw unreadable(where, read, `arms.${i}`);
      return { ...arm, ...given({ skills, spent, variant, making, train }), observations: read };
    }),
  };
}

/** The optional facts that are there, in this order. */
function given({ skills, spent, variant, making, train }: Optional) {
  return {
    ...(skills === undefined ? {} : { skills: [...skills] }),
    ...(spent === undefined ? {} : { spent }),
    ...(variant === undefined ? {} : { variant }),
    ...(making === undefined ? {} : { making }),
    ...(train === undefined ? {} : { train }),
  };
}

type Optional = {
  readonly [Field in "skills" | "spent" | "variant" | "making" | "train"]?:
    | ArmFacts[Field]
    | undefined;
};

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(where, `not JSON (${messageOf(error)})`, undefined, error);
  }
}

function unreadable(where: string, problem: string, field?: string, cause?: unknown): InputError {
  return new InputError({
    where,
    ...(field ? { field } : {}),
    problem,
    fix: "Run the study again to write the file anew; finished work is kept in the store.",
    cause,
  });
}
