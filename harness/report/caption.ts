import { groupedBy } from "../grouped-by.ts";
import type { Interval } from "../stats/wilson.ts";
import { counted, points, range, wholePoints } from "./numbers.ts";
import type { Measured, RowForm, TableRow } from "./table.ts";

/** Adjusted p-values below this are marked. */
export const significance = 0.05;

/**
 * What was measured, on one line: study, data, real or sample, tasks, groups and seeds.
 *
 * @param name makes a name from a config safe for the format.
 */
export function heading(table: Measured, name: (text: string) => string): string {
  const data = `${name(table.data.name)} (${table.data.real ? "real data" : "sample data"})`;
  const panels = table.splits.map(
    (split) =>
      `${name(split.name)} ${counted(split.tasks, "task")} in ${counted(split.groups, "group")}`,
  );
  const seeds = `${table.seeds.length === 1 ? "seed" : "seeds"} ${table.seeds.join(", ")}`;
  return [`Study ${name(table.study)}: ${data}`, ...panels, seeds].join("; ");
}

/** What stands behind the names of splits and models, one a line. */
export function legend(table: Measured, name: (text: string) => string): string[] {
  const splits = (table.asked ?? []).map(
    ({ split, domain, from, grader, options, interaction }) => {
      const chosen = Object.entries(options).map(([option, value]) => `${option} ${value}`);
      const asked = interaction === "direct" ? ["asked directly, without tools"] : [];
      return `${split}: ${[`${domain} ${from}`, ...asked, `graded by ${grader}`, ...chosen].join(", ")}`;
    },
  );
  const models = table.models.map((model) => `${model.name}: ${model.label}`);
  return [...splits, ...models].map(name);
}

/** A figure with its interval, where it has one: `61.2 [55.0, 67.1]`. */
export function withInterval(figure: string, interval: Interval | null): string {
  return interval === null ? figure : `${figure} ${range(interval)}`;
}

/** ` *` after a significant rise, ` !` after such a fall. */
export function significanceMark(pHolm: number | null, change: number | null): string {
  if (pHolm === null || pHolm >= significance) return "";
  return (change ?? 0) > 0 ? " *" : " !";
}

/** From the least to the greatest effect that rows of a table can find, in points; undefined where none is known. */
export function detectablePoints(
  rows: readonly { readonly minimumDetectableEffect: number | null }[],
): string | undefined {
  const effects = rows.flatMap((row) => row.minimumDetectableEffect ?? []);
  if (effects.length === 0) return undefined;
  const [low, high] = [points(Math.min(...effects)), points(Math.max(...effects))];
  return low === high ? low : `${low} to ${high}`;
}

/** More episodes of an arm than this share ended for reasons of form: its score may say little of ability. */
const worthAWarning = 0.1;

/** The form of a row's episodes in a cell: `form 12.5%`; empty where it was not kept. */
export function formText({ form }: TableRow): string {
  return form === undefined ? "" : `form ${points(form.share)}%`;
}

/** What must be said below a table of the form of its episodes, one paragraph an entry. */
export function formNotes(
  rows: readonly TableRow[],
  name: (text: string) => string,
): readonly string[] {
  // Several metrics of one arm are of the same episodes.
  const armOf = ({ condition, author, user, split }: TableRow) =>
    JSON.stringify([condition, author, user, split]);
  const arms = [...groupedBy(rows, armOf).values()].flatMap(([{ form, ...row }]) =>
    form === undefined ? [] : [{ ...row, form }],
  );
  if (arms.length === 0) return [];
  const recovered = totals(arms.map(({ form }) => form.recovered));
  const byText = arms.reduce((sum, { form }) => sum + form.byText, 0);
  const understood = [
    ...Object.entries(recovered).map(([form, count]) => `${form} ${count}`),
    ...(byText > 0 ? [`answers stated in a final reply ${byText}`] : []),
  ];
  return [
    "form: share of the episodes that ended for a reason of form (unreadable replies, repetition, replies cut off, no turns left), which say little of ability.",
    ...(understood.length > 0
      ? [
          `Understood from another form than the one asked for, by replies: ${understood.join(", ")}.`,
        ]
      : []),
    ...warnings(arms, name),
  ];
}

type ArmRow = TableRow & { readonly form: RowForm };

/** One warning for all arms that have the same reason before all others. */
function warnings(arms: readonly ArmRow[], name: (text: string) => string): string[] {
  const bad = arms.filter(({ form }) => form.share > worthAWarning);
  return [...groupedBy(bad, ({ form }) => Object.keys(form.ended)[0] ?? "")].map(
    ([reason, rows]) => {
      const named = rows.map(({ condition, author, user, split, form }) => {
        const by = author === null ? "" : ` by ${author}`;
        return `${name(`${condition}${by}, ${user} on ${split}`)} (${points(form.share)}%, of ${form.episodes} episodes ${form.ended[reason]} ${reason})`;
      });
      return `Warning: more than ${wholePoints(worthAWarning)}% ended for reasons of form in ${named.join("; ")}. ${advice[reason] ?? ""}`.trim();
    },
  );
}

const advice: Readonly<Record<string, string>> = {
  "malformed-too-often":
    "Try the model's other protocol (native, text): npm run doctor -- --models FILE plays an episode with both.",
  repeated:
    "The model does not get on with its tools: try interaction: direct where the domain has it, or another sampling temperature.",
  "cut-off":
    "Allow longer replies (max_tokens in the model's parameters, and the server's context), or ask the model to think less.",
  "no-answer":
    "Read some of the replies: the model does not state its answer in the form that is asked for.",
  "out-of-turns": "Give the agent more turns (agent.turns), and read some of the episodes first.",
};

function totals(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [key, count] of counts.flatMap(Object.entries<number>))
    sums[key] = (sums[key] ?? 0) + count;
  return sums;
}
