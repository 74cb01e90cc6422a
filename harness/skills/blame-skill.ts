import type { Skill } from "../contracts/index.ts";
import type { Provenance } from "./provenance.ts";
import { lineCount } from "./size-budget.ts";

/** An edit behind a line, with all that led to it. */
type BlamedEdit = Provenance["edits"][number];

/** A line of an evolved skill and where it comes from; one without edits is the parent's. */
export interface BlamedLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly edits: readonly BlamedEdit[];
}

/** Every line of a skill, and what keeps its provenance from being the whole truth. */
export interface Blame {
  readonly lines: readonly BlamedLine[];
  /** Sentences; none when every evolved line leads to patches, tasks and trajectories. */
  readonly problems: readonly string[];
}

/** Says for every line of an evolved skill which rule put it there, and which trajectories are behind it. */
export function blameSkill(skill: Skill, provenance: Provenance): Blame {
  const problems: string[] = [];
  if (provenance.skill !== skill.digest)
    problems.push(
      `the provenance is of skill ${provenance.skill.slice(0, 12)}, and this one is ${skill.digest.slice(0, 12)}: it was changed after its evolution`,
    );
  const edits = new Map(provenance.edits.map((edit) => [edit.id, edit]));
  const editsOf = new Map<string, BlamedEdit[]>();
  for (const { file, line, edit: id } of provenance.lines) {
    const place = `${file}:${line}`;
    const text = skill.files.get(file);
    const edit = edits.get(id);
    if (text === undefined || line > lineCount(text)) problems.push(`${place}: no such line`);
    if (edit === undefined) problems.push(`${place}: there is no edit ${id}`);
    else editsOf.set(place, [...(editsOf.get(place) ?? []), edit]);
  }
  for (const edit of provenance.edits) {
    if (edit.tasks.length === 0) problems.push(`edit ${edit.id}: no task is behind it`);
    if (edit.patches.length === 0) problems.push(`edit ${edit.id}: no patch is behind it`);
    for (const patch of edit.patches)
      if (patch.row === "") problems.push(`edit ${edit.id}: patch ${patch.id} names no trajectory`);
  }
  const lines = [...skill.files].flatMap(([file, text]) =>
    text
      .split("\n")
      .slice(0, lineCount(text))
      .map((content, i) => ({
        file,
        line: i + 1,
        text: content.replace(/\r$/, ""),
        edits: editsOf.get(`${file}:${i + 1}`) ?? [],
      })),
  );
  return { lines, problems };
}

/** A blame as text: each line with the edits behind it, and below an evolved line what they rest on. */
export function blameText({ lines }: Blame): string {
  const out: string[] = [];
  let file = "";
  for (const line of lines) {
    if (line.file !== file) {
      file = line.file;
      out.push(...(out.length > 0 ? ["", file] : [file]));
    }
    const ids = line.edits.map(({ id }) => id).join(" ");
    const origin = line.edits.length === 0 ? "parent" : ids;
    out.push(`${String(line.line).padStart(5)}  ${origin.padEnd(12)} | ${line.text}`.trimEnd());
    if (line.text.trim() === "") continue;
    for (const { id, rule, tasks, patches } of line.edits) {
      const support = `support ${tasks.length} (${tasks.join(", ")})`;
      out.push(`${" ".repeat(7)}${id}: ${rule.replace(/\s+/g, " ").trim()}; ${support}`);
      for (const patch of patches) {
        const steps =
          patch.steps.length === 0 ? "no single step" : `steps ${patch.steps.join(" ")}`;
        const trajectory = `trajectory ${patch.row.slice(0, 12)}, ${steps}`;
        out.push(`${" ".repeat(9)}${patch.id} <- task ${patch.task}, ${trajectory}`);
        for (const reason of patch.reasons ?? [])
          out.push(
            ...Object.entries(reason).map(
              ([name, text]) => `${" ".repeat(11)}${name}: ${text || "not said"}`,
            ),
          );
      }
    }
  }
  return `${out.join("\n")}\n`;
}
