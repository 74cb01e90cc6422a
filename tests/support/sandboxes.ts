import { fileURLToPath } from "node:url";
import { test } from "vitest";
import type { Need, Sandbox, ShellCommand } from "../../harness/contracts/index.ts";
import {
  probeSandbox,
  type SandboxName,
  type SandboxProbe,
  sandboxNames,
} from "../../harness/sandboxes/probe.ts";

/**
 * The kinds of sandboxes that work on this machine; one that does not becomes a skipped test with its
 * name.
 */
export async function sandboxesHere(): Promise<readonly SandboxName[]> {
  const probes = await Promise.all(sandboxNames.map((name) => probeSandbox(name)));
  for (const probe of probes) if (!probe.works) test.skip(missing(probe), () => {});
  return probes.filter((probe) => probe.works).map((probe) => probe.name);
}

function missing(probe: SandboxProbe & { works: false }): string {
  return `${probe.name}: not here (${probe.problem})`;
}

/** Whether a kind of sandbox has something on this machine. */
export async function hasHere(name: SandboxName, need: Need): Promise<boolean> {
  const probe = await probeSandbox(name, [need]);
  return probe.works && probe.has.has(need.capability);
}

/** A command of a domain, with a file beside its module and a package. */
export const shout: ShellCommand = {
  name: "shout",
  module: fileURLToPath(new URL("./shout/shout.mjs", import.meta.url)),
  packages: {
    "fastest-levenshtein": fileURLToPath(import.meta.resolve("fastest-levenshtein")),
  },
};

/** Text of a file of a sandbox. */
export async function textIn(sandbox: Sandbox, path: string): Promise<string | undefined> {
  const data = await sandbox.read(path);
  return data && new TextDecoder().decode(data);
}
