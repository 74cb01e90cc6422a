import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unboxed } from "../../../domains/math/grading/boxed.ts";
import { byMeaning } from "../../../domains/math/grading/default/equivalent.ts";
import type { Grader } from "../../../domains/math/grading/grader.ts";
import { hendrycks, lastBox } from "../../../domains/math/grading/hendrycks.ts";
import {
  lastAnswerLine,
  lastBracedBox,
  mathDapo,
  normalizedFinalAnswer,
} from "../../../domains/math/grading/math-dapo.ts";
import { lastVerlBox, verlMath } from "../../../domains/math/grading/verl-math.ts";
import { dapoReward, NO_ANSWER } from "../../support/math/dapo-reward.ts";
import { goldenMath } from "../../support/math/places.ts";

interface Equiv {
  readonly id: string;
  readonly kind: "equiv";
  readonly pred: string;
  readonly gold: string;
  readonly expected: Readonly<Record<string, boolean>>;
  readonly consensus: boolean | null;
}
interface Extract {
  readonly id: string;
  readonly kind: "extract";
  readonly response: string;
  readonly gold: string;
  /** Null or `{error}` where nothing was found. */
  readonly expected: Readonly<Record<string, string | null | { readonly error: string }>>;
  readonly scores: {
    readonly math_dapo: { readonly score: number; readonly pred: string | null };
    readonly math_dapo_strict_box: { readonly score: number; readonly pred: string | null };
    readonly verl_math: number;
  };
}

const path = goldenMath();
const vectors: readonly (Equiv | Extract)[] =
  path === undefined ? [] : JSON.parse(readFileSync(path, "utf8"));
const pairs = vectors.filter((vector): vector is Equiv => vector.kind === "equiv");
const responses = vectors.filter((vector): vector is Extract => vector.kind === "extract");

/** Ids of the cases whose recorded value is not ours. */
function disagreements<Case extends { readonly id: string }>(
  cases: readonly Case[],
  agrees: (one: Case) => boolean,
): string[] {
  expect(cases.length).toBeGreaterThan(0);
  return cases.filter((one) => !agrees(one)).map(({ id }) => id);
}

const equal = (grader: Grader, pred: string, gold: string) =>
  grader.equivalent(pred, gold).kind === "equal";

describe.skipIf(path === undefined)(
  `recorded verdicts of the published graders${path === undefined ? " (skipped: none at T2S_GOLDEN_DIR or ../shared/golden)" : ""}`,
  () => {
    test.each<[string, Grader]>([
      ["hendrycks", hendrycks],
      ["verl_math", verlMath],
      ["math_dapo", mathDapo],
    ])("equivalence by %s: every one agrees", (name, grader) => {
      expect(
        disagreements(
          pairs,
          ({ pred, gold, expected }) => equal(grader, pred, gold) === expected[name],
        ),
      ).toEqual([]);
    });

    test.each<[string, (response: string) => string | undefined]>([
      ["hendrycks_last_boxed", lastBox],
      ["hendrycks_answer", hendrycks.extract],
      ["verl_math_last_boxed", lastVerlBox],
      ["verl_math_answer", verlMath.extract],
      ["math_dapo_last_boxed", lastBracedBox],
      ["math_dapo_answer", (response) => unboxed(lastBracedBox(response) ?? "")],
      ["math_dapo_minerva_match", (response) => lastAnswerLine(response) ?? NO_ANSWER],
      [
        "math_dapo_minerva_pred",
        (response) => normalizedFinalAnswer(lastAnswerLine(response) ?? NO_ANSWER),
      ],
    ])("extraction %s: every one agrees", (name, extract) => {
      expect(
        disagreements(responses, ({ response, expected }) => {
          const recorded = expected[name];
          return extract(response) === (typeof recorded === "string" ? recorded : undefined);
        }),
      ).toEqual([]);
    });

    test.each(["answer-line", "strict-box"] as const)(
      "reward of math_dapo, %s: every one agrees",
      (mode) => {
        expect(
          disagreements(responses, ({ response, gold, scores }) => {
            const recorded = mode === "strict-box" ? scores.math_dapo_strict_box : scores.math_dapo;
            const { score, prediction } = dapoReward(response, gold, mode);
            return score === recorded.score && (prediction ?? null) === recorded.pred;
          }),
        ).toEqual([]);
      },
    );

    test("score of verl_math: every one agrees", () => {
      expect(
        disagreements(responses, ({ response, gold, scores }) => {
          const answer = verlMath.extract(response);
          return Number(answer !== undefined && equal(verlMath, answer, gold)) === scores.verl_math;
        }),
      ).toEqual([]);
    });

    test("default agrees wherever the four main graders do", () => {
      const agreed = pairs.filter(({ consensus }) => consensus !== null);
      expect(
        disagreements(
          agreed,
          ({ pred, gold, consensus }) => equal(byMeaning, pred, gold) === consensus,
        ),
      ).toEqual([]);
    });

    test("default decides every case, and agrees with Math-Verify on at least 97% of them", () => {
      expect(
        disagreements(
          pairs,
          ({ pred, gold }) => byMeaning.equivalent(pred, gold).kind !== "undecided",
        ),
      ).toEqual([]);
      const others = disagreements(
        pairs,
        ({ pred, gold, expected }) => equal(byMeaning, pred, gold) === expected["math_verify"],
      );
      expect(1 - others.length / pairs.length).toBeGreaterThanOrEqual(0.97);
    });
  },
);
