import { taskText } from "../conversation.ts";
import { knownOf, type Role } from "../mind.ts";
import { subjectOf } from "../subjects.ts";
import { bulletOf, ruleFor } from "./lessons.ts";

/** The part that drafts: the rules of the habits it has, with ordinary words around them that teach none. */
export const draft: Role = (request, mind) => {
  const subject = subjectOf(taskText(request), mind.subjects);
  const rules = [...knownOf(mind, subject)]
    .sort()
    .map((habit) => bulletOf(ruleFor(habit, subject)));
  const text = `# How to work on these tasks

## Begin

Take the task as it is worded. Open the material first and see what it is made of.

## Rules

${rules.join("\n")}

## Finish

Look at the work once more before it is handed in.
`;
  return { text, calls: [] };
};
