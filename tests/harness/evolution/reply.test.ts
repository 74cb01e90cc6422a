import { describe, expect, test } from "vitest";
import { extractionReply } from "../../../harness/evolution/baselines/extract-memories.ts";
import { jsonSchemaOf, replyShape } from "../../../harness/evolution/reply.ts";
import { contrastReply } from "../../../harness/evolution/stages/analyse/contrast-analyst.ts";
import { handInArguments } from "../../../harness/evolution/stages/analyse/hand-in.ts";
import { analystReply, analystShape } from "../../../harness/evolution/stages/analyse/lesson.ts";
import {
  patchReply,
  patchShape,
  readPatch,
} from "../../../harness/evolution/stages/propose/read-edits.ts";
import { skillOf } from "../../../harness/skills/read-skill.ts";

test.each([
  ["an analyst's reply", analystReply, "memories"],
  ["what an analyst hands in", handInArguments, "memories"],
  ["a contrast", contrastReply, "memories"],
  ["a patch", patchReply, "edits"],
  ["an extraction", extractionReply, "memories"],
])("the schema of %s can be handed to an endpoint", (_, schema, list) => {
  const json = jsonSchemaOf(schema);
  expect(json).toMatchObject({
    type: "object",
    properties: { [list]: { type: "array", items: { type: "object" } } },
  });
  expect(json["required"]).toContain(list);
});

describe("the form that an endpoint holds a reply to", () => {
  type Schema = { [field: string]: Schema };
  /** Every schema in a schema. */
  const within = (schema: Schema): Schema[] => [
    schema,
    ...Object.values(schema["properties"] ?? {}).flatMap(within),
    ...(schema["items"] ? within(schema["items"]) : []),
    ...(Array.isArray(schema["anyOf"]) ? schema["anyOf"].flatMap(within) : []),
  ];

  const shapes = { ...patchShape, ...analystShape, contrast: replyShape("c", contrastReply) };
  test.each(Object.entries(shapes))("%s: is one that OpenAI's strict mode takes", (_, shape) => {
    expect(shape.name).toMatch(/^[a-z_]+$/);
    const all = within(shape.schema as Schema);
    const objects = all.filter(({ type }) => String(type) === "object");
    expect(objects.length).toBeGreaterThan(1);
    for (const object of objects) {
      expect(object["required"]).toEqual(Object.keys(object["properties"] ?? {}));
      expect(object["additionalProperties"]).toBe(false);
    }
    for (const one of all) {
      expect(Object.keys(one)).toContain("anyOf" in one ? "anyOf" : "type");
      for (const word of ["default", "minLength", "$schema"]) expect(one).not.toHaveProperty(word);
    }
  });

  test("names the operations of an edit", () => {
    const edits = within(patchShape.plain.schema as Schema);
    expect(edits).toContainEqual({
      type: "string",
      enum: expect.arrayContaining(["insert_after", "delete_file"]),
    });
  });

  test("null in it is as good as nothing", () => {
    const edit = { file: "SKILL.md", op: "insert_after", target_text: "a", content: "b" };
    const nothing = { target_section: null, old_text: null, after_section: null, patterns: null };
    const skill = skillOf(new Map([["SKILL.md", "---\nname: a\ndescription: b\n---\na\n"]]));
    const read = (more: object) =>
      readPatch(
        JSON.stringify({ reasoning: null, changelog: null, edits: [{ ...edit, ...more }] }),
        skill,
      );
    expect(read(nothing)).toEqual(read({}));
    expect(read(nothing).faults).toEqual([]);
  });
});
