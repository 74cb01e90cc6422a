import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import type { Domain, Need } from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";
import { describeFirstModel } from "../../harness/models/openai/probe.ts";
import { endpointAt } from "../../harness/models/openai/provider.ts";
import type { Surroundings } from "../../harness/models/provider.ts";
import { declareModel, type ModelEntry } from "../../harness/models/registry.ts";
import {
  probeSandbox,
  type SandboxProbe,
  sandboxKinds,
  sandboxNames,
} from "../../harness/sandboxes/probe.ts";
import { readModels } from "../../harness/study/config/read-study.ts";
import { domains } from "./domains.ts";
import { namedModels } from "./flags.ts";
import { systemClock } from "./main.ts";
import { dataDir, defaultStore, domainDataDir, shown } from "./places.ts";

/** What was found of one thing that was looked at. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Whether the default study, or what a flag asks for, cannot do without it. */
  readonly needed: boolean;
  /** What was found, as a clause. */
  readonly about: string;
  /** What to do, as a sentence; only where it is not ok. */
  readonly fix?: string;
}

/** The flags of `npm run doctor`. */
export interface DoctorFlags {
  readonly models?: string;
  readonly dataDir?: string;
  readonly store?: string;
}

/** Looks at everything that a study may need. */
export async function examine(flags: DoctorFlags): Promise<readonly Check[]> {
  const [sandboxes, data, endpoints] = await Promise.all([
    examineSandboxes(dataDir(flags.dataDir)),
    Promise.all(Object.values(domains).map((domain) => examineData(domain, flags.dataDir))),
    examineEndpoints(flags.models),
  ]);
  // The launcher has refused an older one.
  const node: Check = { name: "Node.js", ok: true, needed: true, about: process.versions.node };
  return [node, ...sandboxes, ...data, examineStore(flags.store ?? defaultStore), ...endpoints];
}

/** One that keeps commands away from the machine is needed, whichever it is. */
async function examineSandboxes(dataDir: string): Promise<readonly Check[]> {
  const needs = Object.values(domains).flatMap(everyNeed);
  const probes = await Promise.all(
    sandboxNames.map((name) => probeSandbox(name, needs, { dataDir })),
  );
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

/** How what is not there could be had: installed for the system's programs, or fetched. */
function hintsOf(
  probe: SandboxProbe & { readonly works: true },
  needs: readonly Need[],
): readonly string[] {
  const { showsSystem, takesWheels } = sandboxKinds[probe.name];
  const hints = needs.flatMap(({ capability, install, wheels }) => {
    const how = showsSystem ? install : takesWheels ? wheels?.fetch : undefined;
    return how === undefined || probe.has.has(capability) ? [] : [`for ${capability}: ${how}`];
  });
  return [...new Set(hints)];
}

function examineData(domain: Domain, dataDir: string | undefined): Promise<Check> {
  const name = `data ${domain.name}`;
  return checked({ name, needed: true }, async () => {
    const { info } = await domain.open(domainDataDir(dataDir, domain));
    if (info.real) return `${info.name} in ${shown(info.path)}`;
    const about = "only the sample that ships with the project";
    const fix = "Run: npm run data -- list, which says how to get it.";
    return { name, ok: false, needed: false, about, fix };
  });
}

/** A study of 20,000 episodes stays well below it. */
const enoughBytes = 1e9;

/** Whether results can be written; nothing is made. */
function examineStore(dir: string): Check {
  const name = "store";
  const store = path.resolve(dir);
  let place = store;
  while (!existsSync(place)) place = path.dirname(place);
  try {
    if (!statSync(place).isDirectory()) throw new Error(`${shown(place)} is no directory`);
    accessSync(place, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(place);
    const free = bavail * bsize;
    const about = `${shown(store)} can be written, ${(free / 1e9).toFixed(1)} GB free`;
    if (free >= enoughBytes) return { name, ok: true, needed: true, about };
    return { name, ok: false, needed: true, about, fix: "Make room, or name another --store." };
  } catch (error) {
    const about = `${shown(store)} cannot be written (${messageOf(error)})`;
    return { name, ok: false, needed: true, about, fix: "Name a directory with --store." };
  }
}

/**
 * Calls the models of a file, which are needed, or else the first that `OPENAI_BASE_URL` serves.
 *
 * @throws {InputError} for a file that cannot be read as one.
 */
async function examineEndpoints(file: string | undefined): Promise<readonly Check[]> {
  const at = { env: process.env, keys: "needed" } as const;
  if (file !== undefined) {
    const models = Object.entries(readModels(namedModels(file)));
    const looks = models.map(async ([id, entry]) => {
      const answers = await checked({ name: `model ${id}`, model: id, needed: true }, () =>
        declareModel(id, entry, at).describe(systemClock),
      );
      return answers.ok ? [answers, await examineEpisodes(id, entry, at)] : [answers];
    });
    return (await Promise.all(looks)).flat();
  }
  const name = "endpoint";
  if (!at.env["OPENAI_BASE_URL"] && !at.env["OPENAI_API_KEY"]) {
    const about = "none is set, so only the rule-based agent runs";
    const fix = "Set OPENAI_BASE_URL and OPENAI_API_KEY, or name models with --models FILE.";
    return [{ name, ok: false, needed: false, about, fix }];
  }
  const look = async () => {
    const place = endpointAt(`model ${name} (unknown)`, {}, at);
    const model = { provider: "openai", id: name, name: "unknown", ...place } as const;
    return describeFirstModel(model, { clock: systemClock });
  };
  return [await checked({ name, model: name, needed: false }, look)];
}

/** How a model gets on as an agent; a study is the place to find out more. */
async function examineEpisodes(id: string, entry: ModelEntry, at: Surroundings): Promise<Check> {
  const name = `model ${id} as agent`;
  const { tryModel } = await import("./trial-episodes.ts");
  const { ok, about } = await tryModel({ id, entry, at });
  if (ok) return { name, ok, needed: false, about };
  const fix = "No episode came to an answer: try another model, or what the line above says.";
  return { name, ok, needed: false, about, fix };
}

/** What a look found: a clause, or a check of its own; an `InputError` says what is not ok, and its fix. */
async function checked(
  { name, needed, model }: Pick<Check, "name" | "needed"> & { readonly model?: string },
  look: () => Promise<string | Check>,
): Promise<Check> {
  try {
    const found = await look();
    return typeof found === "string" ? { name, ok: true, needed, about: found } : found;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { message, fix } = error;
    const said = model === undefined ? message : message.replace(`model ${model}: `, "");
    const about = said.slice(0, said.length - fix.length).replace(/\. ?$/, "");
    return { name, ok: false, needed, about, fix };
  }
}
