import type {
  Clock,
  Image,
  JsonObject,
  Message,
  Model,
  Spent,
  UnitContext,
} from "../contracts/index.ts";
import { ModelFault, messageOf } from "../errors.ts";
import { nothingSpent, plusReply, plusSpent } from "../models/spent.ts";
import { loadPrompt } from "../prompts.ts";
import { type Fault, faultList } from "./fault.ts";
import { fenced } from "./fence.ts";
import { withPictures } from "./stages/analyse/pictures.ts";

/** What was made of a reply: the usable part, if any, and what is wrong with the rest. */
export interface Reading<Value> {
  readonly value: Value | undefined;
  readonly faults: readonly Fault[];
}

/** A request for one reply of a known form. */
export interface Question<Value> {
  readonly system: string;
  readonly user: string;
  /** Pictures that go with the user message; the repair needs none. */
  readonly images?: readonly Image[];
  /** Pure: the same reply, the same reading. */
  read(reply: string): Reading<Value>;
  /** How much of value a reading has, to choose between the reply and its repair. */
  worth(value: Value): number;
}

/** The models that answer: the role's own, and the one that repairs. */
export interface Answering {
  readonly model: Model;
  readonly repair: Model;
  readonly seed: number;
  readonly clock: Clock;
}

/** A reply with its repair, if it needed one. */
export interface Answer<Value> {
  /** `broken` and `refused` have no value, and `broken` is worth another try some day. */
  readonly end: "answered" | "refused" | "context-exceeded" | "broken";
  readonly because: string;
  readonly value: Value | undefined;
  /** What is still wrong after the repair, or was not worth one. */
  readonly faults: readonly Fault[];
  /** What the repair call was made for; undefined where none was made. */
  readonly repaired: readonly Fault[] | undefined;
  readonly spent: Spent;
  readonly elapsedMs: number;
  readonly messages: readonly Message[];
}

const repairPrompt = loadPrompt(new URL("./prompts/repair.md", import.meta.url));

/** What of the repair decides an answer: part of the key of every unit that may repair. */
export function repairInputs(repair: Model): JsonObject {
  return { model: repair.identity, prompt: repairPrompt.digest };
}

/**
 * Asks once, and shows what is wrong with the reply to the repairing model at most once.
 *
 * Of the two readings the one with more of value is kept, the repair on a tie.
 *
 * @throws {ModelFault} a permanent one, since every further call would fail the same way, and the
 * signal's reason when aborted. Any other failure is an `end`.
 */
export async function ask<Value>(
  question: Question<Value>,
  by: Answering,
  at: UnitContext,
): Promise<Answer<Value>> {
  const started = by.clock.ticksMs();
  const opening: Message[] = [
    { role: "system", text: question.system },
    { role: "user", text: question.user, ...withPictures(question.images ?? []) },
  ];
  const first = await say(by.model, opening, by.seed, at, 0);
  const since = () => by.clock.ticksMs() - started;
  if (first.end !== "answered")
    return {
      ...first,
      value: undefined,
      faults: [],
      repaired: undefined,
      elapsedMs: since(),
      messages: opening,
    };
  const reading = readingOf(question, first);
  const said = [...opening, { role: "assistant", text: first.text, calls: [] } as const];
  if (reading.faults.every((fault) => fault.kind === "no-change"))
    return {
      ...first,
      ...reading,
      repaired: undefined,
      elapsedMs: since(),
      messages: said,
    };

  const request: Message[] = [
    { role: "system", text: repairPrompt.fill({}) },
    { role: "user", text: repairRequest(question, first.text, reading.faults) },
  ];
  const second = await say(by.repair, request, by.seed, at, 1);
  if (second.end === "broken")
    return {
      ...second,
      value: undefined,
      faults: reading.faults,
      repaired: reading.faults,
      spent: plusSpent(first.spent, second.spent),
      elapsedMs: since(),
      messages: said,
    };
  const mended = second.end === "answered" ? readingOf(question, second) : undefined;
  const worth = (value: Value | undefined) =>
    value === undefined ? Number.NEGATIVE_INFINITY : question.worth(value);
  const kept = mended && worth(mended.value) >= worth(reading.value) ? mended : reading;
  return {
    end: "answered",
    because: "",
    value: kept.value,
    faults: kept.faults,
    repaired: reading.faults,
    spent: plusSpent(first.spent, second.spent),
    elapsedMs: since(),
    messages: [...said, ...request, { role: "assistant", text: second.text, calls: [] }],
  };
}

/** A reading of a reply; one that was cut off is at fault even where what is there can be read. */
function readingOf<Value>(question: Question<Value>, said: Said): Reading<Value> {
  const reading = question.read(said.text);
  if (!said.isCut || reading.faults.length > 0) return reading;
  const problem = "was cut off at the limit of its length; say it in fewer words";
  return { ...reading, faults: [{ kind: "cut-off", where: "reply", problem }] };
}

function repairRequest<Value>(
  question: Question<Value>,
  reply: string,
  faults: readonly Fault[],
): string {
  return [
    "## The request",
    fenced(`${question.system}\n\n${question.user}`),
    "## The reply",
    fenced(reply),
    "## What is wrong with it",
    faultList(faults),
  ].join("\n\n");
}

interface Said {
  readonly end: Answer<never>["end"];
  readonly because: string;
  readonly text: string;
  readonly isCut: boolean;
  readonly spent: Spent;
}

async function say(
  model: Model,
  messages: readonly Message[],
  seed: number,
  at: UnitContext,
  call: number,
): Promise<Said> {
  try {
    const reply = await model.complete(
      { messages, tools: [], seed },
      { unit: at.key, call, signal: at.signal },
    );
    const spent = plusReply(nothingSpent, reply);
    const answered = { end: "answered", because: "", isCut: false, spent } as const;
    if (reply.kind === "said")
      return { ...answered, text: reply.text, isCut: reply.finish.reason === "length" };
    if (reply.kind === "malformed") return { ...answered, text: reply.raw };
    return { end: "refused", because: reply.text, text: "", isCut: false, spent };
  } catch (error) {
    at.signal.throwIfAborted();
    if (error instanceof ModelFault && error.kind === "permanent") throw error;
    const isTooLong = error instanceof ModelFault && error.kind === "context-length";
    return {
      end: isTooLong ? "context-exceeded" : "broken",
      because: messageOf(error),
      text: "",
      isCut: false,
      spent: { ...nothingSpent, calls: 1, unmetered: 1 },
    };
  }
}
