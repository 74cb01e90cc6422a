import type { z } from "zod";
import type { Domain } from "../../contracts/index.ts";
import type { InputError } from "../../errors.ts";
import { needsSelect } from "../../evolution/presets.ts";
import { evolutionRoles } from "../../evolution/roles.ts";
import { authoredConditions, heldOutSplits } from "../conditions.ts";
import { resolvePreset } from "./preset-schema.ts";
import { columnFields, type OptionValues, type studySchemaFor } from "./schema.ts";
import { suggest } from "./suggestions.ts";
import { fieldError, type YamlFile } from "./yaml-file.ts";

/** A study file as it was written, before it is known to have the right shape. */
export type RawStudy = Readonly<Record<string, unknown>>;
/** Every domain that a study may name. */
export type Domains = Readonly<Record<string, Domain>>;

type Say = (path: readonly PropertyKey[], problem: string, fix: string) => void;

/** What a schema cannot say: names that must refer to something, and parts that need each other. */
export function nameProblems(yaml: YamlFile, raw: RawStudy, domains: Domains): InputError[] {
  const problems: InputError[] = [];
  const say: Say = (path, problem, fix) => problems.push(fieldError(yaml, path, problem, fix));
  checkDomain(["domain"], raw["domain"], domains, say);
  checkModels(raw, say);
  checkSplits(raw, domains, say);
  checkParts(raw, say);
  return problems;
}

function checkDomain(path: readonly string[], name: unknown, domains: Domains, say: Say): void {
  const known = Object.keys(domains);
  if (isUnknown(name, known)) say(path, `there is no domain ${name}`, suggest(name, known));
}

/** Whether a name that was written is none of those that are known; what is no name is the schema's. */
function isUnknown(written: unknown, known: readonly string[]): written is string {
  return typeof written === "string" && !known.includes(written);
}

/** That authors, users and roles are models of the study. */
function checkModels(raw: RawStudy, say: Say): void {
  const models = Object.keys(asRecord(raw["models"]));
  const checkModel = (path: readonly PropertyKey[], model: unknown) => {
    if (isUnknown(model, models)) say(path, `no model is called ${model}`, suggest(model, models));
  };
  for (const field of ["authors", "users"])
    for (const [i, model] of asList(raw[field]).entries()) checkModel([field, i], model);
  for (const [role, model] of Object.entries(asRecord(raw["roles"]))) {
    if (isUnknown(role, evolutionRoles))
      say(["roles", role], `there is no role ${role}`, suggest(role, evolutionRoles));
    checkModel(["roles", role], model);
    for (const [author, named] of Object.entries(asRecord(model)))
      checkModel(["roles", role, author], named);
    for (const author of Object.keys(asRecord(model))) {
      if (!asList(raw["authors"]).includes(author))
        say(["roles", role, author], `${author} is no author`, "List it under authors.");
    }
  }
}

/** That splits name domains, splits and measures that there are. */
function checkSplits(raw: RawStudy, domains: Domains, say: Say): void {
  for (const [split, entry] of Object.entries(asRecord(raw["splits"]))) {
    const at = (field: string) => ["splits", split, field];
    const { from, domain, measure } = asRecord(entry);
    checkDomain(at("domain"), domain, domains, say);
    const own = domainCalled(domain ?? raw["domain"], domains);
    if (own !== undefined) {
      const measures = ["score", "passed", ...(own.metrics ?? [])];
      if (isUnknown(from, own.splits))
        say(at("from"), `${own.name} has no split ${from}`, suggest(from, own.splits));
      if (isUnknown(measure, measures))
        say(at("measure"), `${own.name} measures no ${measure}`, suggest(measure, measures));
    }
    if (split !== "evolve" && split !== "select") continue;
    const fix = "Leave it out, or put it into a split that skills are evaluated on.";
    for (const field of columnFields)
      if (asRecord(entry)[field] !== undefined)
        say(at(field), `${split} makes no column of the table`, fix);
  }
}

/** That conditions have the authors and the splits that they need. */
function checkParts(raw: RawStudy, say: Say): void {
  const splits = asRecord(raw["splits"]);
  const authors = asList(raw["authors"]);
  if (raw["pairing"] === "same-model")
    for (const [i, author] of authors.entries()) {
      if (!asList(raw["users"]).includes(author))
        say(["authors", i], `${String(author)} is no user`, "same-model needs it among the users.");
    }
  const authored = asList(raw["conditions"]).filter((condition) =>
    (authoredConditions as readonly unknown[]).includes(condition),
  );
  if (authored.length > 0 && authors.length === 0)
    say(["authors"], `${String(authored[0])} needs an author`, "List models that write skills.");
  if (authored.some((condition) => condition !== "parametric") && splits["evolve"] === undefined)
    say(["splits", "evolve"], "missing", "Evolution needs a split called evolve.");
  const isTrial = raw["gateTrials"] !== undefined;
  if (isTrial && splits["select"] === undefined)
    say(["splits", "select"], "missing", "gateTrials need a split called select.");
  if (!isTrial && Object.keys(splits).length > 0 && heldOutSplits(splits).length === 0)
    say(["splits"], "no split to evaluate on", "Add one beside evolve and select, such as test.");
}

/**
 * A preset that chooses between skills on the select split needs one, and so does a gate that was
 * asked for by name; a preset that merely has one runs without it.
 */
export function missingSelect(
  yaml: YamlFile,
  study: z.infer<ReturnType<typeof studySchemaFor>>,
): InputError[] {
  if (study.splits["select"] !== undefined) return [];
  if (!study.conditions.some((condition) => condition.includes("+"))) return [];
  const written = study.variants === undefined ? [study.evolution] : Object.values(study.variants);
  const isAskedFor = (preset: (typeof written)[number]) =>
    needsSelect(resolvePreset(preset)) || (typeof preset === "object" && preset.gate === "flips");
  if (!written.some(isAskedFor)) return [];
  const fix =
    "This preset chooses between skills on it: add a split called select, of tasks that evolve does not use.";
  return [fieldError(yaml, ["splits", "select"], "missing", fix)];
}

/** The options of every split, in the order of the file: a split may name a domain of its own. */
export function optionsOfSplits(
  raw: RawStudy,
  domains: Domains,
): Readonly<Record<string, OptionValues>> {
  return Object.fromEntries(
    Object.entries(asRecord(raw["splits"])).map(([split, entry]) => [
      split,
      optionsOf(asRecord(entry)["domain"] ?? raw["domain"], domains),
    ]),
  );
}

/** The options that a domain has; none where there is no such domain. */
export function optionsOf(name: unknown, domains: Domains): OptionValues {
  return domainCalled(name, domains)?.options ?? noOptions;
}

/** One value, so that it can be told that all splits have the same options. */
const noOptions: OptionValues = {};

function domainCalled(name: unknown, domains: Domains): Domain | undefined {
  return typeof name === "string" && Object.hasOwn(domains, name) ? domains[name] : undefined;
}

/** A mapping as it was written; an empty one where something else was. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
