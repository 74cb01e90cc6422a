import type { Json } from "../../../contracts/index.ts";
import { isJsonObject } from "../../../lenient-json.ts";
import { foldedText } from "../../reply.ts";
import { namesWhole } from "../propose/task-values.ts";

/** Items shorter than this stand in every command, as column numbers and separators. */
const SHORT = 3;

/** What decides whether a text copies the reference. */
export interface ReferenceValues {
  /** The literal items. */
  readonly items: readonly string[];
  /** The task's own prompt: what it names, a fix may name. */
  readonly prompt: string;
}

/** A literal item of three or more characters that stands in a text and not in the task's own prompt. */
export function longValueIn(text: string, { items, prompt }: ReferenceValues): string | undefined {
  const asked = foldedText(prompt);
  // Quotes and backslashes that cut a word in two are no disguise.
  const texts = [foldedText(text), foldedText(text.replace(/["'\\]/g, ""))];
  return items.find((raw) => {
    const forms = formsOf(raw);
    return (
      foldedText(raw).length >= SHORT &&
      !forms.some((form) => namesWhole(asked, form)) &&
      forms.some((form) => texts.some((one) => namesWhole(one, form)))
    );
  });
}

/**
 * Variants of a command, in each of which one mention of a short item is changed to another value: where
 * the answer changes to just that value, the command prints a literal. None for items that the prompt names.
 */
export function shortValueVariants(command: string, { items, prompt }: ReferenceValues): Variant[] {
  const asked = foldedText(prompt);
  return [...new Set(items.map((raw) => raw.trim()))]
    .filter((item) => item !== "" && item.length < SHORT && !namesWhole(asked, foldedText(item)))
    .map((item) => ({ item, other: otherValue(item) }))
    .filter(({ item, other }) => other !== item)
    .flatMap(({ item, other }) =>
      [...command.matchAll(wholeMention(item))].map(({ index }) => ({
        item,
        other,
        command: command.slice(0, index) + other + command.slice(index + item.length),
      })),
    )
    .slice(0, VARIANTS);
}

/** Variants that are run at most. */
const VARIANTS = 16;

export interface Variant {
  readonly item: string;
  /** What stands in its place. */
  readonly other: string;
  readonly command: string;
}

/** Whether two collected answers differ only in that the item became the other value. */
export function isCopied({ item, other }: Variant, before: Json, after: Json): boolean {
  let isChanged = false;
  const follows = (a: Json | undefined, b: Json | undefined): boolean => {
    if (Array.isArray(a) && Array.isArray(b))
      return a.length === b.length && a.every((one, i) => follows(one, b[i]));
    if (isJsonObject(a) && isJsonObject(b))
      return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
        follows(a[name], b[name]),
      );
    if (a === b) return true;
    isChanged = true;
    return String(a).replace(wholeMention(item), () => other) === String(b);
  };
  return follows(before, after) && isChanged;
}

/** Another value of the same kind that is no row, column or code of any table. */
function otherValue(item: string): string {
  return item.replace(/\p{N}+/gu, "90817").replace(/\p{L}+/gu, "qzxjv");
}

function wholeMention(item: string): RegExp {
  const literal = item.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}

/** An item that advice gives away: a long one or a figure anywhere, any other where it is given as the answer. */
export function valueAdvised(advice: string, reference: ReferenceValues): string | undefined {
  const text = foldedText(advice);
  const asked = foldedText(reference.prompt);
  const long = longValueIn(advice, reference);
  if (long !== undefined) return long;
  return reference.items.find((raw) => {
    const item = foldedText(raw);
    if (item === "") return false;
    if (/^[-+]?[\d.,]+%?$/.test(item) && !namesWhole(asked, item) && namesWhole(text, item))
      return true;
    return [...text.matchAll(wholeMention(item))].some(({ index }) =>
      isGivenAsAnswer(text.slice(0, index), text.slice(index + item.length)),
    );
  });
}

/** Whether what stands around a mention hands it over as the answer. */
function isGivenAsAnswer(before: string, after: string): boolean {
  const isQuoted = /["'`“‘(]$/.test(before) && /^["'`”’)]/.test(after);
  return (
    isQuoted ||
    /\b(?:answers?|submit|reply|respond|option|choice|result)\b(?:\W+(?:is|are|be|as|with|by|must|should|the|exactly|just|only|to|option|item|word|value))*\W*$/.test(
      before,
    )
  );
}

function formsOf(raw: string): string[] {
  const item = foldedText(raw);
  return [item, item.replace(/(\d),(?=\d{3})/g, "$1")];
}
