import type { Capability, Sandbox, SandboxProvider } from "../contracts/index.ts";
import { messageOf } from "../errors.ts";
import { bubblewrapSandboxes } from "./bubblewrap.ts";
import { ContainersMissing } from "./container-program.ts";
import { dockerSandboxes } from "./docker.ts";
import { buildCommand } from "./docker-command.ts";
import { embeddedSandboxes } from "./embedded.ts";
import { hostSandboxes } from "./host.ts";
import type { SandboxLimits } from "./limits.ts";

export type SandboxName = SandboxProvider["name"];

/** Whether one kind of sandbox works on this machine. */
export type SandboxProbe = {
  readonly name: SandboxName;
  /** What it offers, as far as it was seen to work; what it would offer, where it does not. */
  readonly capabilities: ReadonlySet<Capability>;
} & (
  | {
      readonly works: true;
      /** What could be had beside, as a sentence for each. */
      readonly hints: readonly string[];
    }
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
  ["docker", dockerSandboxes],
  ["host", hostSandboxes],
]);

const fixes: Readonly<Record<SandboxName, string>> = {
  embedded: "Run `npm ci` again, and use Node.js 20.19 or newer.",
  bubblewrap:
    "On Linux, install bubblewrap 0.7 or newer (`apt install bubblewrap`) and allow user namespaces (`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` where AppArmor restricts them).",
  docker: `Build its image anew: ${buildCommand("docker")}.`,
  host: "Install bash, and make the directory for temporary files writable.",
};

/** A command that works where the capability is really there. */
const proofs: Readonly<Partial<Record<Capability, string>>> = {
  python: "python3 -c 'print(1)'",
  openpyxl: "python3 -c 'import openpyxl'",
  libreoffice: "command -v soffice || command -v libreoffice",
};

/** How a capability comes to the sandboxes that show the system's own programs. */
export const installations: Readonly<Partial<Record<Capability, string>>> = {
  python: "apt install python3",
  openpyxl: "apt install python3-openpyxl python3-pandas",
  libreoffice: "apt install libreoffice-calc",
};

/** Finds out whether one kind of sandbox works here, by running commands in one. */
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
    if (said.exitCode !== 0 || said.stdout !== "works") {
      const problem = `a first command fails (exit code ${said.exitCode}): ${said.stderr.trim()}`;
      return { name, capabilities, works: false, problem, fix };
    }
    const proven = name === "embedded" ? capabilities : await provenOf(sandbox, capabilities);
    await sandbox.close();
    return { name, capabilities: proven, works: true, hints: hintsOf(name, proven) };
  } catch (error) {
    if (error instanceof ContainersMissing)
      return { name, capabilities, works: false, problem: error.problem, fix: error.fix };
    return { name, capabilities, works: false, problem: messageOf(error), fix };
  } finally {
    await provider.close();
  }
}

/** The capabilities whose programs start. The embedded ones are part of the project, and always do. */
async function provenOf(
  sandbox: Sandbox,
  capabilities: ReadonlySet<Capability>,
): Promise<ReadonlySet<Capability>> {
  const all = await Promise.all(
    [...capabilities].map(async (capability) => {
      const proof = proofs[capability];
      const works = proof === undefined || (await sandbox.exec(proof)).exitCode === 0;
      return works ? [capability] : [];
    }),
  );
  return new Set(all.flat());
}

function hintsOf(name: SandboxName, has: ReadonlySet<Capability>): readonly string[] {
  if (name !== "bubblewrap" && name !== "host") return [];
  return [...Object.entries(installations)].flatMap(([capability, command]) =>
    has.has(capability as Capability) ? [] : [`For ${capability}: ${command}.`],
  );
}

/** Every kind there is, probed. */
export async function probeSandboxes(): Promise<readonly SandboxProbe[]> {
  return await Promise.all([...sandboxKinds.keys()].map(probeSandbox));
}
