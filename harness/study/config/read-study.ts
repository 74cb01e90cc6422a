import { parseDocument } from "yaml";
import { z } from "zod";
import { InputError, InputErrors } from "../../errors.ts";
import type { ModelEntry } from "../../models/registry.ts";
import {
  asRecord,
  type Domains,
  missingSelect,
  nameProblems,
  optionsOf,
  optionsOfSplits,
} from "./check-names.ts";
import { modelsSchema, studySchemaFor } from "./schema.ts";
import { fixFor } from "./suggestions.ts";
import { checkYaml, type PlaceOf, parseYamlFile, type YamlFile } from "./yaml-file.ts";

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
export function readStudy(source: StudySource, domains: Domains): Study {
  const yaml = parseYamlFile(source.text, source.file);
  if (source.modelsFile !== undefined) applyModels(yaml, source.modelsFile);
  for (const assignment of source.sets) applySet(yaml, assignment);

  const raw = asRecord(yaml.document.toJS());
  const problems = nameProblems(yaml, raw, domains);
  const options = optionsOf(raw["domain"], domains);
  const schema = studySchemaFor(options, optionsOfSplits(raw, domains));
  try {
    const study = checkYaml(yaml, schema, (path, issue) => fixFor(schema, path, issue));
    problems.push(...missingSelect(yaml, study));
    if (problems.length > 0) throw new InputErrors(problems);
    return { ...study, file: source.file, placeOf: yaml.placeOf };
  } catch (error) {
    if (!(error instanceof InputErrors) || problems.length === 0) throw error;
    const all = [...error.problems, ...problems];
    throw new InputErrors([...new Map(all.map((problem) => [problem.message, problem])).values()]);
  }
}

function applySet(yaml: YamlFile, assignment: string): void {
  const refuse = (problem: string, fix: string, field?: string, cause?: unknown) =>
    new InputError({ where: "--set", ...(field && { field }), problem, fix, cause });
  const equals = assignment.indexOf("=");
  const path = assignment.slice(0, equals).split(".");
  if (equals < 1 || path.includes("")) {
    const problem = `${JSON.stringify(assignment)} is not path=value`;
    throw refuse(problem, "Write for example --set agent.turns=10.");
  }
  const field = path.join(".");
  const value = parseDocument(assignment.slice(equals + 1), { prettyErrors: false });
  if (value.errors.length > 0) {
    const problem = `${JSON.stringify(assignment.slice(equals + 1))} is not valid YAML`;
    throw refuse(problem, "Close what is opened, such as --set seeds=[41,42].", field);
  }
  try {
    yaml.override(path, value.contents, () => "--set");
  } catch (cause) {
    const fix = "The path must lead through mappings, such as splits.test.take.";
    throw refuse("there is no such place in the file", fix, field, cause);
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
  const { models } = checkYaml(yaml, modelsFileSchema, (path, issue) =>
    fixFor(modelsFileSchema, path, issue),
  );
  return { yaml, models };
}

function applyModels(study: YamlFile, source: ModelsFile): void {
  const { yaml, models } = parseModels(source);
  study.override(["models"], study.document.createNode(models), yaml.placeOf);
}
