import { math } from "../../domains/math/domain.ts";
import { spreadsheet } from "../../domains/spreadsheet/domain.ts";
import { visionqa } from "../../domains/visionqa/domain.ts";
import { wtq } from "../../domains/wtq/domain.ts";
import type { Domain } from "../../harness/contracts/index.ts";

/** Every domain, by the name a study calls it. Adding a domain is one line here. */
export const domains: Readonly<Record<string, Domain>> = { math, spreadsheet, visionqa, wtq };
