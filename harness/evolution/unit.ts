import { keptMessages } from "../agent/transcript.ts";
import type {
  Clock,
  Image,
  JsonObject,
  Message,
  Model,
  ModelRequest,
  ReplyShape,
  Row,
  Runner,
  Spent,
  Unit,
  UnitContext,
  UnitResult,
} from "../contracts/index.ts";
import { ModelFault, messageOf } from "../errors.ts";
import { nothingSpent, plusReply, plusSpent } from "../models/spent.ts";
import { loadPrompt, type Prompt } from "../prompts.ts";
import { fenced } from "./listing.ts";
import { areRepairable, type Fault, faultList, type ReplyValue } from "./reply.ts";

/** The models that answer for a role: its own, and the one that repairs. */
export interface Answering {
  readonly model: Model;
  readonly repair: Model;
  readonly seed: number;
  readonly clock: Clock;
}

/** How a reply is asked for, read and judged. */
interface ReplyReader<Value> {
  /** The form that the prompt asks for, where it is JSON; the repair is asked for it as well. */
  readonly shape?: ReplyShape;
  /** Pure: the same reply, the same reading. */
  readonly read: (reply: string) => ReplyValue<Value>;
  /** How much of value a reading has, to choose between the reply and its repair. */
  readonly worth: (value: Value) => number;
}

/** A user message, with pictures where there are any; a repair is not shown these. */
interface UserMessage {
  readonly user: string;
  readonly images?: readonly Image[];
}

/** A request for one reply of a known form. */
export interface RoleQuestion<Value> extends UserMessage, ReplyReader<Value> {
  readonly system: string;
}

/** A reply with its repair, if it needed one. */
export interface RoleAnswer<Value> {
  /** Only `answered` has a value; `unreadable` is a reply without one, and `broken` is worth another try some day. */
  readonly end: "answered" | "unreadable" | "refused" | "context-exceeded" | "broken";
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

/** A unit that stores a value of a known type. */
export interface UnitOf<Result> extends Unit {
  /** Never set: it carries the type to whoever runs the unit. */
  readonly stores?: Result;
}

/** Runs a unit, or finds it stored: its key names stage and version, so what is stored has this type. */
export async function runUnit<Result>(
  runner: Runner,
  unit: UnitOf<Result>,
): Promise<{ readonly row: Row; readonly result: Result }> {
  const row = await runner.run(unit);
  return { row, result: row.result as Result };
}

/** What a stage says of the one question it asks: all that `askingUnit` does not know by itself. */
export interface Asking<Value, Result> extends ReplyReader<Value> {
  readonly stage: string;
  readonly version: number;
  /** What decides the answer besides model, seed and prompts. */
  readonly inputs: JsonObject;
  /** For people, besides model and seed. */
  readonly about: JsonObject;
  /** The role's prompt; without one the repairing model is asked, with the prompt of every repair. */
  readonly prompt?: Prompt;
  readonly values?: Readonly<Record<string, string>>;
  readonly user: string | (() => Promise<UserMessage>);
  /** What is done with an answer before it is stored, such as trying what it proposes. */
  proven?(answer: RoleAnswer<Value>, at: UnitContext): Promise<RoleAnswer<Value>>;
  /** What is stored. */
  result(answer: RoleAnswer<Value>): Result;
}

/** The unit of a stage that asks a model once. Where infrastructure failed it is ungraded, and tried again next time. */
export function askingUnit<Value, Result extends object>(
  asking: Asking<Value, Result>,
  by: Answering,
): UnitOf<Result> {
  const { stage, version, prompt, user, shape, read, worth } = asking;
  const model = prompt === undefined ? by.repair : by.model;
  return {
    stage,
    version,
    inputs: {
      ...asking.inputs,
      ...(prompt ? { model: model.identity, prompt: prompt.digest } : {}),
      seed: by.seed,
      repair: { model: by.repair.identity, prompt: repairPrompt.digest },
    },
    about: { ...asking.about, model: model.id, seed: by.seed },
    async run(at) {
      const system = (prompt ?? repairPrompt).fill(asking.values ?? {});
      const shown = typeof user === "string" ? { user } : await user();
      const question = { system, ...shown, ...(shape ? { shape } : {}), read, worth };
      const said = await askRole(question, { ...by, model }, at);
      const answer = (await asking.proven?.(said, at)) ?? said;
      const { end, because, spent, elapsedMs, messages } = answer;
      const broken = end === "broken" ? because : undefined;
      return unitResult(asking.result(answer), { broken, spent, elapsedMs, messages });
    },
  };
}

/** What a unit hands to its runner. @param broken what of the infrastructure failed: the unit is then ungraded. */
export function unitResult(
  result: object,
  {
    broken,
    messages = [],
    ...paid
  }: Pick<UnitResult, "spent" | "elapsedMs"> & {
    readonly broken?: string | undefined;
    readonly messages?: readonly Message[];
  },
): UnitResult {
  return {
    result: result as JsonObject,
    ...(broken === undefined ? {} : { grade: { kind: "ungraded", because: broken } }),
    ...paid,
    ...(messages.length === 0 ? {} : { transcript: { messages: keptMessages(messages) } }),
  };
}

/** What was wrong with the replies of a unit, for the account. */
export interface ReplyTally {
  /** Kinds of faults, repaired ones first. */
  readonly faults: readonly string[];
  /** How leniently the reply was read. */
  readonly notes: readonly string[];
  /** Repair calls made: 0 or 1. */
  readonly repairs: number;
}

/** Items of a reply that did not pass, by reason, after the repair. */
export type WithheldItems = readonly { readonly reason: Fault["kind"]; readonly problem: string }[];

/** The faults of an answer: those of items in its list `list`, and the tally of the others. */
export function itemTally(
  answer: Pick<RoleAnswer<unknown>, "repaired" | "faults">,
  list: string,
): Omit<ReplyTally, "notes"> & { readonly withheld: WithheldItems } {
  const isOfItem = ({ where }: Fault) => where.startsWith(`${list}[`);
  const withheld = answer.faults
    .filter(isOfItem)
    .map(({ kind, problem }) => ({ reason: kind, problem }));
  return { withheld, ...tallyOf(answer, (fault) => !isOfItem(fault)) };
}

/** Kinds of faults, and repair calls made. */
export function tallyOf(
  { repaired, faults }: Pick<RoleAnswer<unknown>, "repaired" | "faults">,
  counts: (fault: Fault) => boolean = () => true,
): Omit<ReplyTally, "notes"> {
  const kinds = [...(repaired ?? []), ...faults.filter(counts)].map(({ kind }) => kind);
  return { faults: kinds, repairs: repaired ? 1 : 0 };
}

const repairPrompt = loadPrompt(new URL("./prompts/repair.md", import.meta.url));

/**
 * Asks once, and shows what is wrong with the reply to the repairing model at most once; of the two
 * readings the one of more worth is kept, the repair on a tie.
 *
 * @throws {ModelFault} a permanent one, since every further call would fail the same way, and the
 * signal's reason when aborted. Any other failure is an `end`.
 */
export async function askRole<Value>(
  question: RoleQuestion<Value>,
  by: Answering,
  at: UnitContext,
): Promise<RoleAnswer<Value>> {
  const started = by.clock.ticksMs();
  const timed = (answer: Omit<RoleAnswer<Value>, "elapsedMs">): RoleAnswer<Value> => ({
    ...answer,
    end: answer.end === "answered" && answer.value === undefined ? "unreadable" : answer.end,
    elapsedMs: by.clock.ticksMs() - started,
  });
  const { system, user, images = [], shape } = question;
  const asking = (messages: readonly Message[]) => ({ messages, ...(shape ? { shape } : {}) });
  const opening: Message[] = [
    { role: "system", text: system },
    { role: "user", text: user, ...(images.length > 0 ? { images } : {}) },
  ];
  const first = await say(by.model, asking(opening), { ...by, call: 0 }, at);
  const none = { value: undefined, faults: [], repaired: undefined };
  if (first.end !== "answered") return timed({ ...first, ...none, messages: opening });
  const reading = readingOf(question, first);
  const said = [...opening, spoken(first)];
  if (!areRepairable(reading.faults))
    return timed({ ...first, ...reading, repaired: undefined, messages: said });

  const repaired = reading.faults;
  const text = repairRequest(`${system}\n\n${user}`, fenced(first.text), repaired);
  const request: Message[] = [
    { role: "system", text: repairPrompt.fill({}) },
    { role: "user", text },
  ];
  const second = await say(by.repair, asking(request), { ...by, call: 1 }, at);
  const spent = plusSpent(first.spent, second.spent);
  if (second.end === "broken")
    return timed({ ...second, ...none, faults: repaired, repaired, spent, messages: said });
  const mended = second.end === "answered" ? readingOf(question, second) : undefined;
  const worth = ({ value }: ReplyValue<Value>) =>
    value === undefined ? Number.NEGATIVE_INFINITY : question.worth(value);
  const kept = mended && worth(mended) >= worth(reading) ? mended : reading;
  const messages = [...said, ...request, spoken(second)];
  return timed({ end: "answered", because: "", ...kept, repaired, spent, messages });
}

function spoken({ text }: Said): Message {
  return { role: "assistant", text, calls: [] };
}

/** A reading of a reply; one that was cut off is at fault even where what is there can be read. */
function readingOf<Value>(question: RoleQuestion<Value>, said: Said): ReplyValue<Value> {
  const reading = question.read(said.text);
  if (!said.isCut || reading.faults.length > 0) return reading;
  const problem = "was cut off at the limit of its length; say it in fewer words";
  return { ...reading, faults: [{ kind: "cut-off", where: "reply", problem }] };
}

/** The user message that asks for a repair. @param reply as the message shows it. */
export function repairRequest(request: string, reply: string, faults: readonly Fault[]): string {
  return [
    "## The request",
    fenced(request),
    "## The reply",
    reply,
    "## What is wrong with it",
    faultList(faults),
  ].join("\n\n");
}

interface Said {
  readonly end: Exclude<RoleAnswer<never>["end"], "unreadable">;
  readonly because: string;
  readonly text: string;
  readonly isCut: boolean;
  readonly spent: Spent;
}

/** One call; a failure that says nothing about further calls is an end. */
async function say(
  model: Model,
  asked: Pick<ModelRequest, "messages" | "shape">,
  { seed, call }: { readonly seed: number; readonly call: number },
  at: UnitContext,
): Promise<Said> {
  try {
    const context = { unit: at.key, call, signal: at.signal };
    const reply = await model.complete({ ...asked, tools: [], seed }, context);
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
