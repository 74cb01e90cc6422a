import { isLostToForm } from "../../../agent/form-watch.ts";
import type { Trajectory } from "../../trajectory.ts";
import { namesWhole } from "../propose/task-values.ts";
import { type Likeness, likenessOf, numberIn } from "./likeness.ts";

/** What kind of difference there is between an answer and its reference, as far as code can see. */
export type DifferenceKind =
  /** The agent took no step: there is nothing that an analyst could name as the cause. */
  | "no-steps"
  /** The episode ended for a reason of form: that is reported, and teaches nothing about the tasks. */
  | "lost-to-form"
  /** The episode ended before anything was submitted. */
  | "no-answer"
  /** An answer without an item. */
  | "empty"
  /** The expected items in another order. */
  | "order"
  /** The expected items in another form. */
  | "form"
  /** The expected items with text too much or too little. */
  | "around"
  /** Numbers with a plain relation to the expected ones, such as larger by 1. */
  | "number"
  /** All expected items and others beside them. */
  | "extra"
  /** Some of the expected items and no other. */
  | "missing"
  /** Other items, although the agent was shown every one that it should have handed in. */
  | "passed-over"
  /** Other items, and a text that it should have handed in stands nowhere in what it was shown. */
  | "not-shown"
  /** Other items, of which code cannot say whether the agent was shown them: numbers, signs, what is computed or seen. */
  | "content"
  /** Item by item it is the reference; the grader looks at something else. */
  | "equal"
  /** The domain collects, or expects, no list of items. */
  | "unseen";

/** Whether such a failure teaches nothing, so that nobody is asked about it. */
export function teachesNothing(kind: DifferenceKind): kind is "no-steps" | "lost-to-form" {
  return kind === "no-steps" || kind === "lost-to-form";
}

/** Whether one call may explain such a failure; not where the answer has yet to be looked up. */
export function isForOneCall(kind: DifferenceKind): boolean {
  return kind !== "no-answer" && kind !== "not-shown";
}

/** What code found when it compared an answer with the reference, with its text for an analyst. */
export interface AnswerDifference {
  readonly kind: DifferenceKind;
  /** A few lines of Markdown. */
  readonly text: string;
}

/** Items that the text names at most, of each sort; characters of an item, and of the grader's reason. */
const LISTED = 12;
const ITEM_CHARS = 120;
const REASON_CHARS = 1000;

/** Items of each side that are compared with one another in every form; the work grows with the square. */
const COMPARED = 50;

/**
 * Compares what a failed episode handed in with the reference, before any model is paid to do so.
 *
 * @param expected the literal items of the reference: all of them, or the forms of one answer that are accepted.
 * @param isLookedUp whether answers are found in text that the agent is shown: not where a task has no
 * input files, or pictures.
 */
export function answerDifference(
  trajectory: Trajectory,
  expected: readonly string[],
  isLookedUp = true,
): AnswerDifference {
  const { outcome, because, given, steps, files } = trajectory;
  const left = listed(files.map(([path]) => `\`${shown(path)}\``));
  const said = [
    `- The episode ended as ${outcome} after ${steps.length} steps; the grader's reason: ${shown(because, REASON_CHARS)}.`,
    ...(left === "" ? [] : [`- Files left: ${left}.`]),
  ];
  const found = (kind: DifferenceKind, ...lines: readonly string[]): AnswerDifference => {
    return { kind, text: [...said, ...lines].join("\n") };
  };
  if (steps.length === 0) return found("no-steps", "- The agent took no step.");
  if (isLostToForm(outcome)) return found("lost-to-form", "- Nothing was submitted.");
  if (outcome !== "submitted") return found("no-answer", "- Nothing was submitted.");
  if (given === undefined || expected.length === 0) return found("unseen");
  const { items } = given;
  const [only] = items;
  if (only === undefined)
    return found(
      "empty",
      `- The answer has no item; ${given.kind === "one" ? 1 : expected.length} expected.`,
    );
  const isOne = given.kind === "one";
  const [kind, ...lines] = isOne
    ? compared([only], [nearest(only, expected)], trajectory)
    : compared(items, expected, trajectory);
  return found(
    kind === "not-shown" && !isLookedUp ? "content" : kind,
    ...(!isOne || expected.length === 1
      ? []
      : [`- ${expected.length} answers are accepted; this is about the nearest of them.`]),
    ...lines,
  );
}

/** Of the accepted answers the one that an answer is most like, otherwise the first one. */
function nearest(given: string, accepted: readonly string[]): string {
  const kinds = accepted.map((item) => (item === given ? "same" : likenessOf(given, item)?.kind));
  const at = (["same", "form", "around", "number"] as const)
    .map((kind) => kinds.indexOf(kind))
    .find((place) => place !== -1);
  return accepted[at ?? 0] ?? "";
}

/** The kind of difference of two lists of items, and what there is to say of it. */
function compared(
  given: readonly string[],
  expected: readonly string[],
  trajectory: Trajectory,
): [DifferenceKind, ...string[]] {
  const pairs = paired(given, expected);
  const places = pairs.missing
    .slice(0, COMPARED)
    .map((item) => [item, placeOf(item, trajectory)] as const);
  return [
    kindOf(pairs, places, given, expected),
    ...linesOf(pairs, given, expected),
    ...places.slice(0, LISTED).flatMap(([item, place]) => placeLine(item, place, pairs)),
  ];
}

interface Pairs {
  readonly same: number;
  readonly alike: readonly (Likeness & { readonly given: string; readonly expected: string })[];
  readonly extra: readonly string[];
  readonly missing: readonly string[];
}

/** Pairs each given item with an expected one: equal ones first, then those of the nearest form. */
function paired(given: readonly string[], expected: readonly string[]): Pairs {
  const missing = [...expected];
  let extra = given.filter((item) => !taken(missing, (other) => other === item));
  const same = given.length - extra.length;
  const alike: (Likeness & { given: string; expected: string })[] = [];
  for (const kind of ["form", "around", "number"] as const) {
    extra = extra.filter((item, i) => {
      if (i >= COMPARED) return true;
      return !taken(missing, (other, at) => {
        const likeness = at < COMPARED ? likenessOf(item, other) : undefined;
        if (likeness?.kind !== kind) return false;
        alike.push({ ...likeness, given: item, expected: other });
        return true;
      });
    });
  }
  return { same, alike, extra, missing };
}

/** Takes the first item that fits out of a list. */
function taken(items: string[], fits: (item: string, at: number) => boolean): boolean {
  const at = items.findIndex(fits);
  if (at !== -1) items.splice(at, 1);
  return at !== -1;
}

function kindOf(
  { same, alike, extra, missing }: Pairs,
  places: readonly (readonly [string, Place | undefined])[],
  given: readonly string[],
  expected: readonly string[],
): DifferenceKind {
  if (extra.length === 0 && missing.length === 0) {
    const kinds = new Set(alike.map(({ kind }) => kind));
    const farthest = (["number", "around", "form"] as const).find((kind) => kinds.has(kind));
    return farthest ?? (isInOrder(given, expected) ? "equal" : "order");
  }
  if (same + alike.length > 0 && missing.length === 0) return "extra";
  if (same + alike.length > 0 && extra.length === 0) return "missing";
  if (places.every(([, place]) => place !== undefined)) return "passed-over";
  const isUnseen = places.some(([item, place]) => place === undefined && isTelling(item));
  return isUnseen ? "not-shown" : "content";
}

function linesOf(
  { same, alike, extra, missing }: Pairs,
  given: readonly string[],
  expected: readonly string[],
): string[] {
  const quoted = (items: readonly string[]) => listed(items.map((item) => `"${shown(item)}"`));
  const isAsMany = given.length === expected.length;
  const wanted = isAsMany ? "as many as expected" : `${expected.length} expected`;
  const isOtherOrder = isAsMany && given.length === same && !isInOrder(given, expected);
  return [
    `- ${given.length} item${given.length === 1 ? "" : "s"} given, ${wanted}; ${same} equal.`,
    ...(isOtherOrder ? ["- The items are the expected ones in another order."] : []),
    ...alike
      .slice(0, LISTED)
      .map((pair) => `- "${shown(pair.given)}" for "${shown(pair.expected)}": ${pair.how}.`),
    ...(alike.length > LISTED ? [`- ${alike.length - LISTED} more pairs of this sort.`] : []),
    ...(missing.length === 0 ? [] : [`- Missing: ${quoted(missing)}.`]),
    ...(extra.length === 0 ? [] : [`- Not expected: ${quoted(extra)}.`]),
  ];
}

/** Where the agent was shown an item: the number of the step, and the line. */
interface Place {
  readonly step: number;
  readonly line: string;
}

/** Whether it means something that an item stands somewhere: numbers and texts of one or two characters do by chance. */
function isTelling(item: string): boolean {
  return item.trim().length >= 3 && numberIn(item) === undefined;
}

/** Where an item that was not handed in stands in what the agent was shown. */
function placeOf(item: string, { steps }: Trajectory): Place | undefined {
  const plain = item.toLowerCase().trim();
  if (!isTelling(item)) return undefined;
  for (const { number, calls } of steps)
    for (const { observation } of calls)
      for (const line of observation.toLowerCase().split("\n"))
        if (namesWhole(line, plain)) return { step: number, line };
  return undefined;
}

/** Says where it was shown, and whether what was handed in instead stands beside it. */
function placeLine(item: string, place: Place | undefined, { extra }: Pairs): string[] {
  if (place === undefined) return [];
  const beside = extra.find((other) => namesWhole(place.line, other.toLowerCase().trim()));
  const lone = extra.length === 0 ? "" : ", on a line without what was handed in";
  const where = beside === undefined ? lone : `, on one line with "${shown(beside)}"`;
  return [`- "${shown(item)}" stands in what step ${place.step} showed${where}.`];
}

function listed(items: readonly string[]): string {
  const rest = items.length - LISTED;
  return [...items.slice(0, LISTED), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

function shown(text: string, limit = ITEM_CHARS): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length <= limit ? flat : `${flat.slice(0, limit)}...`;
}

function isInOrder(given: readonly string[], expected: readonly string[]): boolean {
  return given.every((item, i) => item === expected[i]);
}
