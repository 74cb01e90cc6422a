import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compare } from "../../../domains/wtq/grading/match.ts";
import { normalize } from "../../../domains/wtq/grading/normalize.ts";
import { readValue, type Value } from "../../../domains/wtq/grading/values.ts";
import { unescapeList } from "../../../domains/wtq/tables.ts";
import { officialBatch } from "../../support/wtq/official-batch.ts";
import { goldenFile } from "../../support/wtq/places.ts";

interface Vector {
  readonly id: string;
  readonly kind: "pair" | "normalize" | "value" | "unescape" | "batch";
  readonly target: readonly string[];
  readonly canon: readonly string[] & string;
  readonly prediction: readonly string[];
  readonly input: string;
  readonly tagged_tsv: string;
  readonly prediction_tsv: string;
  readonly expected: unknown;
}

/** Our answer in the form in which the official one was recorded. */
const answers: Readonly<Record<Vector["kind"], (vector: Vector) => unknown>> = {
  pair: ({ target, canon, prediction }) => compare({ target, canon }, prediction).kind === "right",
  normalize: ({ input }) => normalize(input),
  value: ({ input, canon }) => recorded(readValue(input, canon)),
  unescape: ({ input }) => unescapeList(input),
  batch: ({ tagged_tsv, prediction_tsv }) => {
    const { lines, unknownIds, examples, correct, accuracy } = officialBatch(
      tagged_tsv,
      prediction_tsv,
    );
    return { lines, unknown_ids: unknownIds, examples, correct, accuracy };
  },
};

function recorded(value: Value): unknown {
  const { type, normalized } = value;
  if (value.type === "number") return { type, normalized, amount: String(value.amount) };
  return value.type === "date" ? { type, normalized, ymd: value.ymd } : { type, normalized };
}

/** Python writes 1.1e-06 where we write 0.0000011. */
function withNumberText(expected: unknown): unknown {
  if (expected === null || typeof expected !== "object" || !("amount" in expected)) return expected;
  const amount = String(expected.amount);
  return { ...expected, amount: /[.e]/.test(amount) ? String(Number(amount)) : amount };
}

const file = goldenFile("wtq.json");

describe.skipIf(file === undefined)(
  `recorded verdicts of the official evaluator${file === undefined ? " (skipped: none at T2S_GOLDEN_DIR or ../shared/golden)" : ""}`,
  () => {
    const vectors: readonly Vector[] =
      file === undefined ? [] : JSON.parse(readFileSync(file, "utf8"));

    test.each(Object.keys(answers) as Vector["kind"][])("%s: every one agrees", (kind) => {
      const ofKind = vectors.filter((vector) => vector.kind === kind);
      expect(ofKind.length).toBeGreaterThan(0);
      const ours = ofKind.map((vector) => ({ id: vector.id, got: answers[kind](vector) }));
      const official = ofKind.map(({ id, expected }) => ({ id, got: withNumberText(expected) }));
      expect(ours).toEqual(official);
    });

    test("there is no kind that we do not know", () => {
      expect(vectors.filter((vector) => !(vector.kind in answers))).toEqual([]);
    });
  },
);
