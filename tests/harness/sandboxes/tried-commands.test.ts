import { afterAll, describe, expect, test } from "vitest";
import { sandboxKinds } from "../../../harness/sandboxes/probe.ts";
import { commandsMissingIn } from "../../../harness/sandboxes/tried-commands.ts";
import { sandboxesHere } from "../../support/sandboxes.ts";

describe.each(await sandboxesHere())("%s", { timeout: 90_000 }, (name) => {
  const provider = sandboxKinds[name].open();
  afterAll(() => provider.close());

  test("is said to lack only what fails in it", async () => {
    const sandbox = await provider.open(new Map());
    const missing = await commandsMissingIn(sandbox);
    for (const command of ["seq", "tac", "awk", "nl"]) expect(missing).not.toContain(command);
    for (const command of missing.filter((one) => /^\w+$/.test(one)))
      expect([command, (await sandbox.exec(`${command} </dev/null`)).exitCode]).not.toEqual([
        command,
        0,
      ]);
  });
});

test("the embedded one has what models try most", { timeout: 90_000 }, async () => {
  const provider = sandboxKinds.embedded.open();
  const missing = await commandsMissingIn(await provider.open(new Map()));
  await provider.close();
  expect(missing).toContain("`sort -g`");
  for (const command of ["python", "python3", "bc", "`xargs -n1`", "`head -n -1`", "`paste -sd+`"])
    expect(missing).not.toContain(command);
});
