/** A verdict on a prediction made elsewhere. */
export interface Verdict {
  readonly id: string | number;
  readonly passed: boolean;
  readonly score: number;
  readonly because: string;
}

/** What grades one case of `npm run grade`, by domain; each is loaded only when it is asked for. */
export const graders: Readonly<
  Record<string, () => Promise<(value: unknown, where: string) => Verdict>>
> = {
  wtq: async () => (await import("../../domains/wtq/grade.ts")).gradeCase,
};
