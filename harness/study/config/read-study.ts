import { distance } from "fastest-levenshtein";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Domain } from "../../contracts/index.ts";
import { InputError, InputErrors } from "../../errors.ts";
import { needsSelect, presets } from "../../evolution/presets.ts";
import { evolutionRoles } from "../../evolution/roles.ts";
import { type ModelEntry, providerNames } from "../../models/registry.ts";
import { authoredConditions, heldOutSplits, plainConditions } from "../conditions.ts";
import { evolutionKeys, resolvePreset } from "./preset-schema.ts";
import { columnFields, modelsSchema, type OptionValues, studySchemaFor } from "./schema.ts";
import { checkYaml, fieldError, type PlaceOf, parseYamlFile, type YamlFile } from "./yaml-file.ts";

/** What a study is read from. */
export interface StudySource {
  readonly file: string;
  readonly text: string;
  /** Replaces the file's `models` mapping. */
  readonly modelsFile?: ModelsFile | undefined;
  /** `path=value` assignments, applied to the file before it is checked. */
  readonly sets: readonly string[];
}

/** A checked study file. */
export type Study = z.infer<ReturnType<typeof studySchemaFor>> & {
  /** Where it was read from, for messages. */
  readonly file: string;
  /** Where a field was written: a line of the file or of the models file, or a flag. */
  readonly placeOf: PlaceOf;
};

/**
 * Reads and checks a study.
 *
 * @param domains the domains that a study may name.
 * @throws {InputErrors} with every problem of the file at once, each with line, field and fix.
 */
export function readStudy(source: StudySource, domains: Readonly<Record<string, Domain>>): Study {
  const yaml = parseYamlFile(source.text, source.file);
  if (source.modelsFile !== undefined) applyModels(yaml, source.modelsFile);
  for (const assignment of source.sets) applySet(yaml, assignment);

  const raw = asRecord(yaml.document.toJS());
  const domainName = raw["domain"];
  const domain = domainCalled(domainName, domains);
  const problems = semanticProblems(yaml, raw, domain, domains);
  const schema = studySchemaFor(domain?.options ?? noOptions, optionsOfSplits(raw, domains));
  try {
    const study = checkYaml(yaml, schema, (path, issue) =>
      fixFor(path, issue, domainAt(path, raw, domains)),
    );
    problems.push(...missingSelect(yaml, study));
    if (problems.length > 0) throw new InputErrors(problems);
    return { ...study, file: source.file, placeOf: yaml.placeOf };
  } catch (error) {
    if (!(error instanceof InputErrors) || problems.length === 0) throw error;
    const said = new Set(error.message.split("\n"));
    const more = problems.filter((problem) => !said.has(problem.message));
    throw new InputErrors([...error.message.split("\n").map(lineError), ...more]);
  }
}

/**
 * A preset that chooses between skills on the select split needs one, and so does a gate that was
 * asked for by name; a preset that merely has one runs without it.
 */
function missingSelect(
  yaml: YamlFile,
  study: z.infer<ReturnType<typeof studySchemaFor>>,
): InputError[] {
  if (study.splits["select"] !== undefined) return [];
  if (!study.conditions.some((condition) => condition.includes("+"))) return [];
  const written = study.variants === undefined ? [study.evolution] : Object.values(study.variants);
  const isAskedFor = (preset: (typeof written)[number]) =>
    needsSelect(resolvePreset(preset)) || (typeof preset === "object" && preset.gate === "flips");
  return written.some(isAskedFor)
    ? [
        fieldError(
          yaml,
          ["splits", "select"],
          "missing",
          "This preset chooses between skills on it: add a split called select, of tasks that evolve does not use.",
        ),
      ]
    : [];
}

/** An error whose message is a line already made. */
function lineError(line: string): InputError {
  const error = new InputError({ where: "", problem: "", fix: "" });
  error.message = line;
  return error;
}

function applySet(yaml: YamlFile, assignment: string): void {
  const equals = assignment.indexOf("=");
  const path = assignment.slice(0, equals).split(".");
  if (equals < 1 || path.includes("")) {
    throw new InputError({
      where: "--set",
      problem: `${JSON.stringify(assignment)} is not path=value`,
      fix: "Write for example --set agent.turns=10.",
    });
  }
  const value = parseDocument(assignment.slice(equals + 1), { prettyErrors: false });
  if (value.errors.length > 0) {
    throw new InputError({
      where: "--set",
      field: path.join("."),
      problem: `${JSON.stringify(assignment.slice(equals + 1))} is not valid YAML`,
      fix: "Close what is opened, such as --set seeds=[41,42].",
    });
  }
  try {
    yaml.override(path, value.contents, () => "--set");
  } catch (cause) {
    throw new InputError({
      where: "--set",
      field: path.join("."),
      problem: "there is no such place in the file",
      fix: "The path must lead through mappings, such as splits.test.take.",
      cause,
    });
  }
}

const modelsFileSchema = z.looseObject({ models: modelsSchema });

/** A file whose top-level `models:` mapping takes the place of a study's. */
export interface ModelsFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads and checks a models file.
 *
 * @throws {InputErrors} with every problem of the file at once.
 */
export function readModels(source: ModelsFile): Readonly<Record<string, ModelEntry>> {
  return parseModels(source).models;
}

function parseModels(source: ModelsFile) {
  const yaml = parseYamlFile(source.text, source.file);
  if (asRecord(yaml.document.toJS())["models"] === undefined) {
    throw new InputError({
      where: source.file,
      field: "models",
      problem: "missing",
      fix: "A models file has a top-level `models:` mapping, such as configs/models/qwen3.5.yaml.",
    });
  }
  const { models } = checkYaml(yaml, modelsFileSchema, (path, issue) => fixFor(path, issue));
  return { yaml, models };
}

function applyModels(study: YamlFile, source: ModelsFile): void {
  const { yaml, models } = parseModels(source);
  study.override(["models"], study.document.createNode(models), yaml.placeOf);
}

/** What a schema cannot say: names that must refer to something, and parts that need each other. */
function semanticProblems(
  yaml: YamlFile,
  raw: Readonly<Record<string, unknown>>,
  domain: Domain | undefined,
  domains: Readonly<Record<string, Domain>>,
): InputError[] {
  const domainNames = Object.keys(domains);
  const problems: InputError[] = [];
  const say = (path: readonly PropertyKey[], problem: string, fix: string) =>
    problems.push(fieldError(yaml, path, problem, fix));

  if (typeof raw["domain"] === "string" && domain === undefined)
    say(["domain"], `there is no domain ${raw["domain"]}`, suggest(raw["domain"], domainNames));

  const models = Object.keys(asRecord(raw["models"]));
  for (const field of ["authors", "users"]) {
    for (const [i, model] of asList(raw[field]).entries()) {
      if (typeof model === "string" && !models.includes(model))
        say([field, i], `no model is called ${model}`, suggest(model, models));
    }
  }
  for (const [role, model] of Object.entries(asRecord(raw["roles"]))) {
    if (!(evolutionRoles as readonly string[]).includes(role))
      say(["roles", role], `there is no role ${role}`, suggest(role, evolutionRoles));
    const named =
      typeof model === "string" ? [[["roles", role], model] as const] : rolesByAuthor(role, model);
    for (const [path, name] of named) {
      if (typeof name === "string" && !models.includes(name))
        say(path, `no model is called ${name}`, suggest(name, models));
    }
    for (const author of Object.keys(asRecord(model))) {
      if (!asList(raw["authors"]).includes(author))
        say(["roles", role, author], `${author} is no author`, "List it under authors.");
    }
  }

  const splits = asRecord(raw["splits"]);
  for (const [split, entry] of Object.entries(splits)) {
    const { from, domain: named, measure } = asRecord(entry);
    const own = named === undefined ? domain : domainCalled(named, domains);
    if (typeof named === "string" && own === undefined)
      say(["splits", split, "domain"], `there is no domain ${named}`, suggest(named, domainNames));
    if (own !== undefined && typeof from === "string" && !own.splits.includes(from))
      say(["splits", split, "from"], `${own.name} has no split ${from}`, suggest(from, own.splits));
    const measures = ["score", "passed", ...(own?.metrics ?? [])];
    if (own !== undefined && typeof measure === "string" && !measures.includes(measure))
      say(
        ["splits", split, "measure"],
        `${own.name} measures no ${measure}`,
        suggest(measure, measures),
      );
    if (split !== "evolve" && split !== "select") continue;
    for (const field of columnFields) {
      if (asRecord(entry)[field] !== undefined)
        say(
          ["splits", split, field],
          `${split} makes no column of the table`,
          "Leave it out, or put it into a split that skills are evaluated on.",
        );
    }
  }
  if (raw["pairing"] === "same-model")
    for (const [i, author] of asList(raw["authors"]).entries()) {
      if (!asList(raw["users"]).includes(author))
        say(["authors", i], `${String(author)} is no user`, "same-model needs it among the users.");
    }
  const authored = asList(raw["conditions"]).filter((condition) =>
    (authoredConditions as readonly unknown[]).includes(condition),
  );
  if (authored.length > 0 && asList(raw["authors"]).length === 0)
    say(["authors"], `${String(authored[0])} needs an author`, "List models that write skills.");
  if (authored.some((condition) => condition !== "parametric") && splits["evolve"] === undefined)
    say(["splits", "evolve"], "missing", "Evolution needs a split called evolve.");
  const isTrial = raw["gateTrials"] !== undefined;
  if (isTrial && splits["select"] === undefined)
    say(["splits", "select"], "missing", "gateTrials need a split called select.");
  if (!isTrial && Object.keys(splits).length > 0 && heldOutSplits(splits).length === 0)
    say(["splits"], "no split to evaluate on", "Add one beside evolve and select, such as test.");
  return problems;
}

const noOptions: OptionValues = {};

/** The options of every split, in the order of the file. */
function optionsOfSplits(
  raw: Readonly<Record<string, unknown>>,
  domains: Readonly<Record<string, Domain>>,
): Readonly<Record<string, OptionValues>> {
  return Object.fromEntries(
    Object.keys(asRecord(raw["splits"])).map((split) => [
      split,
      domainAt(["splits", split], raw, domains)?.options ?? noOptions,
    ]),
  );
}

function domainCalled(
  name: unknown,
  domains: Readonly<Record<string, Domain>>,
): Domain | undefined {
  return typeof name === "string" && Object.hasOwn(domains, name) ? domains[name] : undefined;
}

/** The domain whose options a field may name. */
function domainAt(
  path: readonly PropertyKey[],
  raw: Readonly<Record<string, unknown>>,
  domains: Readonly<Record<string, Domain>>,
): Domain | undefined {
  const entry = path[0] === "splits" ? asRecord(raw["splits"])[String(path[1])] : undefined;
  const named = asRecord(entry)["domain"] ?? raw["domain"];
  return domainCalled(named, domains);
}

function rolesByAuthor(role: string, models: unknown) {
  return Object.entries(asRecord(models)).map(
    ([author, model]) => [["roles", role, author], model] as const,
  );
}

const conditionNames: readonly string[] = [...plainConditions, ...authoredConditions];

/** What to write instead, for a field. */
function fixFor(path: readonly PropertyKey[], issue: z.core.$ZodIssue, domain?: Domain): string {
  const options: OptionValues = domain?.options ?? {};
  if (issue.code === "unrecognized_keys")
    return suggest(String(path.at(-1)), knownKeys(path, options));
  if (path[0] === "conditions" && issue.code === "invalid_value")
    return suggest(String(issue.input), conditionNames);
  if (issue.code === "too_small" && issue.origin === "array") return "Name at least one.";
  if (issue.code === "invalid_value") return `Write one of ${issue.values.map(String).join(", ")}.`;
  if (path[0] === "evolution" || path[0] === "variants")
    return `Write ${Object.keys(presets).join(" or ")}, or a mapping of ${evolutionKeys.join(", ")}.`;
  if (path[0] === "seeds") return "Write whole numbers, such as seeds: [41, 42, 43].";
  if (path[0] === "study") return "Name the study, such as study: my-study.";
  if (path[0] === "models" && path.at(-1) === "provider")
    return `Write ${providerNames.map((name) => `provider: ${name}`).join(" or ")}.`;
  if (issue.code === "custom") return "Remove the second one.";
  if (issue.input === undefined) return "Add the field; README.md shows the shape of a study.";
  return "README.md shows the shape of a study.";
}

function knownKeys(path: readonly PropertyKey[], options: OptionValues): readonly string[] {
  const chosen = Object.keys(options);
  if (path.length === 1) {
    return [
      ...["study", "domain", "models", "splits", "conditions", "authors", "users", "seeds"],
      ...[
        "evolution",
        "variants",
        "retention",
        "agent",
        "sandbox",
        "skills",
        "roles",
        "paper",
        "pairing",
        "embedder",
        "concurrency",
      ],
      ...chosen,
    ];
  }
  if (path[0] === "splits") return ["from", "skip", "take", ...columnFields, ...chosen];
  if (path[0] === "evolution" || path[0] === "variants") return evolutionKeys;
  if (path[0] === "embedder") return ["name", "baseURL", "apiKeyEnv", "timeoutMs"];
  if (path[0] === "agent") return ["turns", "tokens", "minutes", "observationChars", "malformed"];
  if (path[0] === "models") {
    return [
      ...["provider", "name", "baseURL", "apiKeyEnv", "params", "extraBody", "protocol"],
      ...["sendSeed", "price", "timeoutMs", "concurrency"],
    ];
  }
  return ["human-written", "placebo"];
}

/** "Did you mean ...?" for a near miss, otherwise what there is to choose from. */
function suggest(written: string, known: readonly string[]): string {
  const nearest = [...known].sort((a, b) => distance(written, a) - distance(written, b))[0];
  if (nearest !== undefined && distance(written, nearest) <= Math.max(2, written.length / 3))
    return `Did you mean ${nearest}?`;
  return known.length === 0 ? "None is defined." : `Choose from ${known.join(", ")}.`;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
