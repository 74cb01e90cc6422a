import { readFile } from "node:fs/promises";
import { z } from "zod";
import { checkedJson } from "../checked-json.ts";
import { InputError, messageOf } from "../errors.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in lower-case hexadecimal");

const reason = z.strictObject({ why: z.string(), unless: z.string(), check: z.string() });

/** Why a rule holds, when it does not, and how to check that it was followed: what the skill leaves out. */
export type RuleReason = z.infer<typeof reason>;

const provenanceSchema = z.strictObject({
  /** Digest of the evolved skill these lines are of. */
  skill: digest,
  /** Digest of the skill it was evolved from. */
  parent: digest,
  /** The evolved lines; a line that is not here is the parent's. */
  lines: z.array(
    z.strictObject({ file: z.string().min(1), line: z.int().min(1), edit: z.string().min(1) }),
  ),
  edits: z.array(
    z.strictObject({
      id: z.string().min(1),
      /** The beginning of what it says. */
      rule: z.string().max(240),
      /** Distinct task ids behind it, sorted: their number is its support. */
      tasks: z.array(z.string()),
      /** The proposals it came from. */
      patches: z.array(
        z.strictObject({
          id: z.string().min(1),
          task: z.string(),
          /** Key of the trajectory in the store. */
          row: z.string(),
          /** Numbers of the trajectory's turns that the lesson was drawn from. */
          steps: z.array(z.int().min(0)),
          /** What the lessons behind it say beside the rule; texts may be empty. */
          reasons: z.array(reason).optional(),
        }),
      ),
    }),
  ),
});

/**
 * Where every evolved line of a skill comes from: line -> edit -> patches -> trajectory steps.
 *
 * Written by an evolution as `provenance.json` beside the skill's directory (`<out>/<skill-name>/`),
 * never inside it, so that the skill's digest does not depend on it.
 */
export type Provenance = z.infer<typeof provenanceSchema>;

/** Name of the file that holds a `Provenance`. */
export const PROVENANCE_FILE = "provenance.json";

/** How many characters of a rule are kept in `Provenance`. */
export const RULE_LENGTH = 240;

/**
 * Reads a provenance file.
 *
 * @throws {InputError} when it is missing, not JSON, or not of this shape.
 */
export async function readProvenance(file: string): Promise<Provenance> {
  const at = { where: file, fix: "Write it again with `npm run evolve`." };
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new InputError({ ...at, problem: messageOf(cause), cause });
  });
  return checkedJson(text, provenanceSchema, at);
}
