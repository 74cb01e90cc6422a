import { math } from "../../domains/math/domain.ts";
import { wtq } from "../../domains/wtq/domain.ts";
import type { Domain } from "../../harness/contracts.ts";

/** Every domain, by the name a study calls it. Adding a domain is one line here. */
export const domains: Readonly<Record<string, Domain>> = { math, wtq };
