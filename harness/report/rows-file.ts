import { z } from "zod";
import { checkedJson } from "../checked-json.ts";
import { InputError } from "../errors.ts";
import { observationsOf, panelOf, scoreColumns } from "./score-columns.ts";
import { armFacts, checkTableInput, studyFacts, type TableInput } from "./table-input.ts";

/**
 * `rows.json`: the facts of a study, enough to compute its table again in every format.
 *
 * A split's tasks are listed once, as a panel; an arm's scores stand in columns beside it (see
 * `score-columns.ts`). 60 arms of 600 episodes take about 65 kB.
 */
const schema = z.strictObject({
  format: z.literal("trace2skill rows"),
  version: z.literal(1),
  ...studyFacts.shape,
  panels: z.record(
    z.string(),
    z.strictObject({
      groups: z.array(z.string()),
      /** Each with the place of its group in `groups`. */
      tasks: z.array(z.tuple([z.string(), z.int().min(0)])),
    }),
  ),
  arms: z.array(
    armFacts.extend({
      /** One text a seed, in the order of `seeds`. */
      scores: z.array(z.string().regex(/^[01?.+]*$/)),
      between: z.array(z.number().min(0).max(1)).exactOptional(),
    }),
  ),
});

/**
 * Writes the facts of a study as the text of `rows.json`: the same facts in any order of episodes
 * give the same text.
 *
 * @throws {InputError} as `checkTableInput`.
 */
export function writeRows(input: TableInput): string {
  checkTableInput(input, "rows.json");
  const panelOfSplit = (split: string) =>
    panelOf(input.arms.filter((arm) => arm.split === split).flatMap((arm) => arm.observations));
  const panels = new Map(input.splits.map((split) => [split, panelOfSplit(split)]));
  const { name, real, digest } = input.data;
  // The schema also puts the fields into its order.
  const { arms, ...head } = schema.parse({
    format: "trace2skill rows",
    version: 1,
    ...input,
    data: { name, real, digest },
    panels: Object.fromEntries(panels),
    arms: input.arms.map(({ observations, ...arm }) => ({
      ...arm,
      ...scoreColumns(observations, panels.get(arm.split) ?? panelOf([]), input.seeds),
    })),
  });
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
  const at = {
    where,
    fix: "Run the study again to write the file anew; finished work is kept in the store.",
  };
  const { format: _, version: __, panels, ...input } = checkedJson(text, schema, at);
  return {
    ...input,
    arms: input.arms.map(({ scores, between, ...arm }, i) => {
      const panel = panels[arm.split];
      if (panel === undefined) {
        const problem = `there is no panel "${arm.split}"`;
        throw new InputError({ ...at, field: `arms.${i}.split`, problem });
      }
      const observations = observationsOf({ scores, between }, panel, input.seeds);
      if (typeof observations === "string")
        throw new InputError({ ...at, field: `arms.${i}`, problem: observations });
      return { ...arm, observations };
    }),
  };
}
