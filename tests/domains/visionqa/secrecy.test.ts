import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import { answersOf } from "../../../domains/visionqa/grading/grade.ts";
import { sandboxKinds } from "../../../harness/sandboxes/probe.ts";
import { sandboxesHere } from "../../support/sandboxes.ts";

const sample = fileURLToPath(new URL("../../../domains/visionqa/sample", import.meta.url));
const questions = `${sample}/val_v1.0.json`;
const isolating = (await sandboxesHere()).filter((name) => name !== "host");

describe.each(isolating)("an agent in the sandbox %s", async (name) => {
  const provider = sandboxKinds[name].open();
  afterAll(() => provider.close());

  const [task] = await (await visionqa.open(undefined)).load("all", {});
  if (task === undefined) throw new Error("the sample is empty");
  const answers = answersOf(task.reference);

  test.each<[string, string]>([
    ["reading the questions by their path", `cat '${questions}'`],
    ["a link to them", `ln -s '${questions}' q.json; cat q.json`],
    ["climbing out of the directory", `cat ../../../../../../../..${questions}`],
    ["searching", "find / -name val_v1.0.json -not -path '/proc/*' 2>/dev/null | xargs cat"],
    [
      "other processes",
      'cat /proc/[0-9]*/environ; for f in /proc/[0-9]*/fd/*; do [ -f "$f" ] && cat "$f"; done',
    ],
    ["the names of the files", `ls -R . '${sample}'; env`],
  ])(
    "learns no answer by %s",
    async (_, command) => {
      const sandbox = await provider.open(await visionqa.files(task, {}));
      const { stdout } = await sandbox.exec(command);
      for (const answer of answers) expect(stdout).not.toContain(answer);
      expect(stdout).not.toMatch(/questionId|val_v1/);
      await sandbox.close();
    },
    60_000,
  );
});
