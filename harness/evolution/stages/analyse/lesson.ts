import { z } from "zod";
import {
  type Fault,
  hasHiddenText,
  numberList,
  optionalText,
  type ReplyValue,
  readObjectReply,
  readSome,
  replyShape,
  requiredText,
} from "../../reply.ts";

/** What an analyst learned of one trajectory, in general words. */
export interface Lesson {
  readonly title: string;
  readonly description: string;
  readonly when: string;
  readonly do: string;
  readonly why: string;
  readonly unless: string;
  readonly check: string;
  /** Numbers of the trajectory's steps it was learned from. */
  readonly steps: readonly number[];
  /** In a contrast: steps of the passed trajectory; `steps` are of the failed one. */
  readonly passedSteps?: readonly number[];
}

/** A lesson as a prompt shows it: its words without the steps. */
export type LessonWords = Omit<Lesson, "steps" | "passedSteps">;

/** The words of a lesson. */
export function wordsOfLesson({ steps: _, passedSteps: __, ...words }: Lesson): LessonWords {
  return words;
}

/** Lessons an analyst may hand in (paper, section 2.3). */
export const LESSON_LIMIT = 3;

/** Steps that a lesson may name. */
export interface StepCounts {
  readonly steps: number;
  /** In a contrast, of the passed trajectory: a lesson has to name one of these too. */
  readonly passed?: number;
}

/** A lesson as the reply of an analyst has it. */
export const lessonSchema = z.object(
  {
    title: requiredText("title"),
    description: optionalText(),
    when: requiredText("when"),
    do: requiredText("do"),
    why: optionalText(),
    unless: optionalText(),
    check: optionalText(),
    steps: numberList,
  },
  { error: "must be an object" },
);

/** A lesson of a contrast as the reply has it. */
export const contrastLessonSchema = lessonSchema.extend({ passed_steps: numberList });

function checkedLesson({ steps, passed }: StepCounts): z.ZodType<Lesson> {
  const fields = passed === undefined ? lessonSchema : contrastLessonSchema;
  return fields.transform((raw, ctx): Lesson => {
    const { steps: named, ...rest } = raw;
    const { passed_steps: namedOfPassed, ...words } = { passed_steps: [], ...rest };
    const wrong = (kind: Fault["kind"], message: string) =>
      ctx.addIssue({ code: "custom", message, params: { kind } });
    const found = stepsWithin(named, steps);
    const passedSteps = stepsWithin(namedOfPassed, passed ?? 0);
    if (hasHiddenText(Object.values(words))) wrong("hidden-unicode", "has invisible characters");
    else if (found.length === 0)
      wrong("no-step", `"steps" must name steps of the trajectory, from 1 to ${steps}`);
    else if (passed !== undefined && passedSteps.length === 0)
      wrong("no-step", `"passed_steps" must name steps of the passed episode, from 1 to ${passed}`);
    return { ...words, steps: found, ...(passed === undefined ? {} : { passedSteps }) };
  });
}

/** The good lessons of a reply, at most three, and a fault for each other one; a lesson has to name a step. */
export function readLessons(list: unknown, counts: StepCounts) {
  return readSome(list, "memories", checkedLesson(counts), LESSON_LIMIT);
}

/** The numbers that are steps of a trajectory, each once, sorted. @param stepCount no limit by default */
export function stepsWithin(
  numbers: readonly number[],
  stepCount = Number.POSITIVE_INFINITY,
): number[] {
  return [...new Set(numbers.filter((n) => n >= 1 && n <= stepCount))].sort((a, b) => a - b);
}

/** Causes as plain sentences; a model may give them as objects with a title. */
export const causeList = z.preprocess(
  (value) =>
    Array.isArray(value)
      ? value.map((cause) => (typeof cause === "string" ? cause : JSON.stringify(cause)))
      : [],
  z.array(z.string()),
);

/** What an analyst replies: causes of a failure, lessons, and the fix that is asked of some. */
export const analystReply = z.object({
  fix: optionalText((text) => text.trim()),
  causes: causeList,
  memories: z.array(lessonSchema),
});

/** The form of such a reply: an analyst is asked for a fix, for causes without one, or for lessons alone. */
export const analystShape = {
  fix: replyShape("proven_analysis", analystReply),
  causes: replyShape("analysis", analystReply.omit({ fix: true })),
  lessons: replyShape("lessons", analystReply.pick({ memories: true })),
};

/** What was read of an analyst's reply. */
export interface AnalystReply {
  /** A command or advice; empty where none was asked for, or the analyst is not sure. */
  readonly fix: string;
  readonly causes: readonly string[];
  readonly memories: readonly Lesson[];
}

/** Reads the reply of an analyst, whose lessons may be at fault one by one. */
export function readAnalystReply(reply: string, stepCount: number): ReplyValue<AnalystReply> {
  const read = readObjectReply(reply, "memories", analystReply.extend({ memories: z.unknown() }));
  if (read.value === undefined) return { value: undefined, faults: read.faults };
  const { fix, causes, memories } = read.value.object;
  const { items, faults } = readLessons(memories, { steps: stepCount });
  return { value: { fix, causes, memories: items }, faults };
}
