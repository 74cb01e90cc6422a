import path from "node:path";
import { describe, expect, test } from "vitest";
import { presets } from "../../harness/evolution/presets.ts";
import { resolvePreset } from "../../harness/study/config/preset-schema.ts";
import { readModels } from "../../harness/study/config/read-study.ts";
import { namedModels, readStudyFile } from "../../scripts/lib/flags.ts";
import { root } from "../support/commands.ts";

const studyOf = (name: string) =>
  readStudyFile(path.join(root, "configs", `${name}.yaml`), { set: [] });

describe.each(["local", "local-wtq", "ladder-local"])("%s", (name) => {
  test("asks small models on one's own machine, directly and greedily, in the sandbox that is everywhere", async () => {
    const study = await studyOf(name);
    expect(study).toMatchObject({ interaction: "direct", sandbox: "embedded" });
    for (const model of Object.values(study.models))
      expect(model).toMatchObject({
        baseURL: expect.stringContaining("//127.0.0.1:"),
        params: { temperature: 0 },
      });
  });

  test("takes its models from the file of local models, too", async () => {
    const local = readModels(namedModels(path.join(root, "configs/models/local.yaml")));
    for (const [id, model] of Object.entries((await studyOf(name)).models)) {
      const { provider, name: called } = model;
      expect(local[id]).toMatchObject({ provider, name: called });
    }
  });
});

test("a rung of the ladder has one part more than the one above it, and the last is the default with duplication", async () => {
  const rungs = Object.values((await studyOf("ladder-local")).variants ?? {}).map(resolvePreset);
  const fields = Object.keys(presets.default) as (keyof typeof presets.default)[];
  const steps = rungs
    .slice(1)
    .map((rung, above) => fields.filter((field) => rung[field] !== rungs[above]?.[field]));
  expect(steps).toEqual([["duplication"], ["contrast"], ["replay"], ["gate"], ["gateRepeats"]]);
  expect(rungs.at(-1)).toEqual({ ...presets.default, analysis: "single-call", duplication: 2 });
});
