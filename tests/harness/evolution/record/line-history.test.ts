import fc from "fast-check";
import { expect, test } from "vitest";
import type { Edit } from "../../../../harness/contracts/index.ts";
import { afterStep, historyOf } from "../../../../harness/evolution/record/line-history.ts";
import { applyEdits } from "../../../../harness/skills/apply-edits.ts";
import { demoSkill, edit } from "../../../support/skills.ts";

/** Edits that a step may hold: new bullets, removed ones, reworded ones, new sections and files with their link. */
const wish = fc.record({
  kind: fc.constantFrom("append", "before", "remove", "reword", "section", "file"),
  word: fc.constantFrom("one", "two", "three", "four"),
  at: fc.nat(3),
});

function editsOf(
  wishes: readonly { kind: string; word: string; at: number }[],
  step: number,
): Edit[] {
  return wishes.flatMap(({ kind, word, at }, i): Edit[] => {
    const id = `b${step}.e${i}`;
    const place = { target_section: "## Rules" };
    const line = `- ${word} ${at}.`;
    switch (kind) {
      case "append":
        return [edit(id, "append_to_section", { ...place, content: line })];
      case "before":
        return [edit(id, "insert_before", { ...place, content: line })];
      case "remove":
        return [edit(id, "replace_in_section", { ...place, old_text: line, content: "" })];
      case "reword":
        return [
          edit(id, "replace_in_section", { ...place, old_text: line, content: `${line} Always.` }),
        ];
      case "section":
        return [edit(id, "add_section", { target_section: `## ${word}`, content: line })];
      default:
        return [
          edit(id, "create", { file: `references/${word}.md`, content: `# ${word}\n\n${line}\n` }),
          edit(`${id}l`, "append_to_section", {
            ...place,
            content: `See [${word}](references/${word}.md).`,
          }),
        ];
    }
  });
}

test("through any steps every line is the first parent's or has edits behind it, and no line forgets them", () => {
  fc.assert(
    fc.property(fc.array(fc.array(wish, { maxLength: 4 }), { maxLength: 4 }), (steps) => {
      const parent = demoSkill("# Demo\n\n## Rules\n\n- one 0.\n- start.\n\n## End\n\nLast.\n");
      const first = new Set([...parent.files.values()].flatMap((text) => text.split("\n")));
      let now = { skill: parent, history: historyOf(parent) };
      const known = new Set<string>();
      for (const [i, wishes] of steps.entries()) {
        const edits = editsOf(wishes, i);
        for (const { id } of edits) known.add(id);
        const applied = applyEdits(now.skill, edits);
        now = { skill: applied.skill, history: afterStep(now, applied) };
      }
      for (const [file, text] of now.skill.files) {
        const behind = now.history.get(file) ?? [];
        expect(behind).toHaveLength(text.split("\n").length - 1);
        for (const [i, line] of text.split("\n").entries()) {
          const ids = behind[i] ?? [];
          for (const id of ids) expect(known.has(id)).toBe(true);
          if (line.trim() !== "" && !first.has(line)) expect(ids, line).not.toHaveLength(0);
        }
      }
    }),
    { numRuns: 30 },
  );
});
