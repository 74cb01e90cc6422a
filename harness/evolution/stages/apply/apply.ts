import { digestOf } from "../../../canonical.ts";
import type { Edit, JsonObject, Row, Runner, Skill, Unit } from "../../../contracts/index.ts";
import { loadPrompt } from "../../../prompts.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import type { AppliedEdits } from "../../../skills/edit-outcome.ts";
import { type Fault, faultList } from "../../fault.ts";
import { fenced } from "../../fence.ts";
import { patchListing, skillListing } from "../../prompts/listing.ts";
import { type Answering, ask, repairInputs } from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";
import { readPatch } from "../propose/read-edits.ts";
import { ruleFault, withheldFrom } from "../propose/review-edits.ts";

const prompt = loadPrompt(new URL("../../prompts/repair.md", import.meta.url));

/** The patch as it was applied in the end. */
export interface AppliedPatch {
  readonly applied: AppliedEdits;
  /** The edits as applied, with the repaired ones in place of those they repair. */
  readonly edits: readonly Edit[];
  /** The repair, where one was needed. */
  readonly repair: Row | undefined;
}

/**
 * Applies the merged patch to the parent, which stays as it is.
 *
 * Edits that break a guardrail are sent back once, with what was found; one that still breaks it is
 * withheld alone. The repair may change those edits and no others.
 *
 * @see paper, section 2.4
 */
export async function applyPatch(
  edits: readonly Edit[],
  parent: Skill,
  ruleSchema: boolean,
  by: Answering,
  runner: Runner,
): Promise<AppliedPatch> {
  const findings = [...withheldFrom(parent, edits).values()].filter(
    (fault) => fault.kind !== "no-change",
  );
  if (findings.length === 0)
    return { applied: applyEdits(parent, edits), edits, repair: undefined };
  const repair = await runner.run(repairUnit(edits, findings, parent, ruleSchema, by));
  const repaired = new Map(
    (repair.result["edits"] as unknown as readonly Edit[]).map((edit) => [edit.id, edit] as const),
  );
  const mended = edits.map((edit) => repaired.get(edit.id) ?? edit);
  const before = applyEdits(parent, edits);
  const after = applyEdits(parent, mended);
  // A repair that makes it worse is none.
  if (appliedCount(after) < appliedCount(before)) return { applied: before, edits, repair };
  return { applied: after, edits: mended, repair };
}

function appliedCount(applied: AppliedEdits): number {
  return applied.outcomes.filter((outcome) => outcome.kind === "applied").length;
}

function repairUnit(
  edits: readonly Edit[],
  findings: readonly Fault[],
  parent: Skill,
  ruleSchema: boolean,
  by: Answering,
): Unit {
  const offending = edits.filter((edit) => findings.some((fault) => fault.where === edit.id));
  const patch = { id: "merged", reasoning: "", edits, changelog: [] };
  const request = [
    'Reply with one JSON object {"edits": [...]}: the edits that the findings name, put right, each with its "id". Other edits stay as they are and are not repeated.',
    skillListing(parent),
  ];
  return {
    stage: "apply",
    version: 1,
    inputs: {
      edits: digestOf(edits),
      findings: digestOf(findings),
      parent: parent.digest,
      ruleSchema,
      seed: by.seed,
      repair: repairInputs(by.repair),
    },
    about: { edits: offending.length, model: by.repair.id, seed: by.seed },
    async run(at) {
      const answer = await ask(
        {
          system: prompt.fill({}),
          user: [
            "## The request",
            fenced(request.join("\n\n")),
            "## The reply",
            patchListing([patch], true),
            "## What is wrong with it",
            faultList(findings),
          ].join("\n\n"),
          read: (reply) => ({
            value: repairedIn(reply, offending, parent, ruleSchema),
            faults: [],
          }),
          worth: (value) => value.length,
        },
        { ...by, model: by.repair },
        at,
      );
      const result = { end: answer.end, edits: answer.value ?? [] };
      return answerResult(answer, result as unknown as JsonObject);
    },
  };
}

/** The offending edits that a reply repairs; where they came from is not the reply's to say. */
function repairedIn(
  reply: string,
  offending: readonly Edit[],
  parent: Skill,
  ruleSchema: boolean,
): Edit[] {
  const drafts = readPatch(reply, parent).patch?.drafts ?? [];
  return offending.flatMap((edit) => {
    const draft = drafts.find(({ raw }) => raw["id"] === edit.id);
    if (draft === undefined || (ruleSchema && ruleFault(draft, new Set()))) return [];
    return [{ ...draft.edit, id: edit.id, sources: edit.sources, tasks: edit.tasks }];
  });
}
