import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { levenshtein } from "../../../domains/visionqa/grading/anls.ts";
import { openCaseGrader } from "../../../domains/visionqa/grading/grade.ts";
import { goldenAnls } from "../../support/visionqa/places.ts";
import { judgeSubmission } from "../../support/visionqa/submission.ts";

type Failed = { readonly error: string };
type Vector = { readonly id: string } & (
  | {
      readonly kind: "anls";
      readonly answers: readonly string[];
      readonly prediction: string;
      readonly expected: number | Failed;
    }
  | {
      readonly kind: "levenshtein";
      readonly a: string;
      readonly b: string;
      readonly expected: number;
    }
  | { readonly kind: "dataset"; readonly case_ids: readonly string[]; readonly expected: number }
  | {
      readonly kind: "submission";
      readonly ground_truth: unknown;
      readonly submission: unknown;
      readonly expected: {
        readonly valid: boolean;
        readonly error?: string;
        readonly score?: number;
        readonly score_error?: string;
      };
    }
);
type Of<Kind extends Vector["kind"]> = Extract<Vector, { readonly kind: Kind }>;

const { grade: gradeCase } = await openCaseGrader({});
const path = goldenAnls();
const vectors: readonly Vector[] = path === undefined ? [] : JSON.parse(readFileSync(path, "utf8"));

function ofKind<Kind extends Vector["kind"]>(kind: Kind): readonly Of<Kind>[] {
  const found = vectors.filter((vector): vector is Of<Kind> => vector.kind === kind);
  expect(found.length).toBeGreaterThan(0);
  return found;
}

describe.skipIf(path === undefined)(
  `recorded verdicts of the official script${path === undefined ? " (skipped: none at T2S_GOLDEN_DIR or ../shared/golden)" : ""}`,
  () => {
    const verdict = ({ id, answers, prediction }: Of<"anls">) =>
      gradeCase({ id, answers, prediction }, id);

    test("anls: every score agrees exactly, and where the script stops nothing is graded", () => {
      const cases = ofKind("anls");
      const ours = cases.map((one) => ({ id: one.id, score: verdict(one).score }));
      const official = cases.map(({ id, expected }) => ({
        id,
        score: typeof expected === "number" ? expected : null,
      }));
      expect(ours).toEqual(official);
    });

    test("accuracy at 0.5: a case passes where its ANLS is not 0", () => {
      for (const one of ofKind("anls"))
        expect(verdict(one).passed, one.id).toBe(
          typeof one.expected === "number" && one.expected >= 0.5,
        );
    });

    test("levenshtein: every distance agrees", () => {
      for (const { id, a, b, expected } of ofKind("levenshtein"))
        expect(levenshtein(a, b), id).toBe(expected);
    });

    test("dataset: every mean agrees", () => {
      const scores = new Map(ofKind("anls").map((one) => [one.id, verdict(one).score ?? 0]));
      for (const { id, case_ids, expected } of ofKind("dataset")) {
        const total = case_ids.reduce((sum, name) => sum + (scores.get(name) ?? Number.NaN), 0);
        expect(Math.abs(total / case_ids.length - expected), id).toBeLessThan(1e-9);
      }
    });

    test("submission: every one is refused, scored or stopped at as recorded", () => {
      for (const { id, ground_truth, submission, expected } of ofKind("submission")) {
        const found = judgeSubmission(ground_truth, submission);
        const kind = !expected.valid ? "invalid" : expected.score_error ? "unscorable" : "scored";
        expect(found.kind, id).toBe(kind);
        if (found.kind === "scored") expect(found.score, id).toBe(expected.score);
      }
    });

    test("there is no kind that we do not know", () => {
      const known = ["anls", "levenshtein", "dataset", "submission"];
      expect(vectors.filter(({ kind }) => !known.includes(kind))).toEqual([]);
    });
  },
);
