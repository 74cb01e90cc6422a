import type { Edit, EditOperation, Json, JsonObject, Skill } from "../../../contracts/index.ts";
import { isJsonObject, readReply } from "../../../lenient-json.ts";
import { hiddenCharacters } from "../../../skills/hidden-unicode.ts";
import type { Fault } from "../../fault.ts";
import { redact } from "../../screen.ts";

/** Lines that one edit may have, and all edits of a patch together: past them a reply is no patch. */
const EDIT_LINES = 300;
const PATCH_LINES = 2000;

/** An edit as it stood in a reply, before it has an id and tasks. */
export interface DraftEdit {
  /** Place in the reply, such as `edits[2]`. */
  readonly where: string;
  readonly edit: Omit<Edit, "id" | "sources" | "tasks">;
  /** The object of the reply: for fields that only one stage asks for. */
  readonly raw: JsonObject;
}

/** A patch as it stood in a reply. */
export interface DraftPatch {
  readonly reasoning: string;
  readonly drafts: readonly DraftEdit[];
  readonly changelog: readonly string[];
  /** The whole object of the reply. */
  readonly raw: JsonObject;
  /** What had to be overlooked to read it: `fenced`, `in-prose`, `mended`, `secret-redacted`. */
  readonly notes: readonly string[];
}

/** Names of operations that replies use for ours. */
const aliases: Readonly<Record<string, EditOperation>> = {
  create_file: "create",
  createFile: "create",
  delete: "delete_file",
  deleteFile: "delete_file",
};

const textFields = [
  "target_section",
  "target_text",
  "old_text",
  "after_section",
  "content",
] as const;

/**
 * Reads a patch of the form of the paper's released artefacts, edit by edit.
 *
 * An edit that cannot be one is a fault of its own and takes no other with it. Paths, operations and
 * anchors are judged where edits are applied.
 *
 * @param skill the parent, whose own name before a path is overlooked.
 */
export function readPatch(
  reply: string,
  skill: Skill,
): { readonly patch: DraftPatch | undefined; readonly faults: readonly Fault[] } {
  const json = readReply(reply, ["edits"]);
  if (json.kind === "unreadable")
    return {
      patch: undefined,
      faults: [{ kind: json.fault, where: "reply", problem: json.problem }],
    };
  const raw = json.value;
  const list = raw["edits"];
  if (!Array.isArray(list))
    return {
      patch: undefined,
      faults: [{ kind: "wrong-shape", where: "edits", problem: "must be a list" }],
    };
  const lines = (list as readonly Json[]).reduce<number>((sum, item) => sum + linesOf(item), 0);
  if (lines > PATCH_LINES)
    return {
      patch: undefined,
      faults: [
        {
          kind: "too-large",
          where: "edits",
          problem: `${lines} lines; a patch has at most ${PATCH_LINES}`,
        },
      ],
    };
  const notes = json.how === "exact" ? [] : [json.how as string];
  const drafts: DraftEdit[] = [];
  const faults: Fault[] = [];
  for (const [i, item] of (list as readonly Json[]).entries()) {
    const reading = readEdit(item, `edits[${i}]`, skill, notes);
    if ("kind" in reading) faults.push(reading);
    else drafts.push(reading);
  }
  return { patch: { ...headOf(raw), drafts, raw, notes }, faults };
}

function headOf(raw: JsonObject): { reasoning: string; changelog: string[] } {
  const reasoning = raw["reasoning"];
  // `changelog_entries` is the name in the released artefacts.
  const changelog = raw["changelog"] ?? raw["changelog_entries"];
  const entries = Array.isArray(changelog) ? (changelog as readonly Json[]) : [changelog ?? null];
  return {
    reasoning: typeof reasoning === "string" ? redact(reasoning).text : "",
    changelog: entries
      .filter((entry) => typeof entry === "string")
      .map((entry) => redact(entry).text),
  };
}

function linesOf(item: Json): number {
  const content = isJsonObject(item) ? item["content"] : undefined;
  return typeof content === "string" ? content.split("\n").length : 0;
}

function readEdit(item: Json, where: string, skill: Skill, notes: string[]): DraftEdit | Fault {
  if (!isJsonObject(item)) return { kind: "not-an-edit", where, problem: "must be an object" };
  const { file, op } = item;
  if (typeof file !== "string" || file.trim() === "" || typeof op !== "string")
    return { kind: "not-an-edit", where, problem: 'needs "file" and "op" as text' };
  const path = ownPath(file.trim(), skill);
  if (/^[^/.]+\/SKILL\.md$/.test(path))
    return { kind: "other-skill", where, problem: `"${file}" is not a file of ${skill.name}` };
  if (linesOf(item) > EDIT_LINES)
    return {
      kind: "too-long",
      where,
      problem: `${linesOf(item)} lines; an edit has at most ${EDIT_LINES}`,
    };
  const fields: Partial<Record<(typeof textFields)[number], string>> = {};
  for (const name of textFields) {
    const value = item[name];
    if (typeof value !== "string") continue;
    // An empty content takes text away; an empty anchor names no place.
    if (value === "" && name !== "content") continue;
    if (hiddenCharacters(value).length > 0)
      return { kind: "hidden-unicode", where, problem: `"${name}" has invisible characters` };
    const { text, found } = redact(value);
    if (found > 0) notes.push("secret-redacted");
    fields[name] = text;
  }
  return {
    where,
    edit: { file: path, op: aliases[op] ?? (op as EditOperation), ...fields },
    raw: item,
  };
}

/** A path below the skill, where the reply put the skill's own directory before it. */
function ownPath(file: string, skill: Skill): string {
  for (const prefix of ["./", "skill/", `${skill.name}/`])
    if (file.startsWith(prefix)) return file.slice(prefix.length);
  return file;
}
