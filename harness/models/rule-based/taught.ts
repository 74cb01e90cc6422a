import type { Subject } from "../../contracts/index.ts";
import { remembered } from "./memory.ts";
import { sentencesOf, stanceOf } from "./teaching.ts";

/** A sentence of a text and the habit it speaks of. */
export interface TaughtLesson {
  readonly habit: string;
  readonly sentence: string;
}

interface Reading {
  readonly lessons: readonly TaughtLesson[];
  readonly forbidden: readonly TaughtLesson[];
}

function read(text: string, subject: Subject): Reading {
  return remembered("skill", `${subject.name}\n${text}`, () => {
    const lessons = new Map<string, TaughtLesson>();
    const forbidden = new Map<string, TaughtLesson>();
    for (const sentence of sentencesOf(text)) {
      for (const { id, taughtBy } of subject.habits.values()) {
        const stance = stanceOf(sentence, taughtBy);
        if (stance === "silent") continue;
        const [said, other] = stance === "teaches" ? [lessons, forbidden] : [forbidden, lessons];
        if (!said.has(id)) said.set(id, { habit: id, sentence });
        other.delete(id);
      }
    }
    return { lessons: [...lessons.values()], forbidden: [...forbidden.values()] };
  });
}

/**
 * Habits of a subject that a text teaches, each with the first sentence that does. Where a text
 * contradicts itself, what it says last counts.
 *
 * Words that teach something of one subject may be said by chance in another, so nothing is read
 * without knowing the subject.
 */
export function lessonsIn(text: string, subject: Subject): readonly TaughtLesson[] {
  return read(text, subject).lessons;
}

/** Habits of a subject that a text speaks against. */
export function contraryIn(text: string, subject: Subject): readonly TaughtLesson[] {
  return read(text, subject).forbidden;
}
