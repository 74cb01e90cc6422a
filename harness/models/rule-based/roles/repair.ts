import { taskText } from "../conversation.ts";
import type { Role } from "../mind.ts";
import { draft } from "./draft.ts";
import { fencesIn, lastJson, parsed } from "./fences.ts";
import { sayJson } from "./lessons.ts";
import { merger, shownEdits } from "./merge.ts";
import {
  contrastAnalyst,
  errorSingleCall,
  errorTriage,
  memoryExtract,
  successAnalyst,
} from "./one-call-analysts.ts";
import { oneShotAuthor } from "./one-shot.ts";
import { placeIn, proposer, skillText } from "./propose.ts";

/** The parts that answer one request with one text, by the name in the first line of the system prompt. */
export const oneCallRoles: Readonly<Record<string, Role>> = {
  draft,
  "error-single-call": errorSingleCall,
  "memory-extract": memoryExtract,
  "one-shot": oneShotAuthor,
  "error-triage": errorTriage,
  "success-analyst": successAnalyst,
  "contrast-analyst": contrastAnalyst,
  propose: proposer,
  merge: merger,
};

/** The part whose name stands in the first line of a system prompt; undefined where it has none. */
export function roleNamed(system: string, roles: Readonly<Record<string, Role>>): Role | undefined {
  const name = /^# Role: ([a-z-]+)/.exec(system)?.[1] ?? "";
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}

/**
 * The part that repairs: answers the request afresh and leaves out what the findings name. An edit of
 * a merged patch whose place is missing gets a place that is there.
 */
export const repair: Role = async (request, mind) => {
  const text = taskText(request);
  const asked = fencesIn(text).find((fence) => fence.above === "## The request")?.body ?? "";
  const wrong = text.slice(text.lastIndexOf("## What is wrong with it"));
  const named = new Set(
    [...wrong.matchAll(/^- ([^:\n]+): .*\(([\w-]+)\)$/gm)].map(([, name = ""]) => name),
  );
  const role = roleNamed(asked, oneCallRoles);
  if (role === undefined) {
    const place = placeIn(skillText(asked));
    const edits = shownEdits(lastJson(text)).flatMap(({ id = "", file, op, content }) =>
      named.has(id) && file === "SKILL.md" && /^(?:insert|append)/.test(op)
        ? [{ id, file, ...place, content }]
        : [],
    );
    return sayJson({ edits });
  }
  const user = asked.slice(asked.indexOf("\n\n") + 2);
  const messages = [
    { role: "system", text: asked } as const,
    { role: "user", text: user } as const,
  ];
  const fresh = await role({ ...request, messages }, mind);
  const value = parsed(fresh.text) as { readonly edits?: unknown } | undefined;
  if (!Array.isArray(value?.edits)) return fresh;
  return sayJson({ ...value, edits: value.edits.filter((_, i) => !named.has(`edits[${i}]`)) });
};
