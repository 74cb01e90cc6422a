import { describe, expect, test } from "vitest";
import { isAboutForm } from "../../../../../harness/evolution/stages/propose/form-of-calls.ts";
import {
  changesExample,
  isLongExample,
  readRule,
} from "../../../../../harness/evolution/stages/propose/rule.ts";
import { startSkill } from "../../../../support/evolution.ts";

const words = "- **Sort by date.** When the last one is asked for: sort the rows by date.";

describe("a rule of a skill", () => {
  test.each([
    ["alone", words, ""],
    ["over two lines", words.replace("asked for: ", "asked for:\n  "), ""],
    ["with a fenced example below it", `${words}\n\n\`\`\`sh\nsort -k2\n\`\`\``, "sort -k2"],
    ["with an example inside the bullet", `${words}\n  \`\`\`sh\n  sort -k2\n  \`\`\``, "sort -k2"],
    ["with an indented example", `${words}\n\n      sort -k2`, "sort -k2"],
  ])("is read %s", (_, text, example) => {
    expect(readRule(text)).toEqual({ words, example });
  });

  test.each([
    ["two bullets", `${words}\n${words}`],
    ["two examples", `${words}\n\n\`\`\`sh\na\n\`\`\`\n\n\`\`\`sh\nb\n\`\`\``],
    ["a paragraph below", `${words}\n\nAnd mind this.`],
    ["no condition", "- **Sort.** Always sort."],
    ["reasons, which its provenance holds", `${words} Why: it is safe. Unless: no. Check: look.`],
    ["plain words", "Sort the rows by date."],
  ])("is none with %s", (_, text) => {
    expect(readRule(text)).toBeUndefined();
  });
});

test("an example may grow by so many lines, and no more", () => {
  const lines = (count: number) => "x\n".repeat(count);
  expect(isLongExample(lines(12))).toBe(false);
  expect(isLongExample(lines(13))).toBe(true);
  expect(isLongExample(lines(20), lines(10))).toBe(false);
  expect(isLongExample("x".repeat(601))).toBe(true);
});

test("an example of the skill is told from its prose", () => {
  const edit = (old_text: string) =>
    ({ op: "replace_in_section", file: "SKILL.md", old_text }) as const;
  expect(changesExample(edit("sum terms.txt"), startSkill())).toBe(true);
  expect(changesExample(edit("```sh\n# Finish\nsum terms.txt\n```"), startSkill())).toBe(true);
  expect(changesExample(edit("Add all terms."), startSkill())).toBe(false);
});

describe("rules about the form of calls, as strong models wrote them", () => {
  test.each([
    "- **Never send the same command twice.** When an action was rejected as malformed: change it.",
    "- **Keep double quotes out of the command of a JSON action.** When you write an action as JSON and its command holds code: use single quotes.",
    "- **Stop after the action and never repeat one that failed.** When you have written an action: end the reply.",
    "- **After a rejected action send a simpler one.** When a reply was rejected as malformed: send less.",
    "- **Call one tool at a time.** When you need two tool calls: send the second after the first.",
  ])("%s", (text) => expect(isAboutForm(text)).toBe(true));

  test.each([
    "- **Put blocks in a heredoc.** When a script with a `with`, `for` or `if` block is run from the shell: send it as `python3 - <<'EOF'`.",
    "- **Read JSON with a parser.** When a file holds JSON: load it with `json` and print its keys.",
    "- **Count the calls of each office.** When the question asks how many calls were made: count the rows.",
    "- **Hand in once the answer stands.** When a command has returned a value that you have checked: submit it.",
    words,
  ])("and rules about tasks are none: %s", (text) => expect(isAboutForm(text)).toBe(false));
});
