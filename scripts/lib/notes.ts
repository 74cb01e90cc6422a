import type { DataInfo } from "../../harness/contracts/index.ts";
import { rowsOf } from "../../harness/study/arms.ts";
import type { StudyContext } from "../../harness/study/context.ts";
import type { StudySplit } from "../../harness/study/select-tasks.ts";
import { shown } from "./places.ts";

/**
 * Lines that a person should read before the table.
 *
 * @param dataDir where data sets were looked for.
 * @param because why the sandbox was chosen, where that was for a reason.
 */
export function notesOf(context: StudyContext, dataDir: string, because?: string): string[] {
  const { study, sandboxes, splits, presetOf } = context;
  const notes = dataNotes(splits, dataDir);
  notes.push(`Sandbox: ${sandboxes.name}${because === undefined ? "" : `, ${because}`}`);
  const direct = splits.filter((split) => split.direct !== undefined).map(({ name }) => name);
  if (direct.length > 0)
    notes.push(`Interaction: direct, one call without tools (${direct.join(", ")})`);
  for (const { name, leftOut, from } of splits) {
    if (leftOut > 0) {
      notes.push(
        `Split ${name}: ${leftOut} tasks of ${from} passed over, since an earlier split uses their group`,
      );
    }
  }
  const evolved = rowsOf(study).flatMap(({ source }) =>
    source.kind === "evolved" ? [source] : [],
  );
  const isGated = evolved.some(({ variant }) => presetOf(variant).gate !== "none");
  if (isGated && !splits.some(({ name }) => name === "select"))
    notes.push("No split called select: evolved skills replace their parents without a gate");
  return notes;
}

/** Which data the splits are of, and for a sample how to get the real ones. */
function dataNotes(splits: readonly StudySplit[], dataDir: string): string[] {
  const used = new Map<DataInfo, StudySplit[]>();
  for (const split of splits) used.set(split.data, [...(used.get(split.data) ?? []), split]);
  return [...used].map(([data, of]) => {
    if (data.real) return `Data: ${data.name} (${shown(data.path)})`;
    const [{ domain } = { domain: undefined }] = of;
    const isMixed = splits.some((split) => split.domain === domain && split.data.real);
    const where = isMixed
      ? ` for ${of.map(({ name, from }) => `${name} (${from})`).join(", ")}`
      : "";
    return `Data: ${data.name}${where}, the sample that ships with the project; for the real set: npm run data -- list (looked in ${shown(dataDir)})`;
  });
}
