import type { Need, SandboxProvider } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { SandboxLimits } from "./limits.ts";
import {
  probeSandbox,
  type SandboxName,
  type SandboxProbe,
  sandboxKinds,
  shownFor,
} from "./probe.ts";

/** Those that keep commands away from the machine, the lightest first. `host` is never chosen. */
const automatic: readonly SandboxName[] = ["embedded", "bubblewrap", "docker"];

export interface ChooseOptions {
  /** @default probeSandbox */
  readonly probe?: (name: SandboxName, needs: readonly Need[]) => Promise<SandboxProbe>;
  readonly limits?: Partial<SandboxLimits>;
}

/**
 * The sandboxes that a study asks for; for `auto` the lightest that work here and have what its
 * domains need. The `name` of what comes back is what was chosen.
 *
 * @throws {InputError} when none does, or the one that was named does not, with what is missing.
 */
export async function chooseSandbox(
  name: "auto" | SandboxName,
  needs: readonly Need[],
  { probe = probeSandbox, limits = {} }: ChooseOptions = {},
): Promise<SandboxProvider> {
  const required = [
    ...new Map(
      needs.filter(({ optional }) => !optional).map((need) => [need.capability, need]),
    ).values(),
  ];
  const found: { readonly problem: string; readonly fix: string | undefined }[] = [];
  for (const candidate of name === "auto" ? automatic : [name]) {
    const state = await probe(candidate, required);
    if (!state.works) {
      found.push({
        problem: `${candidate} does not work here: ${state.problem}`,
        fix: state.fix,
      });
      continue;
    }
    const missing = required.filter(({ capability }) => !state.has.has(capability));
    if (missing.length === 0) return sandboxKinds[candidate].open(limits, shownFor(required));
    found.push({
      problem: `${candidate} has no ${namesOf(missing).join(", ")}`,
      fix: fixOf(candidate, missing, name),
    });
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
  missing: readonly Need[],
  asked: "auto" | SandboxName,
): string | undefined {
  if (!sandboxKinds[candidate].showsSystem)
    return asked === "auto" ? undefined : "Write `sandbox: auto` in the study.";
  const commands = missing.flatMap(({ install }) => install ?? []);
  const how = commands.length === 0 ? "" : ` (${commands.join("; ")})`;
  const install = `Install ${namesOf(missing).join(" and ")} for the system's programs in /usr${how}`;
  return asked === "host"
    ? `${install}.`
    : `${install}, or write \`sandbox: host\` where everything the model runs may be trusted.`;
}

function namesOf(needs: readonly Need[]): readonly string[] {
  return needs.map(({ capability }) => capability);
}
