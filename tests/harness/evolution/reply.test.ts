import { expect, test } from "vitest";
import { extractionReply } from "../../../harness/evolution/baselines/extract-memories.ts";
import { jsonSchemaOf } from "../../../harness/evolution/reply.ts";
import { contrastReply } from "../../../harness/evolution/stages/analyse/contrast-analyst.ts";
import { handInArguments } from "../../../harness/evolution/stages/analyse/hand-in.ts";
import { analystReply } from "../../../harness/evolution/stages/analyse/lesson.ts";
import { patchReply } from "../../../harness/evolution/stages/propose/read-edits.ts";

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
