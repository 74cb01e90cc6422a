import type { UnitContext } from "../../../contracts/index.ts";
import { ModelFault, messageOf } from "../../../errors.ts";
import { plusSpent } from "../../../models/spent.ts";
import { loadPrompt } from "../../../prompts.ts";
import type { Trajectory } from "../../trajectory.ts";
import { type Answering, askingUnit, type RoleAnswer, type UnitOf } from "../../unit.ts";
import { callAnalysis, type DropReason } from "./analysis.ts";
import { type Briefing, briefingInputs, pastSection } from "./briefing.ts";
import { failureSections } from "./failure-sections.ts";
import {
  type FixCheck,
  type FixRecord,
  fixCheckInputs,
  newFixRecord,
  type ProvenAnalysis,
  picturesOf,
  storedFixRecord,
  unprovenReason,
} from "./fix-check.ts";
import { type AnalystReply, analystShape, LESSON_LIMIT, readAnalystReply } from "./lesson.ts";
import { tryFix } from "./try-fix.ts";

/** By what proves an explanation. */
const prompts = {
  command: loadPrompt(new URL("../../prompts/error-triage.md", import.meta.url)),
  advice: loadPrompt(new URL("../../prompts/error-triage-advice.md", import.meta.url)),
};

/** About how much of the trajectory, and of each input file, the call gets to see, in characters. */
const shown = {
  trajectoryChars: 40_000,
  fileChars: 20_000,
  filesTitle: "## The input files",
} as const;

/** A reply with what the fix check found of its fix. */
type TriedReply = AnalystReply & { readonly record?: FixRecord };

/**
 * An error analysis in one call whose fix has to pass the fix check all the same: cheap where the
 * cause is plain. Where it is dropped, the agentic analyst takes over.
 */
export function triageUnit(
  trajectory: Trajectory,
  check: FixCheck,
  by: Answering,
  briefing: Briefing = {},
): UnitOf<ProvenAnalysis> {
  return askingUnit<TriedReply, ProvenAnalysis>(
    {
      stage: "analyse",
      version: 3,
      inputs: {
        kind: "triage",
        trajectory: trajectory.row,
        characters: [shown.trajectoryChars, shown.fileChars],
        ...fixCheckInputs(check),
        ...briefingInputs(briefing),
      },
      about: { task: check.task.id, side: "failure" },
      prompt: prompts[check.fix],
      values: { limit: String(LESSON_LIMIT) },
      user: async () => ({
        user: await userMessage(trajectory, check, briefing),
        images: await picturesOf(check),
      }),
      shape: analystShape.fix,
      read: (reply) => readAnalystReply(reply, trajectory.steps.length),
      worth: ({ fix, memories }) => (fix === "" ? 0 : memories.length),
      proven: (answer, at) => tried(answer, check, at),
      result: (answer) => ({
        ...callAnalysis(answer, answer.value && dropReasonOf(answer.value)),
        ...(answer.value?.record ? { gate: storedFixRecord(answer.value.record, check) } : {}),
      }),
    },
    by,
  );
}

async function userMessage(
  trajectory: Trajectory,
  check: FixCheck,
  briefing: Briefing,
): Promise<string> {
  const sections = await failureSections(trajectory, check, briefing, shown);
  return [...sections, ...pastSection(briefing)].join("\n\n");
}

/** Has the fix of an answer tried; where the check itself breaks, so has the unit. */
async function tried(
  answer: RoleAnswer<TriedReply>,
  check: FixCheck,
  { signal }: UnitContext,
): Promise<RoleAnswer<TriedReply>> {
  if (answer.value === undefined) return answer;
  const { fix, memories } = answer.value;
  const record = newFixRecord();
  const paid = () => ({ ...answer, spent: plusSpent(answer.spent, record.spent) });
  try {
    if (fix !== "" && memories.length > 0) await tryFix(fix, check, record, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelFault && error.kind === "permanent") throw error;
    return { ...paid(), end: "broken", because: `sandbox: ${messageOf(error)}`, value: undefined };
  }
  return { ...paid(), value: { ...answer.value, record } };
}

function dropReasonOf({ fix, record }: TriedReply): DropReason | undefined {
  if (record === undefined || record.passed !== undefined) return undefined;
  if (record.tries === 0) return fix === "" ? "gave-up" : "no-memories";
  return unprovenReason(record);
}
