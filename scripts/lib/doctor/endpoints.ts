import { InputError, messageOf } from "../../../harness/errors.ts";
import { describeFirstModel } from "../../../harness/models/openai/probe.ts";
import { endpointAt } from "../../../harness/models/openai/provider.ts";
import { declareModel } from "../../../harness/models/registry.ts";
import { readModels } from "../../../harness/study/config/read-study.ts";
import { namedModels } from "../flags.ts";
import { systemClock } from "../main.ts";
import type { Check } from "./check.ts";

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
    return Promise.all(
      models.map(([id, entry]) =>
        checked(`model ${id}`, id, true, async () =>
          declareModel(id, entry, { env, keys: "needed" }).describe(systemClock),
        ),
      ),
    );
  }
  const name = "endpoint";
  if (!env["OPENAI_BASE_URL"] && !env["OPENAI_API_KEY"]) {
    const about = "none is set, so only the rule-based agent runs";
    const fix = "Set OPENAI_BASE_URL and OPENAI_API_KEY, or name models with --models FILE.";
    return [{ name, ok: false, needed: false, about, fix }];
  }
  return [
    await checked(name, name, false, async () => {
      const at = endpointAt(`model ${name} (unknown)`, {}, { env, keys: "needed" });
      return describeFirstModel(
        { provider: "openai", id: name, name: "unknown", ...at },
        { clock: systemClock },
      );
    }),
  ];
}

async function checked(
  name: string,
  model: string,
  needed: boolean,
  look: () => Promise<string>,
): Promise<Check> {
  try {
    return { name, ok: true, needed, about: await look() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { fix } = error;
    const said = messageOf(error).replace(`model ${model}: `, "");
    const about = said.slice(0, said.length - fix.length).replace(/\. ?$/, "");
    return { name, ok: false, needed, about, fix };
  }
}
