import { matches, readValue, type Value } from "./values.ts";

/** A reference answer: the raw items and, where they are known, their canonical forms. */
export interface Reference {
  readonly target: readonly string[];
  /** As long as `target`; an empty one means that the raw item stands for itself. */
  readonly canon: readonly string[] | null;
}

/** What comparing a prediction with a reference came to. */
export type ItemsVerdict =
  | { readonly kind: "right" }
  | { readonly kind: "wrong-size"; readonly expected: number; readonly got: number }
  | { readonly kind: "missing"; readonly item: string };

/**
 * The official verdict: both sides become sets, the sets must have one size, and every target must
 * match some prediction. One prediction may serve several targets.
 *
 * @throws {EvaluatorStops} where the official evaluator stops with an exception.
 */
export function compare(reference: Reference, prediction: readonly string[]): ItemsVerdict {
  const targets = distinct(
    reference.target.map((text, index) => ({
      text,
      value: readValue(text, reference.canon?.[index]),
    })),
  );
  const predicted = distinct(prediction.map((text) => ({ text, value: readValue(text) })));
  if (targets.length !== predicted.length)
    return { kind: "wrong-size", expected: targets.length, got: predicted.length };
  const missing = targets.find(
    (target) => !predicted.some((item) => matches(target.value, item.value)),
  );
  return missing === undefined ? { kind: "right" } : { kind: "missing", item: missing.text };
}

interface Item {
  readonly text: string;
  readonly value: Value;
}

function distinct(items: readonly Item[]): readonly Item[] {
  if (items.length < 2) return items;
  const kept = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item.value);
    if (!kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

function keyOf(value: Value): string {
  if (value.type === "number") return `n${value.amount}`;
  return value.type === "date" ? `d${value.ymd.join("-")}` : `s${value.normalized}`;
}
