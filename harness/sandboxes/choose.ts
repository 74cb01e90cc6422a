import type { Capability, SandboxProvider } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { SandboxLimits } from "./limits.ts";
import {
  installations,
  probeSandbox,
  type SandboxName,
  type SandboxProbe,
  sandboxKinds,
} from "./probe.ts";

/** Those that keep commands away from the machine, the lightest first. `host` is never chosen. */
const automatic: readonly SandboxName[] = ["embedded", "bubblewrap", "docker"];

export interface ChooseOptions {
  /** @default probeSandbox */
  readonly probe?: (name: SandboxName) => Promise<SandboxProbe>;
  readonly limits?: Partial<SandboxLimits>;
}

/**
 * The sandboxes that a study asks for; for `auto` the lightest that work here and have what its
 * domain needs. The `name` of what comes back is what was chosen.
 *
 * @throws {InputError} when none does, or the one that was named does not, with what is missing.
 */
export async function chooseSandbox(
  name: "auto" | SandboxName,
  needs: ReadonlySet<Capability>,
  { probe = probeSandbox, limits = {} }: ChooseOptions = {},
): Promise<SandboxProvider> {
  const found: { readonly problem: string; readonly fix: string | undefined }[] = [];
  for (const candidate of name === "auto" ? automatic : [name]) {
    const open = sandboxKinds.get(candidate);
    const state = await probe(candidate);
    const missing = [...needs].filter((need) => !state.capabilities.has(need));
    if (open && state.works && missing.length === 0) return open(limits);
    found.push(
      state.works
        ? {
            problem: `${candidate} has no ${missing.join(", ")}`,
            fix: fixOf(candidate, missing, name),
          }
        : { problem: `${candidate} does not work here: ${state.problem}`, fix: state.fix },
    );
  }
  throw new InputError({
    where: "sandbox",
    field: name,
    problem: found.map(({ problem }) => problem).join("; "),
    fix: found.flatMap(({ fix }) => fix ?? []).join(" Or: "),
  });
}

function fixOf(
  candidate: SandboxName,
  missing: readonly Capability[],
  asked: "auto" | SandboxName,
): string | undefined {
  if (candidate === "embedded" || candidate === "docker")
    return asked === "auto" ? undefined : "Write `sandbox: auto` in the study.";
  const commands = missing.flatMap((capability) => installations[capability] ?? []);
  const how = commands.length === 0 ? "" : ` (${commands.join("; ")})`;
  const install = `Install ${missing.join(" and ")} for the system's programs in /usr${how}`;
  return asked === "host"
    ? `${install}.`
    : `${install}, or write \`sandbox: host\` where everything the model runs may be trusted.`;
}
