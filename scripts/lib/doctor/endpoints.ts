import { InputError, messageOf } from "../../../harness/errors.ts";
import type { OpenAiConfig } from "../../../harness/models/openai/config.ts";
import { listModels, probeEndpoint } from "../../../harness/models/openai/probe.ts";
import { readModels } from "../../../harness/study/config/read-study.ts";
import { systemClock } from "../clock.ts";
import { modelConfig } from "../model-configs.ts";
import { namedModels } from "../named-file.ts";
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
        checked(`model ${id}`, id, true, async () => {
          const config = modelConfig(id, entry, env);
          return config.provider === "builtin"
            ? "embedded; rule-based, not a language model"
            : describe(config);
        }),
      ),
    );
  }
  const name = "endpoint";
  if (!env["OPENAI_BASE_URL"] && !env["OPENAI_API_KEY"]) {
    const about = "none is set, so only the embedded model runs";
    const fix = "Set OPENAI_BASE_URL and OPENAI_API_KEY, or name models with --models FILE.";
    return [{ name, ok: false, needed: false, about, fix }];
  }
  return [
    await checked(name, name, false, async () => {
      const config = modelConfig(name, { provider: "openai", name: "unknown" }, env);
      if (config.provider !== "openai") throw new Error("an endpoint that is none");
      const [first] = (await listModels(config, { clock: systemClock })) ?? [];
      if (first === undefined) {
        throw new InputError({
          where: "OPENAI_BASE_URL",
          problem: "it answers, but does not say which models it serves",
          fix: "Write a models file with their names, and give it with --models.",
        });
      }
      return describe({ ...config, name: first });
    }),
  ];
}

async function describe(config: OpenAiConfig): Promise<string> {
  const { endpoint, models, protocol, because } = await probeEndpoint(config, {
    clock: systemClock,
  });
  const others = models === undefined ? "" : `; serves ${models.slice(0, 8).join(", ")}`;
  const more = models !== undefined && models.length > 8 ? ", ..." : "";
  const declared = config.protocol ?? "native";
  const advice = declared === protocol ? "" : `; set protocol: ${protocol}`;
  return `${config.name} at ${endpoint} answers, protocol ${protocol}, since ${because}${advice}${others}${more}`;
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
