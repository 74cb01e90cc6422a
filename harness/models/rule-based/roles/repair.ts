import type { ModelRequest, RoleTurn } from "../../../contracts/index.ts";
import { taskText } from "../conversation.ts";
import type { Mind, Role } from "../mind.ts";
import { draft } from "./draft.ts";
import { errorSingleCall } from "./error-single-call.ts";
import { fencesIn, lastJson } from "./fences.ts";
import { sayJson } from "./lessons.ts";
import { memoryExtract } from "./memory-extract.ts";
import { merge, shownEdits } from "./merge.ts";
import { oneShot } from "./one-shot.ts";
import { placeIn, propose, skillText } from "./propose.ts";
import { successAnalyst } from "./success-analyst.ts";

const roles: Readonly<Record<string, Role>> = {
  draft,
  "error-single-call": errorSingleCall,
  "memory-extract": memoryExtract,
  "one-shot": oneShot,
  "success-analyst": successAnalyst,
  propose,
  merge,
};

/**
 * The part that repairs: answers the request afresh and leaves out what the findings name. An edit of
 * a merged patch whose place is missing gets a place that is there.
 */
export const repair: Role = async (request, mind) => {
  const text = taskText(request);
  const asked = fencesIn(text).find((fence) => fence.above === "## The request")?.body ?? "";
  const named = new Set(
    [
      ...text
        .slice(text.lastIndexOf("## What is wrong with it"))
        .matchAll(/^- ([^:\n]+): .*\(([\w-]+)\)$/gm),
    ].map((finding) => finding[1] ?? ""),
  );
  const role = roles[/^# Role: ([a-z-]+)/.exec(asked)?.[1] ?? ""];
  return role === undefined
    ? repairEdits(text, asked, named)
    : again(role, asked, named, request, mind);
};

async function again(
  role: Role,
  asked: string,
  named: ReadonlySet<string>,
  request: ModelRequest,
  mind: Mind,
): Promise<RoleTurn> {
  const fresh = await role(
    {
      ...request,
      messages: [
        { role: "system", text: asked },
        { role: "user", text: asked.slice(asked.indexOf("\n\n") + 2) },
      ],
    },
    mind,
  );
  const value = readObject(fresh.text);
  if (value === undefined) return fresh;
  const list = Array.isArray(value["edits"]) ? value["edits"] : undefined;
  if (list === undefined) return fresh;
  return sayJson({ ...value, edits: list.filter((_, i) => !named.has(`edits[${i}]`)) });
}

function repairEdits(text: string, asked: string, named: ReadonlySet<string>): RoleTurn {
  const edits = shownEdits(lastJson(text)).filter(({ id }) => id !== undefined && named.has(id));
  const place = placeIn(skillText(asked));
  return sayJson({
    edits: edits
      .filter(({ file, op }) => file === "SKILL.md" && /^(?:insert|append)/.test(op))
      .map(({ id, file, content }) => ({ id, file, ...place, content })),
  });
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // A draft is Markdown and has no edits to leave out.
    return undefined;
  }
}
