import type { Need, SandboxProvider } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { SandboxLimits } from "./limits.ts";
import {
  type ProbeOptions,
  probeSandbox,
  type SandboxName,
  type SandboxProbe,
  sandboxKinds,
} from "./probe.ts";
import { provisionFor } from "./provision.ts";

/** Those that keep commands away from the machine, the lightest first. `host` is never chosen. */
const lightestFirst: readonly SandboxName[] = ["embedded", "bubblewrap", "docker"];
/** Language models try what they know of real bash, and an interpreted one answers some of it otherwise. */
const realFirst: readonly SandboxName[] = ["bubblewrap", "docker", "embedded"];

/** How a sandbox is chosen. */
export interface ChooseOptions {
  /** Whether a language model will work in it. @default false */
  readonly forLanguageModel?: boolean;
  /** Directory of the data sets, in which wheels lie. @default none */
  readonly dataDir?: string;
  /** @default probeSandbox */
  readonly probe?: (
    name: SandboxName,
    needs: readonly Need[],
    options: ProbeOptions,
  ) => Promise<SandboxProbe>;
  readonly limits?: Partial<SandboxLimits>;
}

/** The sandboxes of a study. */
export interface ChosenSandbox extends SandboxProvider {
  /** Why it is this one, as a clause; absent where it was named, or is the lightest. */
  readonly because?: string;
}

/** One that was looked at: what it lacks, or why it cannot be used. */
interface Candidate {
  readonly name: SandboxName;
  readonly has: readonly Need[];
  readonly lacks: readonly Need[];
  readonly lacksCommands: readonly string[];
  /** Undefined where it can be used. */
  readonly problem?: string;
  readonly fix?: string;
}

/**
 * The sandboxes that a study asks for. For `auto` those that work here and have what its domains
 * need: the lightest, or with a language model real bash wherever it can be had. Among those that can be
 * used, one that lacks fewer of the optional needs is taken. The `name` of what comes back is what was chosen.
 *
 * @throws {InputError} when none can be used, or not the one that was named, with what is missing.
 */
export async function chooseSandbox(
  name: "auto" | SandboxName,
  needs: readonly Need[],
  options: ChooseOptions = {},
): Promise<ChosenSandbox> {
  const { forLanguageModel = false, dataDir, limits = {} } = options;
  const wanted = wantedOf(needs, forLanguageModel);
  const order = name !== "auto" ? [name] : forLanguageModel ? realFirst : lightestFirst;
  const looked: Candidate[] = [];
  for (const candidate of order) {
    const found = await lookAt(candidate, wanted, name, options);
    looked.push(found);
    if (found.problem === undefined && found.lacks.length === 0) break;
  }
  const usable = looked.filter(({ problem }) => problem === undefined);
  const [best] = usable.sort((a, b) => a.lacks.length - b.lacks.length);
  if (best === undefined) throw noneOf(looked, name);
  const provider = sandboxKinds[best.name].open(limits, await provisionFor(wanted, dataDir));
  if (!forLanguageModel) return provider;
  const has = namesOf(best.has);
  const facts = { has, lacks: [...namesOf(best.lacks), ...best.lacksCommands] };
  const because = name === "auto" ? reasonFor(best, looked) : undefined;
  return { ...provider, facts, ...(because === undefined ? {} : { because }) };
}

/** Each need once, without those that this agent has no use for. */
function wantedOf(needs: readonly Need[], forLanguageModel: boolean): readonly Need[] {
  const asked = needs.filter(
    ({ neededBy, optional }) => forLanguageModel || (neededBy === undefined && !optional),
  );
  return [...new Map(asked.map((need) => [need.capability, need])).values()];
}

async function lookAt(
  name: SandboxName,
  wanted: readonly Need[],
  asked: "auto" | SandboxName,
  { forLanguageModel = false, dataDir, probe = probeSandbox }: ChooseOptions,
): Promise<Candidate> {
  const at = dataDir === undefined ? {} : { dataDir };
  const state = await probe(name, wanted, { ...at, triesCommands: forLanguageModel });
  if (!state.works) {
    const problem = `${name} does not work here: ${state.problem}`;
    const install = sandboxKinds[name].showsSystem ? installsOf(wanted) : "";
    const fix = install === "" ? state.fix : `${state.fix} It then needs: ${install}.`;
    return { name, has: [], lacks: wanted, lacksCommands: [], problem, fix };
  }
  const has = wanted.filter(({ capability }) => state.has.has(capability));
  const lacks = wanted.filter(({ capability }) => !state.has.has(capability));
  const found = { name, has, lacks, lacksCommands: state.lacksCommands };
  const missing = lacks.filter(({ optional }) => !optional);
  if (missing.length === 0) return found;
  const fix = fixOf(name, missing, asked);
  const problem = `${name} has no ${namesOf(missing).join(", ")}`;
  return { ...found, problem, ...(fix === undefined ? {} : { fix }) };
}

function noneOf(looked: readonly Candidate[], asked: "auto" | SandboxName): InputError {
  return new InputError({
    where: "sandbox",
    field: asked,
    problem: looked.map(({ problem }) => problem).join("; "),
    fix: looked.flatMap(({ fix }) => fix ?? []).join(" Or: "),
  });
}

function fixOf(
  candidate: SandboxName,
  missing: readonly Need[],
  asked: "auto" | SandboxName,
): string | undefined {
  const { showsSystem, takesWheels } = sandboxKinds[candidate];
  if (takesWheels && missing.every(({ wheels }) => wheels !== undefined)) {
    const fetches = missing.flatMap(({ wheels }) => wheels?.fetch ?? []);
    return `Fetch ${namesOf(missing).join(" and ")} for the ${candidate} one: ${fetches.join("; ")}.`;
  }
  if (!showsSystem) return asked === "auto" ? undefined : "Write `sandbox: auto` in the study.";
  const commands = installsOf(missing);
  const how = commands === "" ? "" : ` (${commands})`;
  const install = `Install ${namesOf(missing).join(" and ")} for the system's programs in /usr${how}`;
  return asked === "host"
    ? `${install}.`
    : `${install}, or write \`sandbox: host\` where everything the model runs may be trusted.`;
}

/** Why `auto` took it for a language model, and how more could be had. */
function reasonFor(best: Candidate, looked: readonly Candidate[]): string {
  const { showsSystem } = sandboxKinds[best.name];
  const lacks = best.lacks.map(({ capability, install }) =>
    showsSystem && install !== undefined ? `${capability} (${install})` : capability,
  );
  const without = lacks.length === 0 ? "" : `, without ${lacks.join(", ")}`;
  if (best.name !== "embedded") return `real bash, as language models know it${without}`;
  const others = looked.filter(({ name }) => name !== best.name);
  const why = others.map(
    ({ name, problem, lacks }) => problem ?? `${name} lacks more (${namesOf(lacks)})`,
  );
  const [how] = others.flatMap(({ fix }) => fix ?? []);
  return `an interpreted bash${without}, since ${why.join("; ")}. For real bash: ${how}`;
}

function installsOf(needs: readonly Need[]): string {
  return [...new Set(needs.flatMap(({ install }) => install ?? []))].join("; ");
}

function namesOf(needs: readonly Need[]): readonly string[] {
  return needs.map(({ capability }) => capability);
}
