import type { Domain } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { probeSandboxes } from "../../../harness/sandboxes/probe.ts";
import { domains } from "../domains.ts";
import { defaultStore, domainDataDir, shown } from "../places.ts";
import type { Check } from "./check.ts";
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
  const probes = await probeSandboxes();
  const contained = probes.filter(({ name }) => name !== "host");
  const none = !contained.some(({ works }) => works);
  return probes.map((probe) => {
    const name = `sandbox ${probe.name}`;
    if (!probe.works) {
      const needed = none && probe.name !== "host";
      return { name, ok: false, needed, about: probe.problem, fix: probe.fix };
    }
    const has = [...probe.capabilities].sort().join(", ");
    const said = probe.name === "host" ? `${has}; does not contain what a model runs` : has;
    const hints = probe.hints.map((hint) => hint.replace(/\.$/, ""));
    const about = [said, ...hints].join("; ");
    return { name, ok: true, needed: false, about };
  });
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
    if (!(error instanceof InputError)) throw error;
    const { message, fix } = error;
    const about = message.slice(0, message.length - fix.length).replace(/\. ?$/, "");
    return { name, ok: false, needed: true, about, fix };
  }
}
