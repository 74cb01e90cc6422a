import type { Capability, Need, Sandbox, SandboxProvider } from "../contracts/index.ts";
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
export type SandboxProbe = { readonly name: SandboxName } & (
  | {
      readonly works: true;
      /** The capabilities asked about whose proof succeeded. */
      readonly has: ReadonlySet<Capability>;
    }
  | {
      readonly works: false;
      readonly problem: string;
      /** What to do about it, as a sentence. */
      readonly fix: string;
    }
);

interface SandboxKind {
  /** @param shows directories that a sandbox of the system's programs shows too: `Need.shows`. */
  readonly open: (limits?: Partial<SandboxLimits>, shows?: readonly string[]) => SandboxProvider;
  /** What to do where it does not work. */
  readonly fix: string;
  /** Whether it shows the system's own programs, so that one which is missing can be installed. */
  readonly showsSystem: boolean;
}

/** Kinds of sandboxes there are, the lightest first. */
export const sandboxKinds: Readonly<Record<SandboxName, SandboxKind>> = {
  embedded: {
    open: (limits) => embeddedSandboxes(limits),
    fix: "Run `npm ci` again, and use Node.js 20.19 or newer.",
    showsSystem: false,
  },
  bubblewrap: {
    open: bubblewrapSandboxes,
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

/**
 * Finds out whether one kind of sandbox works here, by running commands in one.
 *
 * @param needs the capabilities to look for.
 */
export async function probeSandbox(
  name: SandboxName,
  needs: readonly Need[] = [],
): Promise<SandboxProbe> {
  const { open, fix } = sandboxKinds[name];
  const provider = open({}, shownFor(needs));
  try {
    const sandbox = await provider.open(new Map([["probe", "works"]]));
    const said = await sandbox.exec("cat probe | cat", { timeoutMs: 10_000 });
    if (said.exitCode !== 0 || said.stdout !== "works") {
      const problem = `a first command fails (exit code ${said.exitCode}): ${said.stderr.trim()}`;
      return { name, works: false, problem, fix };
    }
    const has = await provenIn(sandbox, needs);
    await sandbox.close();
    return { name, works: true, has };
  } catch (error) {
    if (error instanceof ContainersMissing)
      return { name, works: false, problem: error.problem, fix: error.fix };
    return { name, works: false, problem: messageOf(error), fix };
  } finally {
    await provider.close();
  }
}

/** What needs ask to be shown. */
export function shownFor(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ shows }) => shows ?? []))];
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
