import { z } from "zod";
import type { Json, JsonObject, ReplyShape } from "../contracts/index.ts";
import { isJsonObject, type ReplyReading, readReply } from "../lenient-json.ts";
import type { WithheldReason } from "../skills/edit-outcome.ts";
import { hiddenCharacters } from "../skills/hidden-unicode.ts";
import { withoutSecrets } from "./screen.ts";

/** What can be wrong with a reply as a whole; each is a line of the account. */
export type ReplyFault =
  | Extract<ReplyReading, { kind: "unreadable" }>["fault"]
  | "wrong-shape"
  /** The provider's limit of its length ended it. */
  | "cut-off"
  | "too-large"
  | "too-many"
  | "no-step"
  | "hidden-unicode";

/** What can be wrong with one edit beyond what applying it finds. */
export type EditFault =
  | WithheldReason
  /** Not an object with a file and an operation. */
  | "not-an-edit"
  /** Works on a skill of another name. */
  | "other-skill"
  /** More lines than an edit may have. */
  | "too-long"
  /** Is not one bullet that states when and what. */
  | "rule-schema"
  /** A rule with more characters than one may have, or an example. */
  | "long-rule"
  | "long-example"
  /** A rule about the form of tool calls. */
  | "form"
  /** Changes an example of the skill, and no lesson says that it fails. */
  | "no-lesson"
  /** Names a value of the task it was learned from. */
  | "hard-coded-value"
  /** Says what a candidate that was rejected in an earlier round said. */
  | "rejected-before";

/** What a merge did to the edits it was given. */
export type LedgerFault = "invented-source" | "no-source" | "repeated-source";

/** One finding about a reply: what kind, where in it, and what to do about it. */
export interface Fault {
  readonly kind: ReplyFault | EditFault | LedgerFault;
  /** Such as `edits[2]`. */
  readonly where: string;
  readonly problem: string;
}

/** Whether a repair could put right any of these: what the skill says already, and what it must not say, stays so. */
export function areRepairable(faults: readonly Fault[]): boolean {
  return faults.some(({ kind }) => kind !== "no-change" && kind !== "form");
}

/** The findings as a list for the model that may repair them. */
export function faultList(faults: readonly Fault[]): string {
  return faults.map((fault) => `- ${fault.where}: ${fault.problem} (${fault.kind})`).join("\n");
}

/** What was made of a reply: the usable part, if any, and what is wrong with the rest. */
export interface ReplyValue<Value> {
  readonly value: Value | undefined;
  readonly faults: readonly Fault[];
}

/** A reply of which nothing can be used. */
export function unusable(kind: Fault["kind"], problem: string, where = "reply"): ReplyValue<never> {
  return { value: undefined, faults: [{ kind, where, problem }] };
}

/**
 * Reads the JSON object of a reply by a schema; what the schema's parts have no use for is left out.
 *
 * @param expected the field that the object must have; other objects in the reply are passed over.
 * @returns the object, with how it was found where it did not stand there alone.
 */
export function readObjectReply<Value>(
  reply: string,
  expected: string,
  schema: z.ZodType<Value>,
): ReplyValue<{ readonly object: Value; readonly notes: readonly string[] }> {
  const json = readReply(reply, [expected]);
  if (json.kind === "unreadable") return unusable(json.fault, json.problem);
  const parsed = schema.safeParse(json.value);
  if (!parsed.success) return { value: undefined, faults: [faultOf(parsed.error)] };
  const notes = json.how === "exact" ? [] : [json.how];
  return { value: { object: parsed.data, notes }, faults: [] };
}

/**
 * Reads the items of a list one by one: a bad one is a fault of its own and takes no other with it.
 *
 * @param name of the list, for the place of a fault, such as `memories[2]`.
 * @param kind of a fault whose schema names none.
 */
export function readItems<Item>(
  list: readonly unknown[],
  name: string,
  schema: z.ZodType<Item>,
  kind: Fault["kind"] = "wrong-shape",
): {
  readonly items: readonly { readonly where: string; readonly item: Item }[];
  readonly faults: readonly Fault[];
} {
  const items: { where: string; item: Item }[] = [];
  const faults: Fault[] = [];
  for (const [i, raw] of list.entries()) {
    const where = `${name}[${i}]`;
    const parsed = schema.safeParse(raw);
    if (parsed.success) items.push({ where, item: parsed.data });
    else faults.push(faultOf(parsed.error, where, kind));
  }
  return { items, faults };
}

/** Reads at most so many items of what should be a list; faults stand in the order of the list. */
export function readSome<Item>(
  list: unknown,
  name: string,
  schema: z.ZodType<Item>,
  limit: number,
): { readonly items: readonly Item[]; readonly faults: readonly Fault[] } {
  if (!Array.isArray(list))
    return { items: [], ...unusable("wrong-shape", "must be a list of items", name) };
  const { items, faults } = readItems(list, name, schema);
  const surplus = items
    .slice(limit)
    .map(({ where }): Fault => ({ kind: "too-many", where, problem: `at most ${limit} items` }));
  const place = ({ where }: Fault) => Number(/\d+/.exec(where)?.[0]);
  return {
    items: items.slice(0, limit).map(({ item }) => item),
    faults: [...faults, ...surplus].sort((a, b) => place(a) - place(b)),
  };
}

/** The first issue of a schema as a fault: its kind stands in `params`, its place is that of the item or the field. */
function faultOf(error: z.ZodError, where?: string, kind: Fault["kind"] = "wrong-shape"): Fault {
  const [issue] = error.issues;
  const params: { readonly kind?: Fault["kind"] } | undefined =
    issue?.code === "custom" ? issue.params : undefined;
  return {
    kind: params?.kind ?? kind,
    where: where ?? (issue?.path.join(".") || "reply"),
    problem: issue?.message ?? "does not fit",
  };
}

/** The JSON Schema of what a reply is asked to be, for a tool's arguments or for `response_format`. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return JSON.parse(JSON.stringify(rest)) as JsonObject;
}

/**
 * The form of a stage's reply, for an endpoint that can hold a model to it.
 *
 * A field that may be missing has to be there, as null: OpenAI's strict mode wants every field required and no
 * other one allowed, and knows no limits of length. Servers that make a grammar of it (llama.cpp, vLLM, Ollama)
 * take the same.
 *
 * It is no part of a unit's key, since it asks for nothing that the prompt, which is part of it, does not ask
 * for. Whoever changes what a stage asks for changes its prompt.
 */
export function replyShape(name: string, schema: z.ZodType): ReplyShape {
  return { name, schema: strictSchema(jsonSchemaOf(schema)) };
}

function strictSchema({ minLength: _, ...schema }: JsonObject): JsonObject {
  const { properties, items, required = [] } = schema;
  if (isJsonObject(items)) return { ...schema, items: strictSchema(items) };
  if (!isJsonObject(properties)) return schema;
  const needed = new Set(required as readonly Json[]);
  const strict = Object.entries(properties).map(([field, value]): [string, JsonObject] => {
    const form = strictSchema(value as JsonObject);
    return [field, needed.has(field) ? form : { anyOf: [form, { type: "null" }] }];
  });
  return {
    ...schema,
    properties: Object.fromEntries(strict),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** Text on one line. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Text on one line in lower case: texts that differ in nothing else count as equal. */
export function foldedText(text: string): string {
  return onOneLine(text).toLowerCase();
}

/** A text that a reply must have. @param clean what is made of it; secrets are taken out after that. */
export function requiredText(name: string, clean: (text: string) => string = onOneLine) {
  const error = `needs "${name}" as text`;
  return z
    .string({ error })
    .transform((text) => withoutSecrets(clean(text)).text)
    .refine((text) => text !== "", { error });
}

/** A text that a reply may have; anything else counts as empty. */
export function optionalText(clean: (text: string) => string = onOneLine) {
  return z
    .string()
    .optional()
    .catch(undefined)
    .transform((text) => withoutSecrets(clean(text ?? "")).text);
}

/** A list of texts, or one text alone; whatever is no text is left out. */
export const textList = z
  .preprocess(
    (value) => listOf(value).filter((item) => typeof item === "string"),
    z.array(z.string()),
  )
  .optional();

/** A list of numbers, or one alone; whatever is no whole number is left out. */
export const numberList = z.preprocess(
  (value) => listOf(value).map(Number).filter(Number.isInteger),
  z.array(z.number().meta({ type: "integer" })),
);

/** A list of objects or anything else, whose items are read one by one. */
export const anyList = z.array(z.unknown(), { error: "must be a list" });

function listOf(value: unknown): readonly unknown[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A refinement: no invisible characters in any of the texts. */
export function hasHiddenText(texts: readonly string[]): boolean {
  return texts.some((text) => hiddenCharacters(text).length > 0);
}
