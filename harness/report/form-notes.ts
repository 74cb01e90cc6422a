import { groupedBy } from "../grouped-by.ts";
import { points, wholePoints } from "./numbers.ts";
import type { RowForm, TableRow } from "./table.ts";

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
