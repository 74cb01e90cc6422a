import { describeFirstModel } from "../../../harness/models/openai/probe.ts";
import { endpointAt } from "../../../harness/models/openai/provider.ts";
import { declareModel } from "../../../harness/models/registry.ts";
import { readModels } from "../../../harness/study/config/read-study.ts";
import { namedModels } from "../flags.ts";
import { systemClock } from "../main.ts";
import { type Check, failedCheck } from "./check.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Calls the models of a file, or else the first that `OPENAI_BASE_URL` serves.
 *
 * @param file of `--models`; what it names is needed.
 * @throws {InputError} for a file that cannot be read as one.
 */
export async function examineEndpoints(
  file: string | undefined,
  env: Environment,
): Promise<readonly Check[]> {
  if (file !== undefined) {
    const models = Object.entries(readModels(namedModels(file)));
    const checks = models.map(([id, entry]) =>
      checked({ name: `model ${id}`, needed: true }, id, () =>
        declareModel(id, entry, { env, keys: "needed" }).describe(systemClock),
      ),
    );
    return Promise.all(checks);
  }
  const id = "endpoint";
  const of = { name: id, needed: false };
  if (!env["OPENAI_BASE_URL"] && !env["OPENAI_API_KEY"]) {
    const about = "none is set, so only the rule-based agent runs";
    const fix = "Set OPENAI_BASE_URL and OPENAI_API_KEY, or name models with --models FILE.";
    return [{ ...of, ok: false, about, fix }];
  }
  const first = await checked(of, id, () => {
    const name = "unknown";
    const at = endpointAt(`model ${id} (${name})`, {}, { env, keys: "needed" });
    return describeFirstModel({ provider: "openai", id, name, ...at }, { clock: systemClock });
  });
  return [first];
}

/** @param id of the model, which the name of the check says already. */
async function checked(
  of: Pick<Check, "name" | "needed">,
  id: string,
  look: () => Promise<string>,
): Promise<Check> {
  try {
    return { ...of, ok: true, about: await look() };
  } catch (error) {
    return failedCheck(of, error, `model ${id}: `);
  }
}
