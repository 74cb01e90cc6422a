import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { InputError, InputErrors } from "../../errors.ts";

/** Says where a field was written, such as `study.yaml:12` or `--set agent.turns`. */
export type PlaceOf = (path: readonly PropertyKey[]) => string;

/** A YAML file with the places of its fields, so that an error can name file and line. */
export interface YamlFile {
  readonly document: Document;
  /** The file and line of a field; of its nearest parent where it is absent. */
  readonly placeOf: PlaceOf;
  /**
   * Puts a value over a field, and with it where errors in it are to be looked for.
   *
   * @throws when the path leads through something that is no mapping.
   */
  override(path: readonly string[], value: unknown, placeOf: PlaceOf): void;
}

/**
 * Parses YAML text.
 *
 * @throws {InputErrors} with file, line and the parser's words for every syntax error.
 */
export function parseYamlFile(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new InputErrors(
      document.errors.map(
        (error) =>
          new InputError({
            where: `${file}:${lines.linePos(error.pos[0]).line}`,
            problem: `not valid YAML: ${firstLine(error.message)}`,
            fix: "Correct the line; indentation counts, and a key may stand only once.",
          }),
      ),
    );
  }
  const overrides: { readonly path: readonly string[]; readonly placeOf: PlaceOf }[] = [];
  return {
    document,
    placeOf(path) {
      // The last one counts, as its value does.
      const over =
        overrides.findLast((each) => startsWith(path, each.path)) ??
        // A mapping that the file does not have was made for what is put into it.
        (offsetOf(document, path) === undefined
          ? overrides.findLast((each) => startsWith(each.path, path))
          : undefined);
      if (over !== undefined) return over.placeOf(path);
      for (let length = path.length; length > 0; length--) {
        const offset = offsetOf(document, path.slice(0, length));
        if (offset !== undefined) return `${file}:${lines.linePos(offset).line}`;
      }
      return file;
    },
    override(path, value, placeOf) {
      // What is no mapping at all is for the schema to refuse.
      if (document.contents !== null && !isMap(document.contents)) return;
      document.setIn(path, value);
      overrides.push({ path, placeOf });
    },
  };
}

/**
 * Checks a parsed file against a schema.
 *
 * @param fix says what to write instead, for a path and zod's message.
 * @throws {InputErrors} with all problems of the file at once.
 */
export function checkYaml<Schema extends z.ZodType>(
  yaml: YamlFile,
  schema: Schema,
  fix: (path: readonly PropertyKey[], issue: z.core.$ZodIssue) => string,
): z.infer<Schema> {
  const checked = schema.safeParse(yaml.document.toJS() ?? {}, { reportInput: true });
  if (checked.success) return checked.data;
  const at = (path: readonly PropertyKey[], problem: string, issue: z.core.$ZodIssue) =>
    fieldError(yaml, path, problem, fix(path, issue));
  const problems = checked.error.issues
    .flatMap(plainIssues)
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => at([...issue.path, key], "unknown key", issue))
        : [at(issue.path, sayIssue(issue), issue)],
    );
  throw new InputErrors(problems);
}

/** An error at a field of the file. */
export function fieldError(
  yaml: YamlFile,
  path: readonly PropertyKey[],
  problem: string,
  fix: string,
): InputError {
  return new InputError({ where: yaml.placeOf(path), field: path.join("."), problem, fix });
}

/**
 * A union says no more than that nothing fitted; where one of its shapes got into the value, that
 * shape's own problems say what is wrong.
 */
function plainIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const inside = issue.errors.find((problems) =>
    problems.some(({ code, path }) => code === "unrecognized_keys" || path.length > 0),
  );
  if (inside === undefined) return [issue];
  return inside.flatMap((problem) =>
    plainIssues({ ...problem, path: [...issue.path, ...problem.path] }),
  );
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `${excerpt(issue.input)} is not a known value`;
  if (issue.code === "invalid_type" && issue.input === undefined) return "missing";
  if (issue.code === "too_small" && issue.origin === "array") return "empty";
  const message = issue.message
    .replace(/^Invalid input: /, "")
    .replace(/^expected int, .*/, "expected a whole number");
  // An address may hold a password.
  const isSecret = issue.path.at(-1) === "baseURL";
  return issue.input === undefined || typeof issue.input === "object" || isSecret
    ? message
    : `${message} (it is ${excerpt(issue.input)})`;
}

/** A written value, cut where it is long: a message is one line. */
function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function startsWith(path: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.every((name, i) => name === path[i]);
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const last = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last),
    );
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0];
  }
  const node = document.getIn(path, true);
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0];
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/\.$/, "");
}
