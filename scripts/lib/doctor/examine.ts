import type { Domain, Need } from "../../../harness/contracts/index.ts";
import {
  probeSandbox,
  type SandboxProbe,
  sandboxKinds,
  sandboxNames,
} from "../../../harness/sandboxes/probe.ts";
import { domains } from "../domains.ts";
import { defaultStore, domainDataDir, shown } from "../places.ts";
import { type Check, failedCheck } from "./check.ts";
import { examineEndpoints } from "./endpoints.ts";
import { examineStore } from "./store.ts";

/** The flags of `npm run doctor`. */
export interface DoctorFlags {
  readonly models?: string;
  readonly dataDir?: string;
  readonly store?: string;
}

/** Looks at everything that a study may need. */
export async function examine(flags: DoctorFlags): Promise<readonly Check[]> {
  const [sandboxes, data, endpoints] = await Promise.all([
    examineSandboxes(),
    Promise.all(Object.values(domains).map((domain) => examineData(domain, flags.dataDir))),
    examineEndpoints(flags.models, process.env),
  ]);
  // The launcher has refused an older one.
  const node: Check = { name: "Node.js", ok: true, needed: true, about: process.versions.node };
  return [node, ...sandboxes, ...data, examineStore(flags.store ?? defaultStore), ...endpoints];
}

/** One that keeps commands away from the machine is needed, whichever it is. */
async function examineSandboxes(): Promise<readonly Check[]> {
  const needs = Object.values(domains).flatMap(everyNeed);
  const probes = await Promise.all(sandboxNames.map((name) => probeSandbox(name, needs)));
  const none = !probes.some(({ name, works }) => works && name !== "host");
  return probes.map((probe) => {
    const name = `sandbox ${probe.name}`;
    if (!probe.works) {
      const needed = none && probe.name !== "host";
      return { name, ok: false, needed, about: probe.problem, fix: probe.fix };
    }
    const has = ["bash", ...probe.has].sort().join(", ");
    const said = probe.name === "host" ? `${has}; does not contain what a model runs` : has;
    return { name, ok: true, needed: false, about: [said, ...hintsOf(probe, needs)].join("; ") };
  });
}

/** What a domain may need of a sandbox, over all its options. */
function everyNeed(domain: Domain): readonly Need[] {
  const choices = Object.entries(domain.options).flatMap(([option, values]) =>
    values.map((value) => ({ [option]: value })),
  );
  return [{}, ...choices].flatMap((options) => domain.needs(options));
}

/** How what is not there could be had, in a sandbox that shows the system's programs. */
function hintsOf(
  probe: SandboxProbe & { readonly works: true },
  needs: readonly Need[],
): readonly string[] {
  if (!sandboxKinds[probe.name].showsSystem) return [];
  const hints = needs.flatMap(({ capability, install }) =>
    install === undefined || probe.has.has(capability) ? [] : [`for ${capability}: ${install}`],
  );
  return [...new Set(hints)];
}

async function examineData(domain: Domain, dataDir: string | undefined): Promise<Check> {
  const name = `data ${domain.name}`;
  const fetch = "Run: npm run data -- list, which says how to get it.";
  try {
    const { info } = await domain.open(domainDataDir(dataDir, domain));
    if (info.real)
      return { name, ok: true, needed: true, about: `${info.name} in ${shown(info.path)}` };
    const about = "only the sample that ships with the project";
    return { name, ok: false, needed: false, about, fix: fetch };
  } catch (error) {
    return failedCheck({ name, needed: true }, error);
  }
}
