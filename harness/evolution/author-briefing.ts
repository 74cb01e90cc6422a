import { sha256 } from "../canonical.ts";
import type { JsonObject, Skill } from "../contracts/index.ts";
import { anchorListing, exampleHeading } from "./anchors.ts";

/** What decides what an author of edits is told beside its material. */
interface AuthorBriefing {
  readonly parent: Skill;
  /** False under the paper's procedure, whose requests have neither. */
  readonly ruleSchema: boolean;
  /** What the agent is told and how it calls its tools, as a section of a prompt. */
  readonly world: string;
}

/** The sections about where edits can go and about the agent. */
export function authorListing({ parent, ruleSchema, world }: AuthorBriefing): readonly string[] {
  return ruleSchema ? [anchorListing(parent), world] : [];
}

/** What of it decides the answer, beside the parent's digest. */
export function authorInputs({ ruleSchema, world }: AuthorBriefing): JsonObject {
  return ruleSchema ? { world: sha256(world) } : {};
}

/** The values of a prompt whose example names a heading of this skill. */
export function exampleValues(skill: Skill): Readonly<Record<string, string>> {
  return { heading: JSON.stringify(exampleHeading(skill)) };
}
