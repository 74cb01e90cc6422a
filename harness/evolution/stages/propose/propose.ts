import type { Row } from "../../../contracts/index.ts";
import type { RuleReason } from "../../../skills/provenance.ts";
import { agentWorld } from "../../agent-world.ts";
import type { RoundContext } from "../../evolution.ts";
import { type Past, trajectoriesBehind } from "../../record/past.ts";
import type { PatchOrigin } from "../../record/provenance.ts";
import { runUnit } from "../../unit.ts";
import type { Analysis } from "../analyse/analysis.ts";
import type { Lesson } from "../analyse/lesson.ts";
import { type Proposal, proposalPatch, proposeUnit } from "./propose-unit.ts";
import { taskValues } from "./task-values.ts";

/** What came of every explained trajectory. */
export interface Proposed {
  readonly proposals: readonly Proposal[];
  readonly rows: readonly Row[];
  /** One a patch, in the order of the analyses. */
  readonly origins: readonly PatchOrigin[];
}

/** One proposal for each explained trajectory, all at the same time, all to the frozen parent. */
export async function propose(
  analyses: readonly Analysis[],
  context: RoundContext,
): Promise<Proposed> {
  const { parent, preset, past, by, deps } = context;
  const explained = analyses.filter((analysis) => analysis.end.kind === "explained");
  const found = await Promise.all(
    explained.map(async (analysis) => {
      const values = await valuesOfTasks([analysis.task], context);
      const rules = { parent, ruleSchema: preset.ruleSchema, values, world: agentWorld(context) };
      const unit = proposeUnit(analysis, rules, by("propose"), past);
      return { analysis, ...(await runUnit(deps.runner, unit)) };
    }),
  );
  return {
    proposals: found.map(({ result }) => result),
    rows: found.map(({ row }) => row),
    origins: found
      .filter(({ result }) => result.end === "patch")
      .map(({ analysis, result }, i) => originOf(`p${i + 1}`, analysis, result, past)),
  };
}

/** Values of these tasks that no rule may name; none where the preset has no form for rules. */
export async function valuesOfTasks(
  ids: readonly string[],
  { domain, options, parent, preset, tasks }: Omit<RoundContext, "by" | "deps" | "past" | "repeat">,
): Promise<ReadonlySet<string>> {
  const named = preset.ruleSchema ? tasks.filter(({ id }) => ids.includes(id)) : [];
  const values = await Promise.all(named.map((task) => taskValues(domain, options, task, parent)));
  return new Set(values.flatMap((some) => [...some]));
}

function originOf(id: string, analysis: Analysis, proposal: Proposal, past: Past): PatchOrigin {
  const patch = proposalPatch(id, proposal, analysis.task, past);
  const byEdit = <Value>(of: (edit: Proposal["edits"][number]) => Value) =>
    new Map(proposal.edits.map((edit, k) => [patch.edits[k]?.id ?? "", of(edit)] as const));
  const { task, row, passed } = analysis;
  const earlier = byEdit(({ patterns = [] }) => trajectoriesBehind(past, patterns));
  return {
    patch,
    task,
    row,
    steps: byEdit(({ steps }) => steps),
    reasons: byEdit(({ lessons }) => reasonsOf(lessons, analysis.memories)),
    ...(passed === undefined
      ? {}
      : { passed: { row: passed, steps: byEdit(({ passedSteps = [] }) => passedSteps) } }),
    earlier: new Map([...earlier].filter(([, trajectories]) => trajectories.length > 0)),
  };
}

/** What a skill's rule does not say: why, when not, and how to check, of the lessons with these numbers. */
function reasonsOf(numbers: readonly number[], lessons: readonly Lesson[]): readonly RuleReason[] {
  return lessons
    .filter((_, i) => numbers.includes(i + 1))
    .map(({ why, unless, check }) => ({ why, unless, check }));
}
