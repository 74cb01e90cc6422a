import { test } from "vitest";
import type { Sandbox } from "../../harness/contracts/index.ts";
import {
  probeSandboxes,
  type SandboxName,
  type SandboxProbe,
} from "../../harness/sandboxes/probe.ts";

/** The kinds of sandboxes that work on this machine; one that does not becomes a skipped test with its name. */
export async function sandboxesHere(): Promise<readonly SandboxName[]> {
  const probes = await probeSandboxes();
  for (const probe of probes) if (!probe.works) test.skip(missing(probe), () => {});
  return probes.filter((probe) => probe.works).map((probe) => probe.name);
}

function missing(probe: SandboxProbe & { works: false }): string {
  return `${probe.name}: not here (${probe.problem})`;
}

/** Text of a file of a sandbox. */
export async function textIn(sandbox: Sandbox, path: string): Promise<string | undefined> {
  const data = await sandbox.read(path);
  return data && new TextDecoder().decode(data);
}
