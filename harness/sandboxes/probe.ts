import type { Capability, Need, Sandbox, SandboxProvider } from "../contracts/index.ts";
import { messageOf } from "../errors.ts";
import { bubblewrapSandboxes } from "./bubblewrap.ts";
import { ContainersMissing } from "./container-program.ts";
import { dockerSandboxes } from "./docker.ts";
import { buildCommand } from "./docker-command.ts";
import { embeddedSandboxes } from "./embedded.ts";
import { hostSandboxes } from "./host.ts";
import type { SandboxLimits } from "./limits.ts";
import { noProvision, type Provision, provisionFor } from "./provision.ts";
import { commandsMissingIn } from "./tried-commands.ts";

export type SandboxName = SandboxProvider["name"];

/** Whether one kind of sandbox works on this machine. */
export type SandboxProbe = { readonly name: SandboxName } & (
  | {
      readonly works: true;
      /** The capabilities asked about whose proof succeeded. */
      readonly has: ReadonlySet<Capability>;
      /** What agents often try and it has not; empty where nobody looked. */
      readonly lacksCommands: readonly string[];
    }
  | {
      readonly works: false;
      readonly problem: string;
      /** What to do about it, as a sentence. */
      readonly fix: string;
    }
);

interface SandboxKind {
  readonly open: (limits?: Partial<SandboxLimits>, provision?: Provision) => SandboxProvider;
  /** What to do where it does not work. */
  readonly fix: string;
  /** Whether it shows the system's own programs, so that one which is missing can be installed. */
  readonly showsSystem: boolean;
  /** Whether its Python is its own, and imports from wheels. */
  readonly takesWheels?: true;
}

/** Kinds of sandboxes there are, the lightest first. */
export const sandboxKinds: Readonly<Record<SandboxName, SandboxKind>> = {
  embedded: {
    open: (limits, { wheels } = noProvision) => embeddedSandboxes(limits, {}, wheels),
    fix: "Run `npm ci` again, and use Node.js 20.19 or newer.",
    showsSystem: false,
    takesWheels: true,
  },
  bubblewrap: {
    open: (limits, { shows } = noProvision) => bubblewrapSandboxes(limits, shows),
    fix: "On Linux, install bubblewrap 0.7 or newer (`apt install bubblewrap`) and allow user namespaces (`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` where AppArmor restricts them).",
    showsSystem: true,
  },
  docker: {
    open: (limits) => dockerSandboxes(limits),
    fix: `Build its image anew: ${buildCommand("docker")}.`,
    showsSystem: false,
  },
  host: {
    open: (limits) => hostSandboxes(limits),
    fix: "Install bash, and make the directory for temporary files writable.",
    showsSystem: true,
  },
};

/** The names of all kinds, the lightest first. */
export const sandboxNames = Object.keys(sandboxKinds) as readonly SandboxName[];

/** What to look for in a sandbox beside needs. */
export interface ProbeOptions {
  /** Directory of the data sets, in which wheels lie. @default none */
  readonly dataDir?: string;
  /** Whether to look for the commands that language models often try. @default false */
  readonly triesCommands?: boolean;
}

/**
 * Finds out whether one kind of sandbox works here, by running commands in one.
 *
 * @param needs the capabilities to look for.
 */
export async function probeSandbox(
  name: SandboxName,
  needs: readonly Need[] = [],
  { dataDir, triesCommands = false }: ProbeOptions = {},
): Promise<SandboxProbe> {
  const { open, fix } = sandboxKinds[name];
  const provider = open({}, await provisionFor(needs, dataDir));
  try {
    const sandbox = await provider.open(new Map([["probe", "works"]]));
    const said = await sandbox.exec("cat probe | cat", { timeoutMs: 10_000 });
    if (said.exitCode !== 0 || said.stdout !== "works") {
      const problem = `a first command fails (exit code ${said.exitCode}): ${said.stderr.trim()}`;
      return { name, works: false, problem, fix };
    }
    const has = await provenIn(sandbox, needs);
    const lacksCommands = triesCommands ? await commandsMissingIn(sandbox) : [];
    await sandbox.close();
    return { name, works: true, has, lacksCommands };
  } catch (error) {
    if (error instanceof ContainersMissing)
      return { name, works: false, problem: error.problem, fix: error.fix };
    return { name, works: false, problem: messageOf(error), fix };
  } finally {
    await provider.close();
  }
}

async function provenIn(
  sandbox: Sandbox,
  needs: readonly Need[],
): Promise<ReadonlySet<Capability>> {
  const proofs = new Map(needs.map(({ capability, proof }) => [capability, proof]));
  const proven = await Promise.all(
    [...proofs].map(async ([capability, proof]) =>
      (await sandbox.exec(proof)).exitCode === 0 ? [capability] : [],
    ),
  );
  return new Set(proven.flat());
}
