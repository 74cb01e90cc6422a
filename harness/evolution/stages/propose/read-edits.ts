import { z } from "zod";
import type { Edit, EditOperation, Skill } from "../../../contracts/index.ts";
import { editOperations } from "../../../skills/place-edit.ts";
import {
  anyList,
  type Fault,
  hasHiddenText,
  numberList,
  optionalText,
  type ReplyValue,
  readItems,
  readObjectReply,
  replyShape,
  textList,
} from "../../reply.ts";
import { withoutSecrets } from "../../screen.ts";

/** Lines that one edit may have, and all edits of a patch together: past them a reply is no patch. */
const EDIT_LINES = 300;
const PATCH_LINES = 2000;

/** An edit before it has an id and tasks. */
export type EditFields = Omit<Edit, "id" | "sources" | "tasks">;

/** An edit as it stood in a reply, with what the reply says of where it came from. */
export interface DraftEdit {
  /** Place in the reply, such as `edits[2]`. */
  readonly where: string;
  readonly edit: EditFields;
  /** Numbers of the lessons, and of the patterns of earlier rounds, that a proposed edit carries. */
  readonly from: readonly number[];
  readonly patterns: readonly number[];
  /** Ids of the inputs that a merged edit came from. */
  readonly sources: readonly string[];
  /** Of the edit that it repairs. */
  readonly id: string | undefined;
}

/** A patch as it stood in a reply. */
export interface DraftPatch {
  readonly reasoning: string;
  readonly drafts: readonly DraftEdit[];
  readonly changelog: readonly string[];
  /** Inputs that a merge left out, with its reasons. */
  readonly dropped: readonly DroppedInput[];
  /** What had to be overlooked to read it: `fenced`, `in-prose`, `mended`, `secret-redacted`. */
  readonly notes: readonly string[];
}

/** An input that a merge left out, and why. */
export interface DroppedInput {
  readonly id: string;
  readonly because: string;
}

/** Names of operations that replies use for ours. */
const aliases: Readonly<Record<string, EditOperation>> = {
  create_file: "create",
  createFile: "create",
  delete: "delete_file",
  deleteFile: "delete_file",
};

const named = z.string({ error: 'needs "file" and "op" as text' });
const anchor = z.string().optional().catch(undefined);

/** An edit as a reply has it. */
const editSchema = z.object(
  {
    file: named.trim().min(1, { error: 'needs "file" and "op" as text' }),
    op: named,
    target_section: anchor,
    target_text: anchor,
    old_text: anchor,
    after_section: anchor,
    content: anchor,
    from: numberList.optional(),
    patterns: numberList.optional(),
    sources: textList,
    id: anchor,
  },
  { error: "must be an object" },
);

const textFields = [
  "target_section",
  "target_text",
  "old_text",
  "after_section",
  "content",
] as const satisfies readonly (keyof EditFields)[];

/** A patch of the form of the paper's released artefacts, as a reply has it; `dropped` is a merge's. */
export const patchReply = z.object({
  reasoning: optionalText((text) => text),
  edits: z.array(editSchema, { error: "must be a list" }),
  changelog: textList,
  /** The name in the released artefacts. */
  changelog_entries: textList,
  dropped: z
    .array(z.object({ id: z.string(), because: z.string() }).optional().catch(undefined))
    .optional()
    .catch(undefined),
});

const editAlone = editSchema
  .omit({ from: true, patterns: true, sources: true, id: true })
  .extend({ op: named.meta({ enum: [...editOperations] }) });
const { reasoning, changelog, dropped } = patchReply.shape;
const patchOf = (edit: z.ZodType) => z.object({ reasoning, edits: z.array(edit), changelog });

/** The form of a patch, by what its edits say of where they came from. */
export const patchShape = {
  plain: replyShape("patch", patchOf(editAlone)),
  proposed: replyShape("proposed_patch", patchOf(editAlone.extend({ from: numberList }))),
  /** Where there are patterns of earlier rounds. */
  proposedAgain: replyShape(
    "further_patch",
    patchOf(editAlone.extend({ from: numberList, patterns: numberList.optional() })),
  ),
  merged: replyShape(
    "merged_patch",
    patchOf(editAlone.extend({ sources: z.array(z.string()) }))
      .omit({ changelog: true })
      .extend({ dropped }),
  ),
  repaired: replyShape(
    "repaired_edits",
    z.object({ edits: z.array(editAlone.extend({ id: z.string() })) }),
  ),
};

/**
 * Reads a patch edit by edit; paths, operations and anchors are judged where edits are applied.
 *
 * @param skill the parent, whose own name before a path is overlooked.
 */
export function readPatch(reply: string, skill: Skill): ReplyValue<DraftPatch> {
  const read = readObjectReply(reply, "edits", patchReply.extend({ edits: anyList }));
  if (read.value === undefined) return { value: undefined, faults: read.faults };
  const { reasoning, edits, changelog, changelog_entries, dropped = [] } = read.value.object;
  const lines = edits.reduce<number>((sum, item) => sum + linesOfEdit(item), 0);
  if (lines > PATCH_LINES) {
    const problem = `${lines} lines; a patch has at most ${PATCH_LINES}`;
    return { value: undefined, faults: [{ kind: "too-large", where: "edits", problem }] };
  }
  const notes = [...read.value.notes];
  const schema = editSchema.transform((raw, ctx) => draftFrom(raw, skill, notes, ctx));
  const { items, faults } = readItems(edits, "edits", schema, "not-an-edit");
  return {
    value: {
      reasoning,
      drafts: items.map(({ where, item }) => ({ where, ...item })),
      changelog: (changelog ?? changelog_entries ?? []).map((entry) => withoutSecrets(entry).text),
      // Without a reason an input was not weighed, so it counts as left out.
      dropped: dropped.flatMap((one) => (one && one.because.trim() !== "" ? [one] : [])),
      notes,
    },
    faults,
  };
}

function linesOfEdit(item: unknown): number {
  const content = editSchema.pick({ content: true }).safeParse(item).data?.content;
  return content === undefined ? 0 : content.split("\n").length;
}

/** The edit of a reply, or an issue of its own kind; secrets that were taken out are noted. */
function draftFrom(
  raw: z.infer<typeof editSchema>,
  skill: Skill,
  notes: string[],
  ctx: z.RefinementCtx,
): Omit<DraftEdit, "where"> {
  const wrong = (kind: Fault["kind"], message: string) => {
    ctx.addIssue({ code: "custom", message, params: { kind } });
    return z.NEVER;
  };
  const file = ownPath(raw.file, skill);
  if (/^[^/.]+\/SKILL\.md$/.test(file))
    return wrong("other-skill", `"${raw.file}" is not a file of ${skill.name}`);
  const lines = linesOfEdit(raw);
  if (lines > EDIT_LINES)
    return wrong("too-long", `${lines} lines; an edit has at most ${EDIT_LINES}`);
  const fields: Partial<Record<(typeof textFields)[number], string>> = {};
  for (const name of textFields) {
    const value = raw[name];
    // An empty content takes text away; an empty anchor names no place.
    if (value === undefined || (value === "" && name !== "content")) continue;
    if (hasHiddenText([value]))
      return wrong("hidden-unicode", `"${name}" has invisible characters`);
    const { text, found } = withoutSecrets(value);
    if (found > 0) notes.push("secret-redacted");
    fields[name] = text;
  }
  return {
    edit: { file, op: aliases[raw.op] ?? (raw.op as EditOperation), ...fields },
    from: raw.from ?? [],
    patterns: raw.patterns ?? [],
    sources: raw.sources ?? [],
    id: raw.id,
  };
}

/** A path below the skill, where the reply put the skill's own directory before it. */
function ownPath(file: string, skill: Skill): string {
  for (const prefix of ["./", "skill/", `${skill.name}/`])
    if (file.startsWith(prefix)) return file.slice(prefix.length);
  return file;
}
