import type { Json } from "../../../contracts/index.ts";
import { isJsonObject } from "../../../lenient-json.ts";
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
  const asked = plain(prompt);
  // Quotes and backslashes that cut a word in two are no disguise.
  const texts = [plain(text), plain(text.replace(/["'\\]/g, ""))];
  return items.find((raw) => {
    const forms = formsOf(raw);
    return (
      plain(raw).length >= SHORT &&
      !forms.some((form) => namesWhole(asked, form)) &&
      forms.some((form) => texts.some((one) => namesWhole(one, form)))
    );
  });
}

/**
 * The variants of a command by which a short item is shown to be copied: in each of them one mention of
 * it is changed to another value. Where the answer changes to just that value, the command prints a
 * literal; an honest column number or bound leads to something else, or to the same.
 *
 * @returns nothing where no short item is mentioned outside of the prompt.
 */
export function shortValueVariants(command: string, { items, prompt }: ReferenceValues): Variant[] {
  const asked = plain(prompt);
  return [...new Set(items.map((raw) => raw.trim()))]
    .filter((item) => item !== "" && item.length < SHORT && !namesWhole(asked, plain(item)))
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

/** Whether two collected answers differ in nothing but that one has the other value where the other has the item. */
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

/**
 * Another value of the same kind, and one that is no row, column or code of any table: where a literal
 * only points at the answer, it then points at nothing.
 */
function otherValue(item: string): string {
  return item.replace(/\p{N}+/gu, "90817").replace(/\p{L}+/gu, "qzxjv");
}

function wholeMention(item: string): RegExp {
  const literal = item.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}

/**
 * An item of the reference that advice gives away: a long one or a figure wherever it stands, and
 * any other, also one that the prompt names, where it is given as what to answer.
 */
export function valueAdvised(advice: string, reference: ReferenceValues): string | undefined {
  const text = plain(advice);
  const asked = plain(reference.prompt);
  const long = longValueIn(advice, reference);
  if (long !== undefined) return long;
  return reference.items.find((raw) => {
    const item = plain(raw);
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
  const item = plain(raw);
  return [item, item.replace(/(\d),(?=\d{3})/g, "$1")];
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}
