import type { Domain, DomainOptions } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Study } from "./config/read-study.ts";
import type { SplitEntry } from "./config/schema.ts";
import type { DirectSetting } from "./rollout.ts";

/**
 * How the tasks of a split are put in one call without tools; undefined where an agent works on them.
 *
 * What the split says comes first, then what the study says of its own domain, then the domain's default.
 *
 * @throws {InputError} where `direct` is asked for and the domain has no such form for these options.
 */
export function directSettingOf(
  study: Study,
  split: string,
  domain: Domain,
  options: DomainOptions,
): DirectSetting | undefined {
  const own = (study.splits[split] as SplitEntry).interaction;
  const asked = own ?? (domain.name === study.domain ? study.interaction : undefined);
  if (asked === "agent") return undefined;
  const form = domain.direct?.(options);
  if (form !== undefined && (asked === "direct" || form.isDefault))
    return { form, budget: study.direct };
  if (asked === undefined) return undefined;
  const path = own === undefined ? ["interaction"] : ["splits", split, "interaction"];
  const chosen = Object.entries(options).map(([option, value]) => `${option}: ${value}`);
  throw new InputError({
    where: study.placeOf(path),
    field: path.join("."),
    problem: `${[domain.name, ...chosen].join(", ")} cannot be asked in one call without tools: its answer is a file, or made with a tool`,
    fix: "Write interaction: agent or leave it out, or choose other options of the domain.",
  });
}
