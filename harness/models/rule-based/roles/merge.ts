import type { Subject } from "../../../contracts/index.ts";
import { taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";

import { subjectOfRules } from "../subjects.ts";
import { lessonsIn } from "../taught.ts";
import { lastJson } from "./fences.ts";
import { sayJson } from "./lessons.ts";

/** An edit as the prompt shows it; `id` and `tasks` only where the merge has to keep a ledger. */
interface ShownEdit {
  readonly id?: string;
  readonly tasks?: number;
  readonly file: string;
  readonly op: string;
  readonly content?: string;
}

/** The part that merges: edits that teach the same habits become one, in the words that most tasks support; under a ledger the others stay without a word. */
export const merger: Role = (request, { subjects }) => {
  const groups = new Map<string, ShownEdit[]>();
  const shown = shownEdits(lastJson(taskText(request)));
  const subject = subjectOfRules(shown.map(({ content }) => content ?? "").join("\n\n"), subjects);
  for (const edit of shown) {
    const key = meaningOf(edit, subject);
    groups.set(key, [...(groups.get(key) ?? []), edit]);
  }
  const edits = [...groups.values()].flatMap((group) => {
    const best = [...group].sort((a, b) => (b.tasks ?? 0) - (a.tasks ?? 0))[0];
    if (!best) return [];
    const { id: _, tasks: __, ...fields } = best;
    const ids = group.flatMap(({ id }) => (id === undefined ? [] : [id]));
    if (ids.length === 0) return [fields];
    return ids.length === 1 ? [] : [{ ...fields, sources: ids }];
  });
  return sayJson({
    reasoning: "Edits that teach the same became one.",
    edits,
    dropped: [],
    changelog: [],
  });
};

/** Patches of a prompt, flattened to their edits. */
export function shownEdits(value: unknown): ShownEdit[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((patch: { readonly edits?: readonly ShownEdit[] }) => patch.edits ?? []);
}

/** What an edit teaches; where that is nothing it knows, the edit stands for itself. */
function meaningOf(edit: ShownEdit, subject: Subject): string {
  const habits = lessonsIn(edit.content ?? "", subject).map(({ habit }) => habit);
  const isPlain =
    edit.op !== "create" && !/\]\((?:references|scripts|assets)\//.test(edit.content ?? "");
  if (habits.length > 0 && isPlain) return `${edit.file} teaches ${habits.sort().join(" ")}`;
  const { id: _, tasks: __, ...fields } = edit;
  return JSON.stringify(fields);
}
