import { digestOf } from "../../../canonical.ts";
import type { JsonObject } from "../../../contracts/index.ts";
import { analystListing, hasPast, type Past } from "../../record/past.ts";
import type { AnswerDifference } from "./difference.ts";

/** What an analyst is told besides its trajectory; a text that is absent leaves no trace, in prompt or key. */
export interface Briefing {
  /** What code found when it compared the answer with the reference; for analysts who may see that. */
  readonly difference?: string;
  /** Lessons and rejected rules of earlier rounds. */
  readonly past?: string;
}

/** The briefing of an analyst. @param difference absent where the part is off, or for one who may not see the reference. */
export function briefingOf(past: Past, difference?: AnswerDifference): Briefing {
  return {
    ...(difference === undefined ? {} : { difference: difference.text }),
    ...(hasPast(past) ? { past: analystListing(past) } : {}),
  };
}

/** The part of a unit's inputs that a briefing is. */
export function briefingInputs(briefing: Briefing): JsonObject {
  return Object.fromEntries(Object.entries(briefing).map(([name, text]) => [name, digestOf(text)]));
}

/** The difference as a section of a user message; none where there is none. */
export function differenceSection({ difference }: Briefing): readonly string[] {
  if (difference === undefined) return [];
  return [
    "## The difference",
    "Found by code, which compared the answer with the reference item by item; where to look, not why.",
    difference,
  ];
}

/** The past as sections of a user message; none where there is none. */
export function pastSection({ past }: Briefing): readonly string[] {
  return past === undefined ? [] : [past];
}

/** What an agentic analyst finds of the briefing in its working directory, and what it is told of that. */
const files = [
  {
    part: "difference",
    path: "difference.txt",
    note: undefined,
  },
  {
    part: "past",
    path: "past.md",
    note: "`past.md` has lessons of earlier rounds, and rules that were tried and rejected. Read it before you hand in.",
  },
] as const;

/** The files of a briefing, each with the sentence that tells the analyst of it, where it does not stand in its first message. */
export function briefingFiles(
  briefing: Briefing,
): readonly { readonly path: string; readonly text: string; readonly note: string | undefined }[] {
  return files.flatMap(({ part, path, note }) => {
    const text = briefing[part];
    return text === undefined ? [] : [{ path, text, note }];
  });
}
