import { trimObservation } from "../../../agent/tools.ts";
import type { UnitContext } from "../../../contracts/index.ts";
import { ModelFault, messageOf } from "../../../errors.ts";
import { plusSpent } from "../../../models/spent.ts";
import { loadPrompt } from "../../../prompts.ts";
import { fenced, skillListing } from "../../listing.ts";
import { withoutSecrets } from "../../screen.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type Answering, askingUnit, type RoleAnswer, type UnitOf } from "../../unit.ts";
import { callAnalysis, type DropReason } from "./analysis.ts";
import { type Briefing, briefingInputs, differenceSection, pastSection } from "./briefing.ts";
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
const TRAJECTORY_CHARS = 40_000;
const FILE_CHARS = 20_000;

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
        characters: [TRAJECTORY_CHARS, FILE_CHARS],
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
  { domain, task, options, parent }: FixCheck,
  briefing: Briefing,
): Promise<string> {
  const files = [...(await domain.files(task, options))].flatMap(([path, content]) =>
    typeof content === "string"
      ? [`### ${path}\n\n${fenced(trimObservation(withoutSecrets(content).text, FILE_CHARS))}`]
      : [],
  );
  // The skill is the same for all trajectories of a round: a server has read it already.
  return [
    skillListing(parent),
    "## The trajectory",
    `The grader failed it: ${trajectory.because}`,
    fenced(trajectoryText(trajectory, TRAJECTORY_CHARS), "markdown"),
    "## The reference",
    fenced(domain.reveal(task).text),
    ...differenceSection(briefing),
    ...(files.length === 0 ? [] : ["## The input files", ...files]),
    ...pastSection(briefing),
  ].join("\n\n");
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
