import type { z } from "zod";
import { InputError, messageOf } from "./errors.ts";

/**
 * The text of a JSON file, against a schema.
 *
 * @param at the file's name, and what to do about one that cannot be used.
 * @throws {InputError} where it is not JSON, or not of this shape (with the first field that is wrong).
 */
export function checkedJson<Shape>(
  text: string,
  schema: z.ZodType<Shape>,
  at: { readonly where: string; readonly fix: string },
): Shape {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError({ ...at, problem: `not JSON (${messageOf(cause)})`, cause });
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const { message = "wrong shape", path = [] } = error.issues[0] ?? {};
  throw new InputError({ ...at, field: path.join("."), problem: message, cause: error });
}
