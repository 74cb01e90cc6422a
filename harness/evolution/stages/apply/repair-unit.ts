import { digestOf } from "../../../canonical.ts";
import type { Edit, Skill } from "../../../contracts/index.ts";
import { patchListing, skillListing } from "../../listing.ts";
import type { Fault } from "../../reply.ts";
import {
  type Answering,
  askingUnit,
  type RoleAnswer,
  repairRequest,
  type UnitOf,
} from "../../unit.ts";
import { patchShape, readPatch } from "../propose/read-edits.ts";
import { ruleFault } from "../propose/review-edits.ts";

/** What merged edits are applied to. */
export interface ApplyRules {
  readonly parent: Skill;
  readonly ruleSchema: boolean;
}

/** What a repair unit stores. */
export interface RepairResult {
  readonly end: RoleAnswer<never>["end"];
  /** Edits put right, under the ids of those they repair. */
  readonly edits: readonly Edit[];
}

/** The one call that puts right the edits that break a guardrail. */
export function repairUnit(
  edits: readonly Edit[],
  findings: readonly Fault[],
  rules: ApplyRules,
  by: Answering,
): UnitOf<RepairResult> {
  const { parent, ruleSchema } = rules;
  const offending = edits.filter((edit) => findings.some((fault) => fault.where === edit.id));
  const request = [
    'Reply with one JSON object {"edits": [...]}: the edits that the findings name, put right, each with its "id". Other edits stay as they are and are not repeated.',
    skillListing(parent),
  ].join("\n\n");
  const listing = patchListing([{ id: "merged", reasoning: "", edits, changelog: [] }], true);
  return askingUnit(
    {
      stage: "apply",
      version: 1,
      inputs: {
        edits: digestOf(edits),
        findings: digestOf(findings),
        parent: parent.digest,
        ruleSchema,
      },
      about: { edits: offending.length },
      user: repairRequest(request, listing, findings),
      shape: patchShape.repaired,
      read: (reply) => ({ value: repairedIn(reply, offending, rules), faults: [] }),
      worth: (repaired) => repaired.length,
      result: ({ end, value = [] }) => ({ end, edits: value }),
    },
    by,
  );
}

/** The offending edits that a reply repairs; where they came from is not the reply's to say. */
function repairedIn(
  reply: string,
  offending: readonly Edit[],
  { parent, ruleSchema }: ApplyRules,
): readonly Edit[] {
  const rules = { parent, values: new Set<string>() };
  const drafts = readPatch(reply, parent).value?.drafts ?? [];
  return offending.flatMap((edit) => {
    const draft = drafts.find(({ id }) => id === edit.id);
    if (draft === undefined || (ruleSchema && ruleFault(draft, rules))) return [];
    return [{ ...draft.edit, id: edit.id, sources: edit.sources, tasks: edit.tasks }];
  });
}
