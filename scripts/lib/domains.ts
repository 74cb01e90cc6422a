import { math } from "../../domains/math/domain.ts";
import { spreadsheet } from "../../domains/spreadsheet/domain.ts";
import { visionqa } from "../../domains/visionqa/domain.ts";
import { wtq } from "../../domains/wtq/domain.ts";
import type { Domain, Subject } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";

/** Every domain, by the name a study calls it. Adding a domain is one line here. */
export const domains: Readonly<Record<string, Domain>> = {
  wtq,
  math,
  spreadsheet,
  visionqa,
};

/** @throws {InputError} where there is no domain of that name. */
export function domainCalled(name: string): Domain {
  const domain = Object.hasOwn(domains, name) ? domains[name] : undefined;
  if (domain !== undefined) return domain;
  throw new InputError({
    where: name === "" ? "DOMAIN" : name,
    problem: "there is no such domain",
    fix: `Choose from ${Object.keys(domains).join(", ")}.`,
  });
}

/** What the rule-based agent knows of the domains, in their order. */
export async function subjects(): Promise<readonly [Subject, ...Subject[]]> {
  const loaded = Object.values(domains).map((domain) => domain.ruleAgent?.());
  const [first, ...others] = (await Promise.all(loaded)).filter((one) => one !== undefined);
  if (first === undefined) throw new Error("no domain says anything to the rule-based agent");
  return [first, ...others];
}
