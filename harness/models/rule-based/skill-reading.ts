import type { Observed, Subject } from "../../contracts/index.ts";
import type { SizeTraits } from "./sizes.ts";

import { contraryIn, lessonsIn } from "./taught.ts";

/** The body of the skill in a system prompt; empty where there is none. */
export function bodyOfSkill(system: string): string {
  return /<skill\b[^>]*>\n?([\s\S]*?)\n?<\/skill>/.exec(system)?.[1] ?? "";
}

/** What a size takes in of a body: whole lines up to its limit. */
function takenIn(body: string, traits: SizeTraits): string {
  if (body.length <= traits.skillChars) return body;
  const part = body.slice(0, traits.skillChars);
  return part.slice(0, Math.max(0, part.lastIndexOf("\n")));
}

/** Files of the skill that its body points to, as paths from the working directory. */
export function referencesIn(body: string): string[] {
  const found = body.matchAll(/(?:\.\/)?(?:skill\/)?(references\/[\w.-]+(?:\/[\w.-]+)*\.md)\b/g);
  return [...new Set([...found].map((match) => `skill/${match[1]}`))].slice(0, 6);
}

/** The command that shows a file of the skill. */
export function openFile(path: string): string {
  return `cat ${path}`;
}

/**
 * The habits of a subject in an episode: those known, those that the skill and its opened files teach, without
 * those that they speak against.
 */
export function habitsAfter(
  subject: Subject,
  known: ReadonlySet<string>,
  { body, observed }: { readonly body: string; readonly observed: readonly Observed[] },
  traits: SizeTraits,
): Set<string> {
  const habits = new Set(known);
  const files = traits.followsReferences ? referencesIn(body).map(openFile) : [];
  const opened = observed.filter(({ command }) => files.includes(command)).map(({ text }) => text);
  for (const text of [takenIn(body, traits), ...opened]) {
    if (text === "") continue;
    for (const { habit } of contraryIn(text, subject)) habits.delete(habit);
    for (const { habit } of lessonsIn(text, subject)) habits.add(habit);
  }
  return habits;
}
