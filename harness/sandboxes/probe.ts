import type { Capability, SandboxProvider } from "../contracts.ts";
import { messageOf } from "../errors.ts";
import { bubblewrapSandboxes } from "./bubblewrap.ts";
import { embeddedSandboxes } from "./embedded.ts";
import { hostSandboxes } from "./host.ts";
import type { SandboxLimits } from "./limits.ts";

export type SandboxName = SandboxProvider["name"];

/** Whether one kind of sandbox works on this machine. */
export type SandboxProbe = {
  readonly name: SandboxName;
  /** What it would offer; empty where it is not known. */
  readonly capabilities: ReadonlySet<Capability>;
} & (
  | { readonly works: true }
  | {
      readonly works: false;
      readonly problem: string;
      /** What to do about it, as a sentence. */
      readonly fix: string;
    }
);

/** Kinds of sandboxes there are, the lightest first. */
export const sandboxKinds: ReadonlyMap<
  SandboxName,
  (limits?: Partial<SandboxLimits>) => SandboxProvider
> = new Map([
  ["embedded", embeddedSandboxes],
  ["bubblewrap", bubblewrapSandboxes],
  ["host", hostSandboxes],
]);

const fixes: Readonly<Record<SandboxName, string>> = {
  embedded: "Run `npm ci` again, and use Node.js 20.19 or newer.",
  bubblewrap:
    "On Linux, install bubblewrap 0.7 or newer (`apt install bubblewrap`) and allow user namespaces (`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` where AppArmor restricts them).",
  docker: "Write `sandbox: auto` in the study.",
  host: "Install bash, and make the directory for temporary files writable.",
};

/** Finds out whether one kind of sandbox works here, by running a command in one. */
export async function probeSandbox(name: SandboxName): Promise<SandboxProbe> {
  const factory = sandboxKinds.get(name);
  const fix = fixes[name];
  if (!factory) {
    const problem = `there is no ${name} sandbox in this version`;
    return { name, works: false, capabilities: new Set(), problem, fix };
  }
  const provider = factory();
  const { capabilities } = provider;
  try {
    const sandbox = await provider.open(new Map([["probe", "works"]]));
    const said = await sandbox.exec("cat probe | cat", { timeoutMs: 10_000 });
    await sandbox.close();
    if (said.exitCode === 0 && said.stdout === "works") return { name, capabilities, works: true };
    const problem = `a first command fails (exit code ${said.exitCode}): ${said.stderr.trim()}`;
    return { name, capabilities, works: false, problem, fix };
  } catch (error) {
    return { name, capabilities, works: false, problem: messageOf(error), fix };
  } finally {
    await provider.close();
  }
}

/** Every kind there is, probed. */
export async function probeSandboxes(): Promise<readonly SandboxProbe[]> {
  return await Promise.all([...sandboxKinds.keys()].map(probeSandbox));
}
