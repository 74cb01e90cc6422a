import type { ToolSpec } from "../../../contracts/index.ts";
import type { FormReader, PlacedCall } from "./call.ts";
import { readBeginMarks, readChannels, readPythonTags, readToolCallsMark } from "./marks.ts";
import {
  readActions,
  readBareJson,
  readBashFence,
  readFencedJson,
  readStrayQuotes,
} from "./plain.ts";
import { readFunctionTags, readInvokeTags, readToolCallTags } from "./tags.ts";

/** The ways in which models write tool calls into the text of a reply, the unmistakable ones first. */
const readers = {
  channel: readChannels,
  "tool-call-begin": readBeginMarks,
  "tool-calls-mark": readToolCallsMark,
  "tool-call-tag": readToolCallTags,
  "function-tag": readFunctionTags,
  "invoke-tag": readInvokeTags,
  "python-tag": readPythonTags,
  action: readActions,
  "fenced-json": readFencedJson,
  "bare-json": readBareJson,
  "stray-quotes": readStrayQuotes,
  "bash-fence": readBashFence,
} as const satisfies Readonly<Record<string, FormReader>>;

/** Name of a form in which a call was written. */
export type CallForm = keyof typeof readers;

/** Calls found in a text. */
export interface WrittenCalls {
  readonly form: CallForm;
  /** In the order they were written. */
  readonly calls: readonly [PlacedCall, ...PlacedCall[]];
  /** The text up to the end of the last of them. */
  readonly said: string;
  /** What came behind it and is not taken: it was written without having seen what the calls lead to. */
  readonly dropped: "nothing" | "action" | "observation";
}

/**
 * Finds tool calls that a model wrote into its text.
 *
 * Only names of the given tools are calls, so JSON that is data stays data. A call behind an observation
 * that the model invented is not taken.
 *
 * @param text a reply without its thinking.
 * @param most calls that are taken of one reply.
 * @returns undefined where there is none.
 */
export function readWrittenCalls(
  text: string,
  tools: readonly ToolSpec[],
  most = Number.POSITIVE_INFINITY,
): WrittenCalls | undefined {
  for (const [form, read] of Object.entries(readers) as [CallForm, FormReader][]) {
    const [first, ...others] = read(text, tools);
    if (first === undefined) continue;
    const untold = others.findIndex(
      (call, i) =>
        i + 1 >= most || hasObservation(text.slice(others[i - 1]?.end ?? first.end, call.start)),
    );
    const calls = [first, ...(untold < 0 ? others : others.slice(0, untold))] as const;
    const end = Math.max(...calls.map((call) => call.end));
    const isActionDropped = calls.length <= others.length && calls.length === most;
    const isInvented = hasObservation(text.slice(end));
    const dropped = isActionDropped ? "action" : isInvented ? "observation" : "nothing";
    return { form, calls, said: text.slice(0, end), dropped };
  }
  return undefined;
}

const observation =
  /^[ \t>*_#]*(?:observation|(?:tool |command )?(?:output|result|response))[ \t*_]*:|<tool_response>|\[TOOL_RESULTS\]|<[|｜]tool[_▁]outputs?[_▁]begin[|｜]>|<function_results>/im;

/** Whether a model went on with what it thinks a tool would say. */
export function hasObservation(text: string): boolean {
  return observation.test(text);
}
